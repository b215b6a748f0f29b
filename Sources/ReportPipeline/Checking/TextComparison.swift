import Foundation

/// Compares files of lines, byte by byte: for Swift's strings "é" in one scalar and in two are
/// equal, and line separators of other systems are line breaks.
enum TextComparison {
  /// The first line that differs.
  static func firstDifference(_ old: [UInt8], _ new: [UInt8]) -> Difference.Finding? {
    let (old, new) = (lines(old), lines(new))
    for index in 0..<max(old.count, new.count) {
      let before = index < old.count ? old[index] : nil
      let after = index < new.count ? new[index] : nil
      guard before != after else { continue }
      let (left, right) = (before ?? [], after ?? [])
      return .change(
        .text, at: "line \(index + 1)", from: "“\(excerpt(left, unlike: right))”",
        to: "“\(excerpt(right, unlike: left))”")
    }
    return nil
  }

  /// The line from a little before the place where it differs from `other`.
  private static func excerpt(_ line: ArraySlice<UInt8>, unlike other: ArraySlice<UInt8>) -> String
  {
    let common = zip(line, other).prefix { $0 == $1 }.count
    return common > 60
      ? "…" + String(decoding: line.dropFirst(common - 30), as: UTF8.self)
      : String(decoding: line, as: UTF8.self)
  }

  /// The first line of two tables whose numbers differ by more than the tolerance, or whose words
  /// differ at all.
  static func firstDifference(ofTables old: [UInt8], _ new: [UInt8]) -> Difference.Finding? {
    let (old, new) = (lines(old), lines(new))
    guard old.count == new.count else {
      return .change(
        .numbers, at: "number of lines", from: "\(old.count)", to: "\(new.count)")
    }
    for (index, pair) in zip(old, new).enumerated() where pair.0 != pair.1 {
      let (before, after) = (NumericText(pair.0), NumericText(pair.1))
      let tier: Difference.Tier = before.words == after.words ? .numbers : .text
      guard tier == .text || !before.agrees(with: after, Tolerance.isSame) else { continue }
      return .change(
        tier, at: "line \(index + 1)", from: "“\(String(decoding: pair.0, as: UTF8.self))”",
        to: "“\(String(decoding: pair.1, as: UTF8.self))”")
    }
    return nil
  }

  private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }
}

/// A text taken apart into its numbers and what stands between them.
struct NumericText: Equatable {
  /// What kinds of text there are.
  enum Kind {
    /// Numbers stand by themselves.
    case prose
    /// SVG: numbers also follow the commands of a path, and each other by their sign.
    case drawing
  }

  /// The text with a mark in place of each number.
  private(set) var words: [UInt8] = []
  private(set) var numbers: [Double] = []
  /// The numbers that scale or shade others: what is nothing in a coordinate is much in these.
  private(set) var factors: Set<Int> = []

  init(_ text: some Sequence<UInt8>, _ kind: Kind = .prose) {
    let bytes = Array(text)
    var index = 0
    while index < bytes.count {
      guard let end = Self.endOfNumber(bytes, from: index, kind),
        let value = Double(String(decoding: bytes[index..<end], as: UTF8.self))
      else {
        words.append(bytes[index])
        index += 1
        continue
      }
      if kind == .drawing {
        // Whether a sign or a space parts two coordinates depends on their signs.
        if words.last == 0x20, words.dropLast().last == 0 { words.removeLast() }
        if Self.factorStarts.contains(where: { words.suffix($0.count).elementsEqual($0) }) {
          factors.insert(numbers.count)
        }
      }
      words.append(0)
      numbers.append(value)
      index = end
    }
  }

  private static let factorStarts = ["scale(", "opacity=\""].map { Array($0.utf8) }

  /// Whether words are equal and numbers are the same by `isSame`.
  func agrees(with other: NumericText, _ isSame: (Double, Double) -> Bool) -> Bool {
    words == other.words && numbers.count == other.numbers.count
      && zip(numbers, other.numbers).enumerated().allSatisfy { index, pair in
        factors.contains(index)
          ? abs(pair.0 - pair.1) <= 1e-4 * max(abs(pair.0), abs(pair.1)) : isSame(pair.0, pair.1)
      }
  }

  /// The end of the decimal number that starts at `start`: sign, digits, fraction, exponent.
  private static func endOfNumber(_ bytes: [UInt8], from start: Int, _ kind: Kind) -> Int? {
    func isDigit(_ index: Int) -> Bool { index < bytes.count && (48...57).contains(bytes[index]) }
    func isSign(_ index: Int) -> Bool {
      index < bytes.count
        && (bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+"))
    }
    // A digit inside a word, such as a digest or a name, is no number.
    if start > 0, isWordByte(bytes[start - 1]) {
      let follows =
        kind == .drawing
        && ("MLC".utf8.contains(bytes[start - 1]) || (isSign(start) && isDigit(start - 1)))
      guard follows else { return nil }
    }
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
