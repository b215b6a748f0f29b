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
    let patterns = measured.groups { $0.pattern }.sorted {
      ($0.key.nominalSparsity, $0.key.block?.m ?? 0, $0.key.block?.n ?? 0)
        < ($1.key.nominalSparsity, $1.key.block?.m ?? 0, $1.key.block?.n ?? 0)
    }
    let corrected = 1 - (1 - level) / Double(patterns.count)
    let summaries = patterns.map { Summary($0.key, $0.members, level: level, corrected: corrected) }
    let pairs = patterns.indices.flatMap { denser in
      patterns.indices.dropFirst(denser + 1).filter { sparser in
        patterns[denser].key.block?.m == patterns[sparser].key.block?.m
      }.map { (denser, $0) }
    }
    return PatternComparison(
      runs: measured.map { $0.result(level: level) }, summaries: summaries,
      contrasts: pairs.map { denser, sparser in
        Contrast(
          denser: patterns[denser], sparser: patterns[sparser], level: level,
          corrected: 1 - (1 - level) / Double(pairs.count))
      }, correctedLevel: corrected)
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
  fileprivate init(
    _ pattern: SparsityPattern, _ members: [MeasuredPattern], level: Double, corrected: Double
  ) {
    self.pattern = pattern
    runs = members.count
    nominalSparsity = pattern.nominalSparsity
    let earned = Sample.geometricMean(members.map(\.multiplier))
    let unstructured = Sample.geometricMean(members.map(\.unstructuredMultiplier))
    excess = Sample.geometricMean(members.map(\.lossRatio)).estimate(level: level).minusOne
    multiplier = earned.estimate(level: level)
    multiplierReplicates = earned.replicates
    unstructuredMultiplier = unstructured.estimate(level: level)
    multiplierRatio = earned.value / unstructured.value
    gainShare = (earned.gain / unstructured.gain).estimate(level: level)
    againstDense = PatternComparison.Advantage(earned.estimate(level: corrected))
    let pairs = members.compactMap(\.pairedRatio)
    pairedExcess =
      pairs.isEmpty ? nil : Sample.geometricMean(pairs).estimate(level: level).minusOne
  }
}

extension PatternComparison.Contrast {
  fileprivate init(
    denser: (key: SparsityPattern, members: [MeasuredPattern]),
    sparser: (key: SparsityPattern, members: [MeasuredPattern]), level: Double, corrected: Double
  ) {
    self.denser = denser.key
    self.sparser = sparser.key
    let ratio =
      Sample.geometricMean(sparser.members.map(\.multiplier))
      / Sample.geometricMean(denser.members.map(\.multiplier))
    self.ratio = ratio.estimate(level: level)
    advantage = PatternComparison.Advantage(ratio.estimate(level: corrected))
  }
}
