import Yams

/// A YAML text composed into nodes, with guards against texts made to exhaust the program.
package struct YAMLDocument {
  package static let largest = 1 << 20
  package static let deepest = 128

  /// The root, or nil for an empty text.
  package let root: Node?
  /// The fault to report where anchors and aliases are not read: the place of the first, if any.
  package let anchor: Fault?

  /// Composes a text; throws a `Fault`.
  package init(_ bytes: [UInt8]) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault(
        line: Self.firstLineNotUTF8(bytes), "the text is not UTF-8", fix: "save it as UTF-8")
    }
    try Self.checkShape(bytes)
    guard bytes.contains(where: { $0 > 0x20 }) else {
      root = nil
      anchor = nil
      return
    }
    do {
      // Yams keeps a pointer into the text, and a short one would move: make it long.
      let parser = try Parser(yaml: text + String(repeating: "\n", count: 32), encoding: .utf8)
      let root = try parser.singleRoot()
      self.root = root
      // Nodes hold their anchors weakly: the parser keeps them.
      anchor = withExtendedLifetime(parser) {
        root.flatMap(Self.firstAnchor).map {
          Fault(
            line: $0.mark?.line, column: $0.mark?.column, "anchors and aliases are not read",
            fix: "write the values out")
        }
      }
    } catch let error as YamlError {
      throw Self.fault(error)
    }
  }

  /// Refuses NUL, tens of aliases, and nesting so deep that recursion would exhaust the stack.
  ///
  /// Flow nesting is bounded by its open brackets, block nesting by the column at which a
  /// line's text starts.
  private static func checkShape(_ bytes: [UInt8]) throws {
    var line = 1
    var brackets = 0
    var indentation = 0
    var isIndentation = true
    var aliases = 0
    var previous = UInt8(ascii: "\n")
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0: throw Fault(line: line, "there is a NUL byte")
      case UInt8(ascii: "\n"):
        line += 1
        indentation = 0
        isIndentation = true
      case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
      case UInt8(ascii: "*"):
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        let startsNode = previous <= 0x20 || [0x5B, 0x7B, 0x2C].contains(previous)
        if startsNode, next > 0x20, next != UInt8(ascii: "*") { aliases += 1 }
      default: break
      }
      if isIndentation, byte != UInt8(ascii: "\n") {
        isIndentation = [0x20, 0x09, 0x2D, 0x3F, 0x3A].contains(byte)
        indentation += 1
      }
      guard brackets <= deepest, indentation <= deepest else {
        throw Fault(line: line, "nested more than \(deepest) deep")
      }
      guard aliases <= 16 else { throw Fault(line: line, "aliases are not read") }
      previous = byte
    }
  }

  private static func firstAnchor(in node: Node) -> Node? {
    if node.anchor != nil { return node }
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        if let found = firstAnchor(in: key) ?? firstAnchor(in: value) { return found }
      }
    case .sequence(let sequence):
      for element in sequence {
        if let found = firstAnchor(in: element) { return found }
      }
    case .scalar, .alias: break
    }
    return nil
  }

  private static func firstLineNotUTF8(_ bytes: [UInt8]) -> Int? {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }.map { $0 + 1 }
  }

  /// What the parser found, in words that help an author.
  private static func fault(_ error: YamlError) -> Fault {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      if problem.contains("another document") {
        return Fault(
          line: mark.line, "there is more than one document", fix: "keep one and drop the `---`")
      }
      let place = context.map { " \($0.text)" } ?? ""
      // `*/*.csv` reads as an alias.
      let isAlias = (problem + place).contains("alias")
      return Fault(
        line: mark.line, column: mark.column, "not valid YAML: \(problem)\(place)",
        fix: isAlias ? "a pattern that starts with `*` needs quotes" : nil)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map(\.quoted).joined(separator: ", ")
      return Fault(
        line: context.mark.line, column: context.mark.column, "key \(names) is there twice",
        fix: "keep one of them")
    case .reader(let problem, _, _, _): return Fault("not valid YAML: \(problem)")
    default: return Fault("not valid YAML")
    }
  }
}

extension Node {
  /// The text of a scalar.
  package var scalarText: String? {
    if case .scalar(let scalar) = self { return scalar.string }
    return nil
  }

  /// Whether the node is a scalar without quotes, which may be a number, a flag or null.
  package var isPlain: Bool {
    if case .scalar(let scalar) = self { return scalar.style == .plain }
    return false
  }

  /// Whether the node is null: nothing, `~` or `null`.
  package var isNull: Bool {
    isPlain && ["", "~", "null", "Null", "NULL"].contains(scalarText ?? "")
  }
}
