import CairoRendering
import Foundation
import Plotting
import ReportPipeline
import ScalingLaws

/// What drawing one figure costs: layout and three formats, on one thread.
struct FigureSpeed: Codable {
  var name: String
  var drawing: Measurement
  /// What is drawn, for the other program.
  var figure: FigureRecord

  /// Every figure of an analysis.
  static func measure(_ analysis: SweepAnalysis) throws -> [FigureSpeed] {
    let renderer = try CairoRenderer()
    return try FigureSet(analysis).entries.map { entry in
      FigureSpeed(
        name: entry.name,
        drawing: try Stopwatch(runs: 5, seconds: 0.1).measure { try draw(entry, renderer) },
        figure: FigureRecord(
          entry.figure,
          size: entry.figure.layout(preset: .default, measurer: renderer.fonts)
            .scene.size))
    }
  }

  private static func draw(_ entry: FigureSet.Entry, _ renderer: CairoRenderer) throws {
    let scene = entry.figure.layout(preset: .default, measurer: renderer.fonts).scene
    for format in ImageFormat.allCases {
      _ = try renderer.render(scene, as: format, metadata: FigureMetadata(title: entry.name))
    }
  }
}
