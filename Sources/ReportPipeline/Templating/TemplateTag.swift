/// A tag of a template and where it stands.
struct TemplateTag: Equatable {
  enum Kind: Equatable {
    case variable, section, inverted, close, partial, comment
    /// Valid Mustache that these templates do without.
    case unsupported
  }

  var kind: Kind
  var name: String
  var line: Int

  /// The tag as a template holds it, perhaps with another name.
  func source(named other: String? = nil) -> String {
    let sign =
      switch kind {
      case .section: "#"
      case .inverted: "^"
      case .close: "/"
      case .partial: "> "
      case .comment: "! "
      case .variable, .unsupported: ""
      }
    return "{{\(sign)\(other ?? name)}}"
  }

  /// The tags of a template in order, or the line of a tag that never ends.
  static func scan(_ source: String) -> (tags: [TemplateTag], unfinishedLine: Int?) {
    let bytes = Array(source.utf8)
    var tags: [TemplateTag] = []
    var line = 1
    var index = 0
    let open = UInt8(ascii: "{")
    let close = UInt8(ascii: "}")
    while index < bytes.count {
      if bytes[index] == 10 { line += 1 }
      guard bytes[index] == open, index + 1 < bytes.count, bytes[index + 1] == open else {
        index += 1
        continue
      }
      var end = index + 2
      while end + 1 < bytes.count, !(bytes[end] == close && bytes[end + 1] == close) { end += 1 }
      guard end + 1 < bytes.count else { return (tags, line) }
      let body = String(decoding: bytes[(index + 2)..<end], as: UTF8.self)
      tags.append(tag(body, line))
      line += bytes[index..<end].count { $0 == 10 }
      index = end + 2
    }
    return (tags, nil)
  }

  private static func tag(_ body: String, _ line: Int) -> TemplateTag {
    let kinds: [Character: Kind] = [
      "#": .section, "^": .inverted, "/": .close, ">": .partial, "!": .comment,
    ]
    let trimmed = body.trimmingSpaces
    if let first = trimmed.first, let kind = kinds[first] {
      return TemplateTag(kind: kind, name: String(trimmed.dropFirst()).trimmingSpaces, line: line)
    }
    let isName = trimmed.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
    return TemplateTag(kind: isName ? .variable : .unsupported, name: trimmed, line: line)
  }
}

extension String {
  /// Without spaces and line breaks at either end.
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
