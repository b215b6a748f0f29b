/// A number as a LaTeX macro, with the ends of its interval where it has one.
struct NumberMacro: Sendable, Equatable {
  /// Letters only.
  var name: String
  /// As `NumberText` shows them.
  var value: String
  var low: String?
  var high: String?

  /// A number that is known exactly, such as a count.
  init(_ words: String, exact text: String) {
    name = LaTeX.macroName(words)
    value = text
  }

  /// A number that was estimated, in the digits that its interval warrants.
  ///
  /// - Parameters:
  ///   - factor: 100 for percentages.
  ///   - unit: stands behind the number and both ends.
  init(
    _ words: String, _ number: Double, _ interval: ClosedRange<Double>? = nil, digits: Int = 4,
    factor: Double = 1, unit: String = ""
  ) {
    let interval = interval.map { ($0.lowerBound * factor)...($0.upperBound * factor) }
    let warranted = WarrantedDigits(interval: interval, otherwise: digits)
    name = LaTeX.macroName(words)
    value = warranted.text(number * factor) + unit
    low = interval.map { warranted.text($0.lowerBound) + unit }
    high = interval.map { warranted.text($0.upperBound) + unit }
  }

  /// The macros with the prefix before each name, and each name once.
  ///
  /// Two sparsities that differ by a rounding of weights have one name: the first keeps it.
  static func unique(_ macros: [Self], prefix: String) -> [Self] {
    var seen: Set<String> = []
    return macros.compactMap { macro in
      var macro = macro
      macro.name = prefix + macro.name
      var names = [macro.name]
      if macro.low != nil { names += [macro.name + "Low", macro.name + "High"] }
      guard seen.isDisjoint(with: names) else { return nil }
      seen.formUnion(names)
      return macro
    }
  }
}
