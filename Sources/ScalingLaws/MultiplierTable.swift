import RunLogs

/// The effective-parameter multiplier of each listed sparsity.
public struct MultiplierTable: Sendable {
  public struct Entry: Sendable {
    public var sparsity: Double
    public var multiplier: Double
    public var interval: ClosedRange<Double>?
  }

  /// Whether sparsity lowers the loss at equal non-zero size and data.
  public enum Gain: String, Sendable, CaseIterable {
    /// The interval of some measured sparsity lies above 1.
    case shown
    /// None does, and all end below `InteractionClaim.margin`: a dense model is the best.
    case negligible
    /// None does, and some end above.
    case undecided
  }

  public let entries: [Entry]
  /// For S → 1; nil where it is infinite.
  public let limit: Double?
  public let limitInterval: ClosedRange<Double>?
  /// Nil without intervals.
  public let gain: Gain?
  /// That of the largest measured sparsity; nil without sparse runs.
  public let sparsest: Entry?

  /// A multiplier above 1 by less than this is no gain, however exact the runs.
  private static let resolution = 1e-4

  /// Nil where the law does not respond to sparsity.
  init?(_ study: Study) {
    let law = study.law
    guard law.respondsToSparsity else { return nil }
    let replicates = study.finalFit?.uncertainty?.distribution
    let measured = Observations(study.concludingRuns).sparsities
    let entries = (law.isContinuous ? study.listedSparsities : measured).map { sparsity in
      Entry(
        sparsity: sparsity, multiplier: study.multiplier(law, sparsity: sparsity),
        interval: replicates?.interval { (law: ScalingLaw) in
          study.multiplier(law, sparsity: sparsity)
        })
    }
    self.entries = entries
    limit = law.effectiveParameterLimit
    limitInterval = replicates?.multiplierLimitInterval
    let known = entries.filter { entry in
      entry.sparsity > 0
        && measured.contains { abs((1 - $0) / (1 - entry.sparsity) - 1) <= Level.tolerance }
    }
    sparsest = known.last
    gain = known.isEmpty || known.contains { $0.interval == nil } ? nil : Gain(known)
  }
}

extension MultiplierTable.Gain {
  fileprivate init(_ entries: [MultiplierTable.Entry]) {
    let intervals = entries.compactMap(\.interval)
    self =
      intervals.contains { $0.lowerBound > 1 + MultiplierTable.resolution }
      ? .shown
      : intervals.allSatisfy { $0.upperBound <= InteractionClaim.margin } ? .negligible : .undecided
  }
}

extension Study {
  /// This study; where its law, which can find no harm in sparsity, finds no gain, one with a
  /// multiplier that is free at each sparsity.
  func withFreeMultipliers(_ options: FitOptions) -> Study {
    guard law.form.knowsSparsity, !law.respondsToSparsity,
      Observations(concludingRuns).sparsities.first == 0
    else { return self }
    var options = options
    options.law = Laws.freeMultipliers([]).key
    return (try? Study(sweep, options: options)) ?? self
  }
}
