import Fitting
import Foundation
import RunLogs
import ScalingLaws

/// Runs and ensembles for the claims about patterns, pretraining and overheads.
enum ClaimRuns {
  static let law = FrantarLaw(
    aS: 5.4, bS: 1.5, cS: 15.3, bN: 0.36, aD: 6.6e5, bD: 0.65, c: 1.4)

  /// A run that lies on the law unless a loss is given.
  static func run(
    _ name: String, n: Double = 4e4, s: Double = 0.5, d: Double = 4e6, loss: Double? = nil,
    pattern: SparsityPattern? = nil, parent: String? = nil, role: RunRole? = nil
  ) -> TrainingRun {
    let pattern = pattern ?? (s == 0 ? .dense : .unstructured)
    var run = TrainingRun(
      name: name, nonZeroParameters: n, denseParameters: n / (1 - s), sparsity: s, data: d,
      loss: loss ?? law.loss(nonZeroParameters: n, sparsity: s, data: d), pattern: pattern,
      parent: parent, location: SourceLocation(file: "runs.csv"))
    run.role = role ?? (run.isMain ? .fitted : .other)
    return run
  }

  /// An ensemble whose replicates all are the law: only single runs are noisy.
  static func ensemble(deviation: Double, replicates: Int = 2_000) -> LawEnsemble {
    LawEnsemble(
      law: law, replicates: Array(repeating: law, count: replicates),
      residualDeviation: deviation)
  }

  /// An ensemble of laws that differ by a few per cent, without noise of single runs.
  static func uncertainLaw(replicates: Int = 500) -> LawEnsemble {
    var generator = SplitMix64(seed: 12)
    let laws = (0..<replicates).map { _ in
      var law = law
      law.aS *= exp(0.05 * generator.normal())
      law.bD *= exp(0.03 * generator.normal())
      return law
    }
    return LawEnsemble(law: law, replicates: laws)
  }
}
