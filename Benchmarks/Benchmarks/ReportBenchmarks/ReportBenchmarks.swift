import Benchmark
import CairoRendering
import Foundation
import Measuring
import ReportPipeline
import Workloads

let benchmarks: @Sendable () -> Void = {
  addFigureBenchmarks()
  Benchmark(
    "Whole report", configuration: .measuring(iterations: 5, seconds: 20),
    closure: { benchmark, report in try benchmark.measure { try report.run() } },
    setup: {
      try WholeReport(
        data: Repository.data, templates: Repository.templates,
        threads: ProcessInfo.processInfo.activeProcessorCount)
    })
}

/// Layout and drawing of every figure of the byte-level language models, on one thread.
private func addFigureBenchmarks() {
  for name in FigureSet.names {
    for format in ImageFormat.allCases {
      Benchmark(
        name, configuration: .measuring(tags: ["format": format.rawValue]),
        closure: { benchmark, state in
          try benchmark.measure { blackHole(try state.drawing.draw(state.entry, as: [format])) }
        }, setup: { try DrawnEntry(name) })
    }
  }
}

/// A figure, and what draws it.
private struct DrawnEntry {
  /// The sweep has no data for the figure.
  struct Absent: Error {
    var name: String
  }

  let drawing: FigureDrawing
  let entry: FigureSet.Entry

  init(_ name: String) throws {
    drawing = try FigureDrawing()
    let report = try WholeReport(
      data: Repository.data + "/byte-lm", templates: Repository.templates,
      threads: ProcessInfo.processInfo.activeProcessorCount)
    let entries = try report.analyses().flatMap { FigureSet($0).entries }
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw Absent(name: name)
    }
    self.entry = entry
  }
}
