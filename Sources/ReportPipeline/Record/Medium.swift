import Mustache

/// What a template's values are written for.
package enum Medium: Sendable {
  case markdown, latex
  /// Without markup: the text that describes a figure to those who do not see it.
  case plain
}

extension Wording {
  package func text(in medium: Medium) -> String {
    switch (medium, self) {
    case (.plain, _): plain
    case (_, .verbatim(let text)): text
    case (.markdown, .plain(let text)): Markdown.escape(text)
    case (.markdown, .code(let text)): Markdown.code(text)
    case (.markdown, .inline(let markdown)): markdown
    case (.markdown, .number(let value, let style)): style.text(value)
    case (.latex, .plain(let text)): LaTeX.escape(text)
    case (.latex, .code(let text)):
      "\\texttt{\(LaTeX.breakable(LaTeX.shortened(text)))}"
    case (.latex, .inline(let markdown)): InlineMarkdown(markdown).latex
    case (.latex, .number(let value, let style)): style.written(value).value.latex
    }
  }
}

extension Numeral {
  fileprivate func text(in medium: Medium) -> String { medium == .latex ? latex : text }
}

extension Record {
  /// The values as Mustache looks them up.
  func rendered(in medium: Medium) -> any MustacheParent {
    RenderedRecord(record: self, medium: medium)
  }
}

extension Record {
  /// One value by its path, such as `fit.starts.tried`, as templates show it; nil where absent.
  package func text(_ path: String, in medium: Medium) -> String? {
    var value: Any? = rendered(in: medium)
    for part in path.split(separator: ".") {
      value = (value as? any MustacheParent)?.child(named: String(part))
    }
    if let renderable = value as? any MustacheCustomRenderable {
      return renderable.isNull ? nil : renderable.renderText
    }
    return value as? String
  }
}

private struct RenderedRecord: MustacheParent {
  let record: Record
  let medium: Medium

  func child(named name: String) -> Any? {
    guard let index = record.slots.firstIndex(where: { $0.key == name }) else { return nil }
    return switch (record.values[index], record.slots[index].shape) {
    case (.number(let value, let interval, _), .number(let style)),
      (.number(let value, let interval, _), .estimate(let style)):
      RenderedNumber(value: value, interval: interval, style: style, medium: medium)
    case (.text(.plain("")), _): Absent()
    case (.text(let wording), _): wording.text(in: medium)
    case (.texts(let texts), _): RenderedTexts(texts: texts, medium: medium)
    case (.choice(let word), .choice(let words)): RenderedChoice(word: word, words: words)
    case (.flag(let flag), _): flag
    case (.record(let record), _): RenderedRecord(record: record, medium: medium)
    case (.rows(let rows), _): RenderedRows(rows: rows, medium: medium)
    default: Absent(words: Wording.plain(record.slots[index].absence).text(in: medium))
    }
  }
}

/// What is not there: a dash where it is cited, and no section.
private struct Absent: MustacheParent, MustacheCustomRenderable {
  var words = "–"
  var renderText: String { words }
  var isNull: Bool { true }
  func child(named name: String) -> Any? { Absent() }
}

private struct RenderedNumber: MustacheParent, MustacheCustomRenderable {
  let value: Double
  let interval: ClosedRange<Double>?
  let style: Style
  let medium: Medium

  var isNull: Bool { false }

  /// With its interval in brackets, where it has one.
  var renderText: String {
    let written = style.written(value, interval)
    let text = written.value.text(in: medium)
    return ends(written).map { "\(text) (\($0))" } ?? text
  }

  func child(named name: String) -> Any? {
    let written = style.written(value, interval)
    return switch name {
    case "value": style.withoutNoun(written.value).text(in: medium)
    case "interval": ends(written) ?? Absent()
    case "low": written.ends?.low.text(in: medium) ?? Absent()
    case "high": written.ends?.high.text(in: medium) ?? Absent()
    case "one": value == 1
    case "any": value != 0
    default: nil
    }
  }

  /// `6.1 to 22.9`: the sign of multiples is not repeated.
  private func ends(_ written: Style.Written) -> String? {
    written.ends.map { low, high in
      let isMultiple = written.value.unit == .times
      func text(_ end: Numeral) -> String {
        (isMultiple ? end.with(.none) : end).text(in: medium)
      }
      return "\(text(low)) to \(text(high))"
    }
  }
}

private struct RenderedTexts: MustacheParent, MustacheCustomRenderable {
  let texts: [Wording]
  let medium: Medium

  /// Names all, amounts by their ends where there are many.
  var renderText: String {
    let words = texts.map { $0.text(in: medium) }
    if case .code = texts.first { return words.joined(separator: ", ") }
    return Words.list(words)
  }
  var isNull: Bool { texts.isEmpty }
  func child(named name: String) -> Any? { size(texts.count, name) }
}

private struct RenderedChoice: MustacheParent, MustacheCustomRenderable {
  let word: String
  let words: [String]

  var isNull: Bool { false }
  var renderText: String { word.replacing("-", with: " ") }
  func child(named name: String) -> Any? {
    // Names of other values are looked up further out.
    words.contains { Shape.tag(ofChoice: $0) == name } ? Shape.tag(ofChoice: word) == name : nil
  }
}

private struct RenderedRows: MustacheSequence, MustacheParent {
  let rows: [Record]
  let medium: Medium

  func makeIterator() -> AnyIterator<RenderedRecord> {
    var iterator = rows.makeIterator()
    return AnyIterator { iterator.next().map { RenderedRecord(record: $0, medium: medium) } }
  }

  func child(named name: String) -> Any? { size(rows.count, name) }
}

/// What templates may ask about a list.
private func size(_ count: Int, _ name: String) -> Any? {
  switch name {
  case "any": count > 0
  case "one": count == 1
  case "count": Style.count("").text(Double(count))
  default: nil
  }
}

extension Shape {
  /// A word of an enumeration as the last part of a tag: `not determined` is `not_determined`.
  package static func tag(ofChoice word: String) -> String {
    word.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
  }

  /// What stands behind a full stop in a tag; nil where there is no such part.
  func part(_ name: String) -> Shape? {
    switch self {
    case .number, .estimate:
      switch name {
      case "value", "interval", "low", "high": return .text
      case "one", "any": return .flag
      default: return nil
      }
    case .choice(let words):
      return words.map(Self.tag).contains(name) ? .flag : nil
    case .texts, .rows:
      if ["any", "one"].contains(name) { return .flag }
      if name == "count" { return .text }
      return nil
    case .record(let slots): return slots.first { $0.key == name }?.shape
    case .text, .flag, .json: return nil
    }
  }

  /// The names of those parts, for hints.
  var parts: [String] {
    switch self {
    case .number, .estimate: ["value", "interval", "low", "high", "one", "any"]
    case .choice(let words): words.map(Self.tag)
    case .texts, .rows: ["any", "one", "count"]
    case .record(let slots): slots.map(\.key)
    case .text, .flag, .json: []
    }
  }
}
