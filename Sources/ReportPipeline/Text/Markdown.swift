/// Text from logs and sweep.yml made safe for Markdown.
package enum Markdown {
  /// Escapes what would be markup, and control characters, in running text.
  package static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "#", "|", "~", "$",
        "&":
        result += "\\\(Character(scalar))"
      case "\n", "\r", "\t", "\u{2028}", "\u{2029}": result += " "
      case _ where scalar.properties.generalCategory == .control: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Inline code; names of runs and files stand in it.
  package static func code(_ text: String) -> String {
    // Two backticks with nothing between would be text.
    guard !text.isEmpty else { return "` `" }
    let clean = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar
        }))
    // A fence one longer than any run of backticks inside.
    var longest = 0
    var current = 0
    for character in clean {
      current = character == "`" ? current + 1 : 0
      longest = max(longest, current)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let padding = longest > 0 ? " " : ""
    return fence + padding + clean.replacing("|", with: "\\|") + padding + fence
  }
}
