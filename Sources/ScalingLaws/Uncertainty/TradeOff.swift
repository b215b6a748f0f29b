import Fitting

/// Two coefficients that chance moves together, so that the runs tell them apart badly.
public struct TradeOff: Sendable, Equatable {
  public var first: String
  public var second: String
  /// Spearman's rank correlation over the replicates, in [-1, 1].
  public var correlation: Double

  /// The absolute correlation from which a pair is named.
  public static let threshold = 0.9
}

extension BootstrapDistribution {
  /// Pairs of coefficients with an absolute rank correlation of at least the threshold, the
  /// strongest first.
  public var tradeOffs: [TradeOff] {
    let rows = replicates.map(coefficients)
    guard let names = rows.first?.map(\.name), rows.count > 2 else { return [] }
    // What means nothing in some replicate, or differs by rounding alone, has no correlation.
    let ranks = names.indices.map { index -> [Double]? in
      guard rows.allSatisfy({ $0[index].isIdentified }) else { return nil }
      let values = rows.map { $0[index].value }
      guard let least = values.min(), let most = values.max(),
        most - least > 1e-9 * max(abs(least), abs(most))
      else { return nil }
      return Self.ranks(values)
    }
    var found: [TradeOff] = []
    for first in names.indices {
      for second in names.indices where second > first {
        guard let one = ranks[first], let other = ranks[second] else { continue }
        let correlation = Self.correlation(one, other)
        guard abs(correlation) >= TradeOff.threshold else { continue }
        found.append(
          TradeOff(first: names[first], second: names[second], correlation: correlation))
      }
    }
    // Sorting by index as well keeps ties in order.
    return found.enumerated().sorted { a, b in
      let (x, y) = (abs(a.element.correlation), abs(b.element.correlation))
      return x == y ? a.offset < b.offset : x > y
    }.map(\.element)
  }

  /// Ranks from 0, ties at their mean rank.
  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted {
      values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1]
    }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for position in start..<end { ranks[order[position]] = Double(start + end - 1) / 2 }
      start = end
    }
    return ranks
  }

  /// Pearson's correlation; 0 where either list does not vary.
  static func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let count = Double(max(a.count, 1))
    let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
    var (ab, aa, bb) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      ab += (x - meanA) * (y - meanB)
      aa += (x - meanA) * (x - meanA)
      bb += (y - meanB) * (y - meanB)
    }
    return aa > 0 && bb > 0 ? ab / (aa * bb).squareRoot() : 0
  }
}
