extension LaTeX {
  /// The LaTeX of a line of the report's Markdown, so that captions and tables have one wording.
  ///
  /// Knows what the report's own texts use: `*italics*` and `**bold**`, `<sub>` and `<sup>`,
  /// code in backticks, links (of which the text stays), and characters behind a backslash.
  /// Whatever else looks like markup is shown as it stands.
  package static func text(markdown: String) -> String {
    var reader = MarkdownReader(rest: markdown[...])
    return reader.latex(until: nil) ?? ""
  }
}

/// Reads Markdown from left to right.
private struct MarkdownReader {
  var rest: Substring

  private static let scripts = [
    (open: "<sub>", close: "</sub>", command: "textsubscript"),
    (open: "<sup>", close: "</sup>", command: "textsuperscript"),
  ]

  /// LaTeX up to the mark `end`, which is consumed; nil where it never comes.
  mutating func latex(until end: String?) -> String? {
    var result = ""
    var plain = ""
    func flushed() -> String { result + LaTeX.escape(plain) }
    while !rest.isEmpty {
      if let end, rest.hasPrefix(end) {
        rest.removeFirst(end.count)
        return flushed()
      }
      if let power = powerOfTen() {
        result = flushed() + power
        plain = ""
        continue
      }
      if let markup = markup() {
        result = flushed() + markup
        plain = ""
        continue
      }
      if rest.first == "\\", let next = rest.dropFirst().first, next.isPunctuation || next.isSymbol
      {
        rest.removeFirst()
      }
      plain.append(rest.removeFirst())
    }
    return end == nil ? flushed() : nil
  }

  /// Markup at the start of `rest`, consumed; nil where there is none that also ends.
  private mutating func markup() -> String? {
    let start = rest
    for script in Self.scripts where rest.hasPrefix(script.open) {
      rest.removeFirst(script.open.count)
      if let inner = latex(until: script.close) { return "\\\(script.command){\(inner)}" }
      rest = start
    }
    if rest.hasPrefix("**") {
      rest.removeFirst(2)
      if let inner = latex(until: "**") { return "\\textbf{\(inner)}" }
      rest = start
    } else if rest.first == "*", let next = rest.dropFirst().first, !next.isWhitespace {
      rest.removeFirst()
      if let inner = latex(until: "*") { return italic(inner) }
      rest = start
    } else if rest.first == "`" {
      if let code = code() { return code }
      rest = start
    } else if rest.first == "[" {
      rest.removeFirst()
      if let inner = latex(until: "]("), let close = rest.firstIndex(of: ")") {
        rest = rest[rest.index(after: close)...]
        return inner
      }
      rest = start
    }
    return nil
  }

  /// A single letter is a quantity, perhaps with a subscript of one letter.
  private mutating func italic(_ inner: String) -> String {
    guard inner.count == 1, inner.allSatisfy(\.isLetter) else { return "\\textit{\(inner)}" }
    let (open, close) = ("<sub>", "</sub>")
    let letters =
      rest.hasPrefix(open) ? rest.dropFirst(open.count).prefix(while: \.isASCIILetter) : ""
    guard letters.count == 1, rest.dropFirst(open.count + 1).hasPrefix(close) else {
      return "\\ensuremath{\(inner)}"
    }
    rest.removeFirst(open.count + 1 + close.count)
    return "\\ensuremath{\(inner)_{\(letters)}}"
  }

  /// Code between fences of equally many backticks.
  private mutating func code() -> String? {
    let fence = rest.prefix { $0 == "`" }
    rest.removeFirst(fence.count)
    var content = ""
    while !rest.isEmpty {
      if rest.first == "`" {
        let run = rest.prefix { $0 == "`" }
        rest.removeFirst(run.count)
        if run.count == fence.count {
          // The spaces that keep backticks from the fence.
          if content.hasPrefix(" "), content.hasSuffix(" "), content.contains(where: { $0 != " " })
          {
            content = String(content.dropFirst().dropLast())
          }
          return "\\texttt{\(LaTeX.breakable(content.replacing("\\|", with: "|")))}"
        }
        content += run
      } else {
        content.append(rest.removeFirst())
      }
    }
    return nil
  }

  /// ` × 10⁸`, set as one formula.
  private mutating func powerOfTen() -> String? {
    let start = " × 10"
    guard rest.hasPrefix(start) else { return nil }
    let digits = rest.dropFirst(start.count).prefix { LaTeX.superscripts[$0] != nil }
    guard !digits.isEmpty else { return nil }
    rest.removeFirst(start.count + digits.count)
    let exponent = String(digits.compactMap { LaTeX.superscripts[$0] })
    return "\\ensuremath{{}\\times 10^{\(exponent)}}"
  }
}

extension Character {
  fileprivate var isASCIILetter: Bool { isASCII && isLetter }
}
