import Foundation

/// The break-even efficiency of one sparsity along a range of compute.
public struct BreakEvenCurve: Sendable {
  /// What the sparsity must be better than.
  public enum Question: String, Sendable, CaseIterable {
    /// Than every other sparsity.
    case optimum
    /// Than a dense model of as many non-zero parameters.
    case againstDense
  }

  public struct Point: Sendable, Equatable {
    public var chinchillaMultiple: Double
    public var breakEven: BreakEven
    /// Of `BreakEven.value`: 0 stands for "without savings", infinity for "never". Nil without
    /// replicates.
    public var interval: ClosedRange<Double>?
  }

  public var question: Question
  /// Such as `50 %` or `2:4`.
  public var label: String
  public var sparsity: Double
  public var points: [Point]

  /// The curve of an unstructured sparsity.
  ///
  /// - Parameter multiples: of Chinchilla compute, positive.
  public init(
    _ question: Question, sparsity: Double, multiples: [Double], ensemble: LawEnsemble,
    schedule: PruningSchedule
  ) {
    let label = "\((sparsity * 1e4).rounded() / 1e2) %".replacingOccurrences(of: ".0 %", with: " %")
    self.init(question, label, sparsity, multiples, ensemble) { law, _, multiple in
      switch question {
      case .optimum:
        law.breakEvenForOptimum(
          sparsity: sparsity, chinchillaMultiple: multiple, schedule: schedule)
      case .againstDense:
        law.breakEvenAgainstDense(
          sparsity: sparsity, chinchillaMultiple: multiple, schedule: schedule)
      }
    }
  }

  /// The curve of an N:M pattern against dense, with the multiplier that its runs earned.
  ///
  /// - Parameter summary: measured with the same ensemble.
  public init(
    pattern summary: PatternComparison.Summary, multiples: [Double], ensemble: LawEnsemble,
    schedule: PruningSchedule
  ) {
    let replicates = summary.multiplierReplicates
    self.init(
      .againstDense, summary.pattern.description, summary.nominalSparsity, multiples, ensemble
    ) { law, replicate, multiple in
      let multiplier = replicate.flatMap { replicates.indices.contains($0) ? replicates[$0] : nil }
      return law.breakEvenAgainstDense(
        sparsity: summary.nominalSparsity, multiplier: multiplier ?? summary.multiplier.value,
        chinchillaMultiple: multiple, schedule: schedule)
    }
  }

  private init(
    _ question: Question, _ label: String, _ sparsity: Double, _ multiples: [Double],
    _ ensemble: LawEnsemble, _ solve: (ScalingLaw, Int?, Double) -> BreakEven
  ) {
    self.question = question
    self.label = label
    self.sparsity = sparsity
    points = multiples.map { multiple in
      Point(
        chinchillaMultiple: multiple, breakEven: solve(ensemble.law, nil, multiple),
        interval: percentileInterval(
          ensemble.replicates.enumerated().map { solve($1, $0, multiple).value },
          level: ensemble.level))
    }
  }
}
