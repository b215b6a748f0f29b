/// A line of the report's Markdown, read once and written in any medium.
///
/// Knows what the report's own texts use: `*italics*` and `**bold**`, `<sub>` and `<sup>`, code in
/// backticks, links (of which the text stays), characters behind a backslash, and the tags of a
/// template, which stay as they are. Whatever else looks like markup is text.
package struct InlineMarkdown: Sendable, Equatable {
  indirect enum Part: Sendable, Equatable {
    case text(String)
    case code(String)
    case italic([Part])
    case bold([Part])
    case lowered([Part])
    case raised([Part])
    /// `{{name}}` and the like.
    case tag(String)
  }

  let parts: [Part]

  package init(_ markdown: String) {
    var reader = Reader(scalars: Array(markdown.unicodeScalars))
    parts = reader.parts(until: "") ?? []
  }

  /// Without markup.
  package var plain: String { Self.plain(parts) }

  /// As LaTeX.
  package var latex: String { Self.latex(parts) }

  private static func plain(_ parts: [Part]) -> String {
    parts.map { part in
      switch part {
      case .text(let text), .code(let text), .tag(let text): text
      case .italic(let inner), .bold(let inner), .lowered(let inner), .raised(let inner):
        plain(inner)
      }
    }.joined()
  }

  private static func latex(_ parts: [Part]) -> String {
    var result = ""
    var index = 0
    while index < parts.count {
      switch parts[index] {
      case .text(let text): result += LaTeX.escape(text)
      case .code(let text): result += "\\texttt{\(LaTeX.breakable(text))}"
      case .tag(let tag): result += tag
      case .bold(let inner): result += "\\textbf{\(braced(inner))}"
      case .lowered(let inner): result += "\\textsubscript{\(braced(inner))}"
      case .raised(let inner): result += "\\textsuperscript{\(braced(inner))}"
      case .italic(let inner):
        guard case .text(let letter) = inner.first, inner.count == 1, isLetter(letter) else {
          result += "\\textit{\(braced(inner))}"
          break
        }
        // A quantity, perhaps with a subscript of one letter.
        if index + 1 < parts.count, case .lowered(let below) = parts[index + 1],
          case .text(let script) = below.first, below.count == 1, isLetter(script)
        {
          result += "\\ensuremath{\(letter)_{\(script)}}"
          index += 1
        } else {
          result += "\\ensuremath{\(letter)}"
        }
      }
      index += 1
    }
    return result
  }

  /// The LaTeX of what stands in braces: three of them in a row would be another kind of tag.
  private static func braced(_ parts: [Part]) -> String {
    var text = latex(parts)
    if case .tag = parts.first { text = "\\relax " + text }
    if case .tag = parts.last { text += "\\relax " }
    return text
  }

  private static func isLetter(_ text: String) -> Bool {
    text.utf8.count == 1
      && text.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }
  }
}

extension LaTeX {
  /// The LaTeX of a line of the report's Markdown.
  package static func text(markdown: String) -> String { InlineMarkdown(markdown).latex }
}

/// Reads Markdown from left to right, scalar by scalar.
private struct Reader {
  let scalars: [Unicode.Scalar]
  var index = 0

  private func starts(_ mark: String) -> Bool {
    var place = index
    for scalar in mark.unicodeScalars {
      guard place < scalars.count, scalars[place] == scalar else { return false }
      place += 1
    }
    return true
  }

  /// Parts up to the mark `end`, which is consumed; nil where it never comes.
  mutating func parts(until end: String) -> [InlineMarkdown.Part]? {
    var parts: [InlineMarkdown.Part] = []
    var text = ""
    func flushed() -> [InlineMarkdown.Part] { text.isEmpty ? parts : parts + [.text(text)] }
    while index < scalars.count {
      if !end.isEmpty, starts(end) {
        index += end.unicodeScalars.count
        return flushed()
      }
      if starts(Markdown.divider) {
        index += Markdown.divider.unicodeScalars.count
        continue
      }
      if let markup = markup() {
        parts = flushed() + markup
        text = ""
        continue
      }
      if scalars[index] == "\\", index + 1 < scalars.count, Self.isMark(scalars[index + 1]) {
        index += 1
      }
      text.unicodeScalars.append(scalars[index])
      index += 1
    }
    return end.isEmpty ? flushed() : nil
  }

  /// Markup at the present place, consumed; nil where there is none that also ends.
  private mutating func markup() -> [InlineMarkdown.Part]? {
    let start = index
    if starts("{{"), let tag = between("{{", "}}") { return [.tag("{{\(tag)}}")] }
    if let inner = wrapped("<sub>", "</sub>") { return [.lowered(inner)] }
    if let inner = wrapped("<sup>", "</sup>") { return [.raised(inner)] }
    if starts("**") { return wrapped("**", "**").map { [.bold($0)] } }
    if starts("*"), index + 1 < scalars.count, !scalars[index + 1].properties.isWhitespace {
      return wrapped("*", "*").map { [.italic($0)] }
    }
    if starts("`") { return code().map { [.code($0)] } }
    if let inner = wrapped("[", "]("), let close = scalars[index...].firstIndex(of: ")") {
      index = close + 1
      return inner
    }
    index = start
    return nil
  }

  private mutating func wrapped(_ open: String, _ close: String) -> [InlineMarkdown.Part]? {
    guard starts(open) else { return nil }
    let start = index
    index += open.unicodeScalars.count
    if let inner = parts(until: close) { return inner }
    index = start
    return nil
  }

  private mutating func between(_ open: String, _ close: String) -> String? {
    let start = index
    index += open.unicodeScalars.count
    var text = ""
    while index < scalars.count {
      if starts(close) {
        index += close.unicodeScalars.count
        return text
      }
      text.unicodeScalars.append(scalars[index])
      index += 1
    }
    index = start
    return nil
  }

  /// Code between fences of equally many backticks.
  private mutating func code() -> String? {
    let start = index
    let fence = backticks()
    var content: [Unicode.Scalar] = []
    while index < scalars.count {
      if scalars[index] == "`" {
        let run = backticks()
        if run == fence { return Self.shown(content) }
        content += Array(repeating: "`", count: run)
      } else {
        content.append(scalars[index])
        index += 1
      }
    }
    index = start
    return nil
  }

  /// What code shows: without the blanks that keep backticks from the fence and the backslashes
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

  private mutating func backticks() -> Int {
    let start = index
    while index < scalars.count, scalars[index] == "`" { index += 1 }
    return index - start
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    let character = Character(scalar)
    return character.isPunctuation || character.isSymbol
  }
}
