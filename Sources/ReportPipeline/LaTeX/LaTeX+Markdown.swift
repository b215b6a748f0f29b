extension LaTeX {
  /// The LaTeX of a line of the report's Markdown, so that captions and tables have one wording.
  ///
  /// Knows what the report's own texts use: `*italics*` and `**bold**`, `<sub>` and `<sup>`,
  /// code in backticks, links (of which the text stays), and characters behind a backslash.
  /// Whatever else looks like markup is shown as it stands.
  package static func text(markdown: String) -> String {
    var reader = MarkdownReader(rest: Array(markdown.unicodeScalars)[...])
    return reader.latex(until: nil) ?? ""
  }
}

/// Reads Markdown from left to right, scalar by scalar.
private struct MarkdownReader {
  typealias Text = ArraySlice<Unicode.Scalar>

  var rest: Text

  private static let scripts = [
    (open: "<sub>", close: "</sub>", command: "textsubscript"),
    (open: "<sup>", close: "</sup>", command: "textsuperscript"),
  ]

  /// LaTeX up to the mark `end`, which is consumed; nil where it never comes.
  mutating func latex(until end: String?) -> String? {
    var result = ""
    var plain = String.UnicodeScalarView()
    func flushed() -> String { result + LaTeX.escape(String(plain)) }
    while !rest.isEmpty {
      if let end, take(end) { return flushed() }
      if take(Markdown.divider) { continue }
      if let markup = powerOfTen() ?? markup() {
        result = flushed() + markup
        plain = String.UnicodeScalarView()
        continue
      }
      if rest.first == "\\", let next = rest.dropFirst().first, Self.isEscapable(next) {
        rest.removeFirst()
      }
      plain.append(rest.removeFirst())
    }
    return end == nil ? flushed() : nil
  }

  /// Consumes `text` where it is next.
  private mutating func take(_ text: String) -> Bool {
    guard rest.starts(with: text.unicodeScalars) else { return false }
    rest.removeFirst(text.unicodeScalars.count)
    return true
  }

  private static func isEscapable(_ scalar: Unicode.Scalar) -> Bool {
    Character(scalar).isPunctuation || Character(scalar).isSymbol
  }

  /// Markup at the start of `rest`, consumed; nil where there is none that also ends.
  private mutating func markup() -> String? {
    let start = rest
    for script in Self.scripts where take(script.open) {
      if let inner = latex(until: script.close) { return "\\\(script.command){\(inner)}" }
      rest = start
    }
    if take("**") {
      if let inner = latex(until: "**") { return "\\textbf{\(inner)}" }
    } else if rest.first == "*", rest.dropFirst().first?.properties.isWhitespace == false {
      rest.removeFirst()
      if let inner = latex(until: "*") { return italic(inner) }
    } else if rest.first == "`" {
      if let code = code() { return code }
    } else if take("["), let inner = latex(until: "]("), let close = rest.firstIndex(of: ")") {
      rest = rest[(close + 1)...]
      return inner
    }
    rest = start
    return nil
  }

  /// A single letter is a quantity, perhaps with a subscript of one letter.
  private mutating func italic(_ inner: String) -> String {
    guard inner.utf8.count == 1, inner.unicodeScalars.allSatisfy(\.isASCIILetter) else {
      return "\\textit{\(inner)}"
    }
    let start = rest
    if take("<sub>"), let letter = rest.popFirst(), letter.isASCIILetter, take("</sub>") {
      return "\\ensuremath{\(inner)_{\(letter)}}"
    }
    rest = start
    return "\\ensuremath{\(inner)}"
  }

  /// Code between fences of equally many backticks.
  private mutating func code() -> String? {
    let fence = rest.prefix { $0 == "`" }.count
    rest.removeFirst(fence)
    var content: [Unicode.Scalar] = []
    while let scalar = rest.first {
      let ticks = rest.prefix { $0 == "`" }.count
      if ticks == fence {
        rest.removeFirst(ticks)
        return "\\texttt{\(LaTeX.breakable(Self.shown(content)))}"
      }
      rest.removeFirst(max(ticks, 1))
      content += Array(repeating: scalar, count: max(ticks, 1))
    }
    return nil
  }

  /// What code shows: without the spaces that keep backticks from the fence and the backslashes
  /// that keep bars in their cell.
  private static func shown(_ code: [Unicode.Scalar]) -> String {
    var code = code[...]
    if code.first == " ", code.last == " ", code.contains(where: { $0 != " " }) {
      code = code.dropFirst().dropLast()
    }
    var text = String.UnicodeScalarView()
    for (index, scalar) in zip(code.indices, code) {
      if scalar == "\\", index + 1 < code.endIndex, code[index + 1] == "|" { continue }
      text.append(scalar)
    }
    return String(text)
  }

  /// ` × 10⁸`, set as one formula.
  private mutating func powerOfTen() -> String? {
    let start = " × 10".unicodeScalars
    guard rest.starts(with: start) else { return nil }
    let digits = rest.dropFirst(start.count).prefix { LaTeX.superscripts[$0] != nil }
    guard !digits.isEmpty else { return nil }
    rest.removeFirst(start.count + digits.count)
    let exponent = String(digits.compactMap { LaTeX.superscripts[$0] })
    return "\\ensuremath{{}\\times 10^{\(exponent)}}"
  }
}
