import RunLogs

/// From how much compute on one sparsity does better than another at equal N and compute.
///
/// Both were measured, so that, unlike a threshold, it asks no law about sparsities between them.
public struct Overtake: Sendable, Equatable {
  /// The sparser of the two.
  public var sparsity: Double
  /// The denser of the two.
  public var over: Double
  /// How compute is counted.
  public var accounting: String
  /// The multiple of dense Chinchilla compute: infinite where the sparser never wins, 0 where it
  /// always does.
  public var chinchillaMultiple: Double
  public var interval: ClosedRange<Double>?

  /// The sparsities that stand in where there are no runs: those that were pruned to in the
  /// sweeps of Frantar et al. 2024.
  public static let sparsitiesWithoutRuns = [0, 0.5, 0.75]

  /// Each sparsity over the least, and each over its neighbour, under dense and sparse accounting;
  /// empty where the law does not respond to sparsity.
  static func all(_ study: Study) -> [Overtake] {
    guard study.law.respondsToSparsity else { return [] }
    let measured = Observations(study.concludingRuns).sparsities
    let levels = measured.isEmpty ? sparsitiesWithoutRuns : measured
    let replicates = study.finalFit?.uncertainty?.distribution
    return [Accounting.dense, .sparse(study.schedule)].flatMap { accounting in
      let model = study.model(study.law, accounting)
      return pairs(of: levels).compactMap { (lower, higher) -> Overtake? in
        let multiple = model.overtake(from: lower, to: higher)
        guard !multiple.isNaN else { return nil }
        return Overtake(
          sparsity: higher, over: lower, accounting: accounting.name,
          chinchillaMultiple: multiple,
          interval: replicates?.interval(in: model) { $0.overtake(from: lower, to: higher) })
      }
    }
  }

  /// Of ascending sparsities: (0, 0.5), (0, 0.75), (0.5, 0.75), ...
  static func pairs(of levels: [Double]) -> [(lower: Double, higher: Double)] {
    levels.indices.dropFirst().flatMap { index -> [(lower: Double, higher: Double)] in
      let overLeast = (levels[0], levels[index])
      return index == 1 ? [overLeast] : [overLeast, (levels[index - 1], levels[index])]
    }
  }

  /// The sparsity that headlines speak of: one half where it is among these, else the least that
  /// is not 0; nil without any.
  public static func headlineSparsity(of levels: [Double]) -> Double? {
    levels.first { abs($0 - 0.5) < 1e-9 } ?? levels.first { $0 > 0 }
  }
}
