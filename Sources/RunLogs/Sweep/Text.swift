/// A number for prose: integers with thousands separators, others as Swift writes them.
package func grouped(_ value: Double) -> String {
  guard value.rounded() == value, value.magnitude < 1e15 else { return "\(value)" }
  return (value < 0 ? "-" : "") + thousands(of: "\(Int64(value.magnitude))"[...])
}

/// The digits of a whole number with commas between thousands.
package func thousands(of digits: Substring) -> String {
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}

extension String {
  /// The text with control characters written as escapes, so that it keeps to one line.
  package var visible: String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.isControl: text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The text without blanks at its ends.
  package var trimmed: String {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    guard let first = utf8.firstIndex(where: { !isBlank($0) }),
      let last = utf8.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(self[first...last])
  }

  /// The text, or what fits of it into 2,000 bytes: what one message may hold of a stranger's words.
  package var shortened: String {
    guard utf8.count > 2_000 else { return self }
    var text = ""
    for scalar in unicodeScalars {
      guard text.utf8.count + UTF8.width(scalar) <= 1_997 else { break }
      text.unicodeScalars.append(scalar)
    }
    return text + "..."
  }

  /// The text in quotes, shortened and on one line, for messages.
  package var quoted: String { "\"" + clipped() + "\"" }

  /// The text, or its first 57 scalars and a mark that there are more, on one line.
  package func clipped(mark: String = "...") -> String {
    // By scalars: one character may carry a million combining marks.
    let scalars = unicodeScalars
    return scalars.dropFirst(60).isEmpty
      ? visible : (String(scalars.prefix(57)) + mark).visible
  }
}

extension String {
  /// The parts of a path between slashes, without empty ones.
  ///
  /// By bytes: a slash before a combining mark separates for the system, and is no "/" for Swift.
  package var pathParts: [String] {
    utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension UInt8 {
  /// Whether it is one of 0 to 9 in ASCII.
  var isDigit: Bool { (0x30...0x39).contains(self) }

  /// Whether it is one of A to Z or a to z in ASCII.
  var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}

extension Unicode.Scalar {
  /// Whether it shows nothing of its own and changes how what stands around it reads: a control,
  /// a line or paragraph separator, a bidirectional or other format control, a noncharacter.
  ///
  /// None of these passes from logs or settings into any output.
  package var isControl: Bool {
    if value < 0x7F { return value < 0x20 }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
    }
  }
}

/// The candidates in order of likeness to a word, nearest first; ties keep their order.
package func byLikeness(to word: String, _ candidates: [String]) -> [String] {
  let target = Array(word.lowercased().utf8.prefix(64))
  return candidates.enumerated()
    .map { (distance(target, Array($1.lowercased().utf8.prefix(64))), $0, $1) }
    .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    .map(\.2)
}

/// The nearest candidate where it is near enough to be a slip of the hand.
package func nearest(to word: String, _ candidates: [String]) -> String? {
  guard let best = byLikeness(to: word, candidates).first else { return nil }
  let (a, b) = (Array(word.lowercased().utf8.prefix(64)), Array(best.lowercased().utf8.prefix(64)))
  return distance(a, b) <= max(2, max(a.count, b.count) / 3) ? best : nil
}

/// Optimal string alignment distance: insertions, deletions, changes and swaps of neighbours.
private func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, beforeLast[j - 1] + 1)
      }
      row.append(best)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
