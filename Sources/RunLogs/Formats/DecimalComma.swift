/// Numbers as much of Europe writes them: `0,5` and `100.000.000`.
enum DecimalComma {
  /// The cells of a row in which a number has a decimal comma, with all its numbers in the usual
  /// writing; nil of any other row. Points between groups of three are then no decimal marks.
  static func values(_ texts: [String]) -> [Value]? {
    guard texts.contains(where: { hasComma($0) && number($0) != nil }) else { return nil }
    return texts.map { text in
      let usual = number(text) ?? text
      return usual.isEmpty ? .missing : .text(usual)
    }
  }

  private static func hasComma(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: ",")) }

  /// The usual writing of a number; nil where the text is none with a comma or groups of three.
  static func number(_ text: String) -> String? {
    let parts = text.trimmed.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first else { return nil }
    let sign = first.hasPrefix("-") || first.hasPrefix("+") ? String(first.prefix(1)) : ""
    let groups = first.dropFirst(sign.count).split(separator: ".", omittingEmptySubsequences: false)
    let isGrouped = groups.count > 1
    guard let leading = groups.first, groups.allSatisfy({ $0.utf8.allSatisfy(isDigit) }),
      !leading.isEmpty,
      !isGrouped
        || (leading.utf8.count <= 3 && leading.utf8.first != UInt8(ascii: "0")
          && groups.dropFirst().allSatisfy { $0.utf8.count == 3 })
    else { return nil }
    guard parts.count == 2 else { return isGrouped ? sign + groups.joined() : nil }
    var usual = sign + groups.joined() + "." + parts[1]
    guard parts[1].utf8.first.map(isDigit) == true, usual.withUTF8(DecimalNumber.parse) != nil
    else { return nil }
    return usual
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
