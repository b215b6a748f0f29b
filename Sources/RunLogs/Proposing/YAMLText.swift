/// Text as a YAML scalar, on one line.
package enum YAMLText {
  /// Plain where that reads back as the same text, else in quotes.
  package static func scalar(_ text: String) -> String {
    let words: Set = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    let isPlain =
      text.utf8.first.map { $0.isLetter || $0 == 0x5F } ?? false
      && text.utf8.allSatisfy {
        $0.isLetter || $0.isDigit || "_./-".utf8.contains($0)
      }
      && !words.contains(text.lowercased())
    if isPlain { return text }
    guard text.unicodeScalars.contains(where: \.isControl) || text.utf8.contains(0x23) else {
      // By bytes: a quote before a combining mark ends the scalar for YAML.
      return "'"
        + text.utf8.split(separator: UInt8(ascii: "'"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "''") + "'"
    }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      // Two in a row are a command to some build servers, where --dry-run shows this text.
      case "#": quoted += "\\x23"
      case _ where scalar.isControl:
        let digits = String(scalar.value, radix: 16)
        let width = scalar.value > 0xFFFF ? 8 : 4
        quoted += width == 8 ? "\\U" : "\\u"
        quoted += String(repeating: "0", count: max(0, width - digits.count)) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
