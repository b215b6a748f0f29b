import RunLogs

/// Text from logs and sweep.yml made safe for Markdown.
///
/// Everything goes scalar by scalar: what a special character and a combining mark make together
/// is one `Character` for Swift, and still the special character for a reader of Markdown.
package enum Markdown {
  /// An HTML comment, which shows nothing and keeps what stands around it from being read as one
  /// word: no link is made of a bare address, and nobody is notified of a mention.
  static let divider = "<!-- -->"

  /// Escapes what would be markup, and control characters, in running text.
  package static func escape(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    // Blanks before them do not keep marks from beginning a line.
    let start = scalars.firstIndex { !isBlank($0) } ?? 0
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "#", "|", "~", "$", "&":
        result.append("\\")
        result.append(scalar)
      // Would begin a list or underline a heading.
      case "-", "+", "=":
        if index == start { result.append("\\") }
        result.append(scalar)
      case ".", ")":
        if isListNumber(scalars[start..<index], before: scalars[(index + 1)...]) {
          result.append("\\")
        }
        if endsWithWWW(scalars[..<index]) { result.append(contentsOf: divider.unicodeScalars) }
        result.append(scalar)
      case "@":
        result.append(scalar)
        result.append(contentsOf: divider.unicodeScalars)
      case ":" where scalars[(index + 1)...].starts(with: "//".unicodeScalars):
        result.append(scalar)
        result.append(contentsOf: divider.unicodeScalars)
      case _ where isBlank(scalar): result.append(" ")
      case _ where scalar.isControl: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Inline code; names of runs and files stand in it.
  package static func code(_ text: String) -> String {
    // Two backticks with nothing between would be text.
    guard !text.isEmpty else { return "` `" }
    let clean = text.unicodeScalars.map { $0.isControl ? "\u{FFFD}" : $0 }
    // A fence one longer than any run of backticks inside.
    var longest = 0
    var current = 0
    var content = String.UnicodeScalarView()
    for (index, scalar) in clean.enumerated() {
      current = scalar == "`" ? current + 1 : 0
      longest = max(longest, current)
      if scalar == "|" {
        // Readers of tables take two backslashes for one and the bar for the end of the cell:
        // there is no such code in a cell, only such text.
        if index > 0, clean[index - 1] == "\\" { return escape(text) }
        content.append("\\")
      }
      content.append(scalar)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let padding = longest > 0 ? " " : ""
    return fence + padding + String(content) + padding + fence
  }

  /// Whether a scalar is shown as a space.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\n", "\r", "\t", "\u{2028}", "\u{2029}": true
    default: false
    }
  }

  /// Whether a point or a bracket between these makes them an entry of a numbered list.
  private static func isListNumber(
    _ digits: ArraySlice<Unicode.Scalar>, before rest: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    (1...9).contains(digits.count) && digits.allSatisfy { ("0"..."9").contains($0) }
      && rest.first?.properties.isWhitespace ?? true
  }

  private static func endsWithWWW(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    scalars.count >= 3 && scalars.suffix(3).allSatisfy { $0 == "w" || $0 == "W" }
  }
}
