import Foundation
import RunLogs

/// How a number is written wherever people read it.
package enum Style: Sendable, Equatable {
  /// So many significant digits where no interval says how many are warranted.
  case significant(Int)
  /// So many decimals.
  case fixed(Int)
  /// A fraction as a percentage: `1.87 %`; of decimals as many as given, or more where 0 would be
  /// shown for what is not 0.
  case percent(Int)
  /// A fraction as a percentage with its sign: `+1.87 %`.
  case signedPercent(Int)
  /// A fraction that somebody set, as a percentage with all its digits: `0.04 %`.
  case setPercent
  /// `2.05×`.
  case multiple
  /// A multiple that somebody set: `4×`.
  case setMultiple
  /// A number that somebody set, with all its digits.
  case setting
  /// A loss: four decimals, more where its interval is narrower.
  case loss
  /// A sparsity in percent by its nominal label: `87.5 %`.
  case sparsity
  /// A size in the units of the field: `9.2k`, `295k`, `604M`, `1.5B`.
  case size
  /// An amount of memory in decimal units: `590 kB`.
  case bytes
  /// A whole number, with the noun that it counts: `4 runs`; without a noun where that is empty.
  case count(String)

  /// The number and the ends of its interval.
  package struct Written: Sendable, Equatable {
    package var value: Numeral
    package var ends: (low: Numeral, high: Numeral)?

    package static func == (a: Self, b: Self) -> Bool {
      a.value == b.value && a.ends?.low == b.ends?.low && a.ends?.high == b.ends?.high
    }
  }

  /// Estimate and ends in the same digits: the last one shown is the second of the interval's
  /// half-width, with at least two and at most six significant ones.
  ///
  /// What rounds so never leaves its interval, since a larger number is never rounded to a finer
  /// place.
  package func written(_ value: Double, _ interval: ClosedRange<Double>? = nil) -> Written {
    let width = interval.map { ($0.upperBound - $0.lowerBound) / 2 } ?? 0
    let place =
      width > 0 && width.isFinite ? Self.decade(width * factor) - 1 : nil
    let crosses = interval.map { $0.lowerBound < 0 && $0.upperBound > 0 } ?? false
    func numeral(_ value: Double) -> Numeral { self.numeral(value, place, crosses) }
    return Written(
      value: numeral(value),
      ends: interval.map { (numeral($0.lowerBound), numeral($0.upperBound)) })
  }

  package func text(_ value: Double) -> String { written(value).value.text }

  /// A count alone.
  func withoutNoun(_ numeral: Numeral) -> Numeral {
    if case .count = self { return numeral.with(.none) }
    return numeral
  }

  /// - Parameters:
  ///   - place: the power of ten of the last digit that an interval warrants, if one does.
  ///   - crosses: whether that interval reaches over 0, so that digits are counted from the point.
  private func numeral(_ value: Double, _ place: Int?, _ crosses: Bool) -> Numeral {
    switch self {
    case .significant(let digits):
      return Self.shared(value, place, crosses) ?? Numeral(value, significant: digits)
    case .multiple:
      return (Self.shared(value, place, crosses) ?? Numeral(value, significant: 3)).with(.times)
    case .fixed(let decimals):
      return Numeral(value, decimals: place.map { min(max(-$0, 0), 6) } ?? decimals)
    case .loss:
      guard (0.01..<1e4).contains(abs(value)) else { return Numeral(value, significant: 5) }
      return Numeral(value, decimals: min(max(4, -(place ?? 0)), 6))
    case .percent(let decimals):
      let numeral = Numeral(value * 100, decimals: place.map { min(max(-$0, 0), 6) } ?? decimals)
      // "Within 0.0 %" would say more than is known.
      return
        (numeral.isZero && value != 0 && place == nil
        ? Numeral(value * 100, significant: 2) : numeral).with(.percent)
    case .signedPercent(let decimals):
      var numeral = Numeral(
        value * 100, decimals: place.map { min(max(-$0, 0), 6) } ?? decimals)
      if value > 0, !numeral.isZero { numeral.sign = .plus }
      return numeral.with(.percent)
    case .setPercent: return Self.set(value * 100).with(.percent)
    case .setMultiple: return Self.set(value).with(.times)
    case .setting: return Self.set(value)
    case .sparsity: return Self.sparsity(value)
    case .size: return Self.size(value)
    case .bytes: return Self.bytes(value)
    case .count(let noun):
      let numeral = Numeral(value, decimals: 0)
      return noun.isEmpty ? numeral : numeral.with(.word(value == 1 ? noun : noun + "s"))
    }
  }

  private var factor: Double {
    switch self {
    case .percent, .signedPercent: 100
    default: 1
    }
  }

  private static func shared(_ value: Double, _ place: Int?, _ crosses: Bool) -> Numeral? {
    guard let place, value.isFinite, value != 0 || crosses else { return nil }
    if crosses, (-6...0).contains(place) { return Numeral(value, decimals: -place) }
    // 0.9997 to three decimals is 1.000, which has a digit more.
    let unit = pow(10, Double(place))
    let rounded = (value / unit).rounded() * unit
    let first = decade(rounded == 0 || !rounded.isFinite ? value : rounded)
    return Numeral(value, significant: min(max(first - place + 1, 2), 6))
  }

  /// The power of ten of the first digit of a finite number; 0 for 0.
  private static func decade(_ value: Double) -> Int {
    value == 0 ? 0 : Int(log10(abs(value)).rounded(.down))
  }

  /// All digits that were typed: what a product with 100 adds behind the twelfth is not.
  private static func set(_ value: Double) -> Numeral {
    guard value.isFinite else { return Numeral(value, significant: 1) }
    let typed = Double(String(format: "%.12g", value)) ?? value
    if typed == typed.rounded(), abs(typed) < 1e15 {
      return Numeral(digits: String(format: "%.0f", typed))
    }
    return (1e-4..<1e15).contains(abs(typed))
      ? Numeral(digits: "\(typed)") : Numeral(typed, significant: 12).trimmed
  }

  /// Its nominal label: counted sparsities miss what was meant by a rounding of weights.
  private static func sparsity(_ sparsity: Double) -> Numeral {
    Numeral(nominalSparsity(sparsity) * 100, decimals: 4).trimmed.with(.percent)
  }

  private static func size(_ value: Double) -> Numeral {
    guard value == 0 || (0.1..<1e15).contains(value) else { return Numeral(value, significant: 3) }
    let units: [(Double, String)] = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")]
    for (unit, name) in units where value >= unit * 0.9995 {
      let scaled = value / unit
      let decimals = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0
      return Numeral(scaled, decimals: decimals).trimmed.with(.prefix(name))
    }
    return Numeral(value, decimals: 1).trimmed
  }

  private static func bytes(_ value: Double) -> Numeral {
    let units: [(Double, String)] = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")]
    for (unit, name) in units where value >= unit * 0.9995 {
      return Numeral(value / unit, significant: 3).with(.word(name))
    }
    return Numeral(value, significant: 3).with(.word("bytes"))
  }
}

/// Single numbers in messages of the console.
public enum NumberText {
  public static func significant(_ value: Double, _ digits: Int = 4) -> String {
    value.isNaN ? "not a number" : Style.significant(digits).text(value)
  }
  public static func percent(_ fraction: Double, _ decimals: Int = 2) -> String {
    Style.percent(decimals).text(fraction)
  }
  public static func signedPercent(_ fraction: Double, _ decimals: Int = 2) -> String {
    Style.signedPercent(decimals).text(fraction)
  }
  public static func sparsity(_ sparsity: Double) -> String { Style.sparsity.text(sparsity) }
  public static func count(_ value: Int) -> String { Style.count("").text(Double(value)) }
  public static func size(_ value: Double) -> String { Style.size.text(value) }
  public static func multiple(_ value: Double) -> String { Style.multiple.text(value) }
}
