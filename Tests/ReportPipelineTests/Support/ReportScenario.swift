import CairoRendering
import Foundation
import Plotting
import Testing
import TestSupport

/// A sweep computed from a known law, and settings, made so that its report takes branches that
/// others do not.
struct ReportScenario: Sendable, CustomTestStringConvertible {
  var name: String
  /// The rows of the table; nothing for a sweep without runs.
  var runs: [Run] = []
  var settings = ""
  var bootstrap = 0
  var starts = 8
  var formats: [ImageFormat] = [.pdf, .svg]
  var preset = Preset.default
  /// Run folders with logs instead of a table.
  var isLogged = false

  var testDescription: String { name }

  struct Run: Sendable {
    var name: String
    var n: Double
    var s: Double
    var d: Double
    var loss: Double
    var pattern = "unstructured"
    var parent = ""
    /// The learning rate, as logged.
    var rate = ""

    var row: String { "\(name),\(n),\(s),\(d),\(loss),\(pattern),\(parent),\(rate)" }
  }

  /// A place to make the report in.
  func workplace() throws -> Workplace {
    let place = try Workplace([:])
    place.options.formats = formats
    place.options.preset = preset
    place.options.fit.bootstrap = bootstrap
    place.options.fit.starts = starts
    if isLogged {
      for run in runs { try log(run, in: place.folder) }
    } else if !runs.isEmpty {
      let header = "run,nonzero_params,sparsity,tokens,val_loss,pattern,initial_checkpoint,lr"
      try place.folder.write(
        "Data/sweep/runs.csv",
        ([header] + runs.map(\.row)).joined(separator: "\n") + "\n")
    }
    if !settings.isEmpty { try place.settings(settings) }
    return place
  }

  /// A folder with the run's log: pruned on the cubic schedule, the loss falling to its last.
  private func log(_ run: Run, in folder: TemporaryFolder) throws {
    let path = "Data/sweep/runs/\(run.name)"
    try folder.write(
      "\(path)/config.json",
      #"{"nonzero_params": \#(run.n), "optimizer": "adam", "lr": \#(100 / run.n), "batch_size": 16, "#
        + #""context": 64, "lr_schedule": "cosine", "seed": 0, "token": "secret"}"#)
    let rows = (1...10).map { step -> String in
      let done = Double(step) / 10
      let left = 1 - min(max((done - 0.25) / 0.5, 0), 1)
      let sparsity = step < 10 ? run.s * (1 - left * left * left) : run.s
      return "\(run.d * done),\(sparsity),\(run.loss * (1.3 - 0.3 * done))"
    }
    try folder.write(
      "\(path)/metrics.csv", (["tokens,sparsity,val_loss"] + rows).joined(separator: "\n") + "\n")
  }
}

extension Design {
  typealias Run = ReportScenario.Run

  /// Every run of the design.
  ///
  /// - Parameters:
  ///   - bias: a factor on each loss, which the law does not know of.
  ///   - name: the name of the run of a number from 1.
  func runs(
    bias: (_ n: Double, _ s: Double, _ d: Double) -> Double = { _, _, _ in 1 },
    named name: (Int) -> String = { "r\($0)" }
  ) -> [Run] {
    var runs: [Run] = []
    for n in sizes {
      for s in sparsities {
        for d in amounts {
          let deviation = noise * sin(Double(runs.count * runs.count) * 1.7 + 0.3)
          runs.append(
            Run(
              name: name(runs.count + 1), n: n, s: s, d: d,
              loss: loss(n, s, d) * (1 + deviation) * bias(n, s, d)))
        }
      }
    }
    return runs
  }

  /// Runs with N:M patterns, the loss of each pattern a factor over the law.
  func patterned(_ patterns: [(String, Double, Double)], scatter: Double) -> [Run] {
    var runs: [Run] = []
    for n in [2e5, 4e5] {
      for d in [3e7, 1e8] {
        for (pattern, s, factor) in patterns {
          let deviation = scatter * sin(Double((runs.count + 1) * (runs.count + 1)))
          runs.append(
            Run(
              name: "p\(runs.count + 1)", n: n, s: s, d: d,
              loss: loss(n, s, d) * factor * (1 + deviation), pattern: pattern))
        }
      }
    }
    return runs
  }

  /// Runs that prune a trained model and do as well as runs from scratch on a multiple of their
  /// data: one multiple for 1e7 tokens of pruning, another for 3e7.
  func pruned(_ multiples: (Double, Double), parents: (String, String)) -> [Run] {
    var runs: [Run] = []
    for (n, parent) in [(2e5, parents.0), (4e5, parents.1)] {
      for s in [0.5, 0.75] {
        for (d, multiple) in [(1e7, multiples.0), (3e7, multiples.1)] {
          runs.append(
            Run(
              name: "t\(runs.count + 1)", n: n, s: s, d: d, loss: loss(n, s, d * multiple),
              parent: parent))
        }
      }
    }
    return runs
  }

  /// More pruned models than a table of the report takes.
  func manyPruned(parent: String) -> [Run] {
    (1...40).map { number in
      let d = 1e7 * (1 + Double(number) / 20)
      return Run(
        name: "t\(number)", n: 2e5, s: 0.5, d: d, loss: loss(2e5, 0.5, d * 1.5), parent: parent)
    }
  }
}
