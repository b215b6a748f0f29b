/// Numbers as people write them into tables, beyond what a program would.
enum WrittenNumber {
  /// Reads `125M`, `1.3B`, `4k`, `2T`, `3.81 ± 0.01`, `3.81 +/- 0.01`, `tensor(3.81, ...)`,
  /// `100.000.000` and `100,000,000`; nil for anything else.
  static func read(_ text: String) -> Double? {
    var text = text.trimmed
    if text.hasPrefix("tensor("), let end = text.firstIndex(where: { $0 == "," || $0 == ")" }) {
      text = String(text[text.index(text.startIndex, offsetBy: 7)..<end]).trimmed
    }
    for mark in ["±", "+/-", "+-"] {
      if let place = text.range(of: mark) { text = String(text[..<place.lowerBound]).trimmed }
    }
    if let value = plain(text) { return value }
    if let last = text.last, let factor = factors[last],
      let value = plain(String(text.dropLast()).trimmed)
    {
      return value * factor
    }
    return grouped(text, ".") ?? grouped(text, ",")
  }

  private static let factors: [Character: Double] = [
    "k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "G": 1e9, "T": 1e12,
  ]

  private static func plain(_ text: String) -> Double? {
    var text = text
    guard let value = text.withUTF8(DecimalNumber.parse), value.isFinite else { return nil }
    return value
  }

  /// Digits in groups of three with a mark between: one mark alone may be a decimal one.
  private static func grouped(_ text: String, _ mark: Character) -> Double? {
    let groups = text.split(separator: mark, omittingEmptySubsequences: false)
    guard groups.count >= 3, (1...3).contains(groups[0].utf8.count),
      groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }),
      groups.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) })
    else { return nil }
    return plain(groups.joined())
  }
}

extension Value {
  /// The cell with a number that people write, such as `125M`, as the number.
  package var asNumber: Value {
    guard case .text(let text) = self, case .fault = number, let value = WrittenNumber.read(text)
    else { return self }
    return .number(value)
  }
}
