/// Numbers and names in a text: `n{nonzero_params}-s{sparsity}` in the names of files,
/// `step:{step}/{max_steps} val_loss:{val_loss}` in the lines of logs.
///
/// Names stand in braces, `{}` is whatever, a blank is one or more, and `{{` is a brace. It is no
/// regular expression: what stands at a name is as short as the text after it allows, and the time
/// is in proportion to the text.
package struct NamePattern: Equatable, Sendable {
  /// A pattern is texts and names in turn.
  private enum Part: Equatable, Sendable {
    case text([UInt8])
    /// Nil for `{}`.
    case name(String?)
  }
  private var parts: [Part] = []

  /// The longest value in a line, and how many places of a line are tried.
  private static let longestValue = 256
  private static let mostPlaces = 64

  /// Nil where braces do not pair, no name is there or one twice, or two stand side by side.
  package init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    var literal: [UInt8] = []
    let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    while let first = rest.popFirst() {
      if first == open || first == close, rest.first == first {
        literal.append(rest.removeFirst())
      } else if first == open {
        guard let end = rest.firstIndex(of: close) else { return nil }
        if !literal.isEmpty { parts.append(.text(literal)) }
        literal = []
        if case .name? = parts.last { return nil }
        let name = String(decoding: rest[..<end], as: UTF8.self)
        guard !name.utf8.contains(open) else { return nil }
        parts.append(.name(name.isEmpty ? nil : name))
        rest = rest[(end + 1)...]
      } else if first == close {
        return nil
      } else {
        // Neighbouring blanks stand for what one does.
        if !Self.isBlank(first) || literal.last.map(Self.isBlank) != true { literal.append(first) }
      }
    }
    if !literal.isEmpty { parts.append(.text(literal)) }
    guard !names.isEmpty, Set(names).count == names.count else { return nil }
  }

  package var names: [String] {
    parts.compactMap { if case .name(let name) = $0 { name } else { nil } }
  }

  /// What stands at the names in a text that the pattern fits as a whole; nil where it does not.
  package func values(in text: String) -> [(name: String, value: String)]? {
    match(Array(text.utf8)[...], isLine: false)
  }

  /// What stands at the names where the pattern first fits in a line; values hold no blanks, and
  /// the last one ends before a comma or a bracket, too.
  package func find(in line: ArraySlice<UInt8>) -> [(name: String, value: String)]? {
    guard case .text(let first)? = parts.first, let mark = first.first(where: { !Self.isBlank($0) })
    else { return match(line.drop(while: Self.isBlank), isLine: true) }
    var places = 0
    var at = line.startIndex
    let skipped = first.first.map(Self.isBlank) == true ? 1 : 0
    while places < Self.mostPlaces, let next = line[at...].firstIndex(of: mark) {
      if next - skipped >= line.startIndex, Self.passes(first, line, next - skipped) != nil {
        places += 1
        if let found = match(line[(next - skipped)...], isLine: true) { return found }
      }
      at = next + 1
    }
    return nil
  }

  private func match(
    _ bytes: ArraySlice<UInt8>, isLine: Bool
  ) -> [(name: String, value: String)]? {
    var at = bytes.startIndex
    var found: [(name: String, value: String)] = []
    for (index, part) in parts.enumerated() {
      switch part {
      case .text(let expected):
        guard let end = Self.passes(expected, bytes, at) else { return nil }
        at = end
      case .name(let name):
        if isLine { at = bytes[at...].firstIndex { !Self.isBlank($0) } ?? bytes.endIndex }
        var next: [UInt8]?
        if index + 1 < parts.count, case .text(let text) = parts[index + 1] { next = text }
        guard let end = Self.end(of: name, bytes, at, before: next, isLine: isLine), end > at
        else { return nil }
        if let name {
          found.append((name, String(decoding: bytes[at..<end], as: UTF8.self)))
        }
        at = end
      }
    }
    return isLine || at == bytes.endIndex ? found : nil
  }

  /// Where a value that starts at a place ends.
  private static func end(
    of name: String?, _ bytes: ArraySlice<UInt8>, _ start: Int, before next: [UInt8]?, isLine: Bool
  ) -> Int? {
    guard let next else {
      guard isLine, name != nil else { return bytes.endIndex }
      return bytes[start...].firstIndex { isBlank($0) || ",;|)]}'\"".utf8.contains($0) }
        ?? bytes.endIndex
    }
    for place in bytes[start...].indices.dropFirst() {
      if passes(next, bytes, place) != nil { return place }
      guard isLine, name != nil else { continue }
      if isBlank(bytes[place]) || place - start >= longestValue { return nil }
    }
    return nil
  }

  /// The place behind a text that stands at a place.
  private static func passes(
    _ expected: [UInt8], _ bytes: ArraySlice<UInt8>, _ start: Int
  ) -> Int? {
    var at = start
    for byte in expected {
      guard at < bytes.endIndex else { return nil }
      if isBlank(byte) {
        guard isBlank(bytes[at]) else { return nil }
        while at < bytes.endIndex, isBlank(bytes[at]) { at += 1 }
      } else {
        guard bytes[at] == byte else { return nil }
        at += 1
      }
    }
    return at
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
