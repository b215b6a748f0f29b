import Foundation
import RunLogs

extension PatternComparison {
  /// Compares every run with an N:M pattern and no parent with the law and with its unstructured
  /// partners among `runs`.
  ///
  /// - Parameters:
  ///   - runs: all runs of the sweep; those of the role `excluded` are no partners.
  ///   - ensemble: a law that knows the effect of sparsity.
  ///   - seedDeviation: the standard deviation of log loss between seeds, for differences of
  ///     measured runs; nil for the ensemble's residual deviation.
  /// - Returns: nil without such runs of sparsities that the law speaks of, or where it does not
  ///   respond to sparsity.
  public static func measure(
    _ runs: [TrainingRun], ensemble: LawEnsemble, seedDeviation: Double? = nil
  ) -> PatternComparison? {
    let blocked = runs.filter {
      $0.parent == nil && $0.pattern.block != nil && ensemble.law.speaks(of: $0.sparsity)
    }
    guard !blocked.isEmpty, ensemble.law.respondsToSparsity else { return nil }
    let measured = blocked.enumerated().map { index, run in
      MeasuredPattern(
        run, index: index, partners: partners(of: run, among: runs), ensemble: ensemble,
        seedDeviation: seedDeviation)
    }
    let level = ensemble.level
    let patterns = measured.grouped { $0.pattern }.sorted {
      ($0.key.nominalSparsity, $0.key.block?.m ?? 0, $0.key.block?.n ?? 0)
        < ($1.key.nominalSparsity, $1.key.block?.m ?? 0, $1.key.block?.n ?? 0)
    }
    let groups = measured.grouped { $0.pattern.nominalSparsity }.sorted { $0.key < $1.key }
    return PatternComparison(
      runs: measured.map { $0.result(level: level) },
      summaries: patterns.map { Summary($0.key, $0.members, level: level) },
      groups: groups.map { Group($0.key, $0.members, level: level) },
      contrasts: groups.indices.flatMap { lower in
        groups.indices.dropFirst(lower + 1).map { higher in
          Contrast(lower: groups[lower], higher: groups[higher], level: level)
        }
      })
  }

  /// Densities this close (relative) can be compared: widths that M does not divide leave some
  /// rows dense.
  static let densityTolerance = 0.15

  /// The unstructured runs of the same dense size and data whose density is the closest, within
  /// the tolerance; several where they are repeats of one setting.
  static func partners(of run: TrainingRun, among runs: [TrainingRun]) -> [TrainingRun] {
    func distance(_ other: TrainingRun) -> Double {
      abs(log((1 - other.sparsity) / (1 - run.sparsity)))
    }
    let candidates = runs.filter { other in
      other.isMain && other.pattern == .unstructured && other.role != .excluded
        && abs(other.denseParameters / run.denseParameters - 1) <= 1e-3
        && abs(other.data / run.data - 1) <= 1e-3
        && distance(other) <= log(1 + densityTolerance)
    }
    guard let nearest = candidates.map(distance).min() else { return [] }
    return candidates.filter { distance($0) <= nearest + 1e-3 }
  }
}

extension PatternComparison.Summary {
  fileprivate init(_ pattern: SparsityPattern, _ members: [MeasuredPattern], level: Double) {
    self.pattern = pattern
    runs = members.count
    nominalSparsity = pattern.nominalSparsity
    let earned = Sample.geometricMean(members.map(\.multiplier))
    let unstructured = Sample.geometricMean(members.map(\.unstructuredMultiplier))
    excess = Sample.geometricMean(members.map(\.lossRatio)).estimate(level: level).minusOne
    multiplier = earned.estimate(level: level)
    multiplierReplicates = earned.replicates
    unstructuredMultiplier = unstructured.estimate(level: level)
    share = (earned / unstructured).estimate(level: level)
    let pairs = members.compactMap(\.pairedRatio)
    pairedExcess =
      pairs.isEmpty ? nil : Sample.geometricMean(pairs).estimate(level: level).minusOne
  }
}

extension PatternComparison.Group {
  fileprivate init(_ sparsity: Double, _ members: [MeasuredPattern], level: Double) {
    nominalSparsity = sparsity
    patterns = members.grouped { $0.pattern }.map(\.key)
    runs = members.count
    let earned = Sample.geometricMean(members.map(\.multiplier))
    multiplier = earned.estimate(level: level)
    share =
      (earned / Sample.geometricMean(members.map(\.unstructuredMultiplier)))
      .estimate(level: level)
    let bound = PatternComparison.closeShare
    closeness = share.isBelow(bound) ? .notClose : share.isAbove(bound) ? .close : .undecided
  }
}

extension PatternComparison.Contrast {
  fileprivate init(
    lower: (key: Double, members: [MeasuredPattern]),
    higher: (key: Double, members: [MeasuredPattern]), level: Double
  ) {
    lowerSparsity = lower.key
    higherSparsity = higher.key
    let sparser = Sample.geometricMean(higher.members.map(\.multiplier))
    let denser = Sample.geometricMean(lower.members.map(\.multiplier))
    ratio = (sparser / denser).estimate(level: level)
    advantage =
      ratio.isAbove(1) ? .sparserBetter : ratio.isBelow(1) ? .sparserWorse : .undecided
  }
}
