import Foundation

/// Compares files of lines.
enum TextComparison {
  /// The first line that differs.
  static func firstDifference(_ old: String, _ new: String) -> Difference.Finding? {
    let (old, new) = (lines(old), lines(new))
    for index in 0..<max(old.count, new.count) {
      let before = index < old.count ? old[index] : ""
      let after = index < new.count ? new[index] : ""
      guard before != after || (index < old.count) != (index < new.count) else { continue }
      return .change(
        .text, at: "line \(index + 1)", from: "“\(excerpt(before, unlike: after))”",
        to: "“\(excerpt(after, unlike: before))”")
    }
    return nil
  }

  /// The line from a little before the place where it differs from `other`.
  private static func excerpt(_ line: Substring, unlike other: Substring) -> Substring {
    let common = zip(line, other).prefix { $0 == $1 }.count
    return common > 60 ? "…" + line.dropFirst(common - 30) : line
  }

  /// The first line of two tables whose numbers differ by more than the tolerance, or whose words
  /// differ at all.
  static func firstDifference(ofTables old: String, _ new: String) -> Difference.Finding? {
    let (old, new) = (lines(old), lines(new))
    guard old.count == new.count else {
      return .change(
        .numbers, at: "number of lines", from: "\(old.count)", to: "\(new.count)")
    }
    for (index, pair) in zip(old, new).enumerated() where pair.0 != pair.1 {
      let (before, after) = (NumericText(pair.0), NumericText(pair.1))
      let tier: Difference.Tier = before.words == after.words ? .numbers : .text
      guard tier == .text || !before.agrees(with: after, Tolerance.isSame) else { continue }
      return .change(tier, at: "line \(index + 1)", from: "“\(pair.0)”", to: "“\(pair.1)”")
    }
    return nil
  }

  private static func lines(_ text: String) -> [Substring] {
    // "\r\n" is one character.
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }
}

/// A text taken apart into its numbers and what stands between them.
struct NumericText: Equatable {
  /// The text with a mark in place of each number.
  private(set) var words: [UInt8] = []
  private(set) var numbers: [Double] = []

  init(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      guard let end = Self.endOfNumber(bytes, from: index),
        let value = Double(String(decoding: bytes[index..<end], as: UTF8.self))
      else {
        words.append(bytes[index])
        index += 1
        continue
      }
      words.append(0)
      numbers.append(value)
      index = end
    }
  }

  /// Whether words are equal and numbers are the same by `isSame`.
  func agrees(with other: NumericText, _ isSame: (Double, Double) -> Bool) -> Bool {
    words == other.words && numbers.count == other.numbers.count
      && zip(numbers, other.numbers).allSatisfy(isSame)
  }

  /// The end of the decimal number that starts at `start`: sign, digits, fraction, exponent.
  private static func endOfNumber(_ bytes: [UInt8], from start: Int) -> Int? {
    func isDigit(_ index: Int) -> Bool { index < bytes.count && (48...57).contains(bytes[index]) }
    func isSign(_ index: Int) -> Bool {
      index < bytes.count
        && (bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+"))
    }
    // A digit inside a word, such as a digest or a name, is no number.
    if start > 0, isWordByte(bytes[start - 1]) { return nil }
    var index = isSign(start) ? start + 1 : start
    guard isDigit(index) else { return nil }
    while isDigit(index) { index += 1 }
    if index < bytes.count, bytes[index] == UInt8(ascii: "."), isDigit(index + 1) {
      index += 1
      while isDigit(index) { index += 1 }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      let digits = isSign(index + 1) ? index + 2 : index + 1
      if isDigit(digits) {
        index = digits
        while isDigit(index) { index += 1 }
      }
    }
    return index
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (97...122).contains(byte | 0x20) || (48...57).contains(byte) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "#")
  }
}
