import Yams

/// Collects the faults of one sweep.yml, so that all show at once.
package final class SettingsFaults {
  /// The most faults that are told.
  package static let most = 50

  package let file: String
  package private(set) var errors: [Fault] = []

  package init(file: String) {
    self.file = file
  }

  /// Whether no more faults are told.
  var isFull: Bool { errors.count >= Self.most }

  package func location(_ mark: Mark?) -> SourceLocation {
    SourceLocation(file: file, line: mark?.line, column: mark?.column)
  }

  package func report(_ mark: Mark?, _ message: String, fix: String? = nil) {
    report(location(mark), message, fix: fix)
  }

  package func report(_ location: SourceLocation, _ message: String, fix: String? = nil) {
    guard !isFull else { return }
    errors.append(Fault(at: location, message, fix: fix))
    if isFull { errors.append(Fault(at: location, "there are more faults than these")) }
  }
}

/// A mapping of sweep.yml read strictly: unknown keys and wrong types are faults with a place.
package struct SettingsMap {
  package let faults: SettingsFaults
  package let mark: Mark?
  /// The path of keys to here, such as `compute.pruning`; empty at the root.
  package let path: String
  private var nodes: [String: Node] = [:]
  private(set) var keyMarks: [String: Mark] = [:]
  /// The keys that are there, in their order.
  package private(set) var names: [String] = []

  /// Reads a mapping with the given keys, nil for any; nil, and a fault, if the node is none.
  package init?(_ node: Node, path: String, keys: [String]?, faults: SettingsFaults) {
    self.faults = faults
    self.path = path
    mark = node.mark
    guard case .mapping(let mapping) = node else {
      let what = path.isEmpty ? "the file" : "`\(path)`"
      faults.report(
        node.mark, "\(what) must be a mapping, but is \(Self.describe(node))",
        fix: keys.map { "its keys are \($0.joined(separator: ", "))" })
      return nil
    }
    refuseTag(node, path)
    for (key, value) in mapping where !faults.isFull {
      guard let name = key.scalarText else {
        faults.report(key.mark, "a key must be text, but is \(Self.describe(key))")
        continue
      }
      if let keys, !keys.contains(name) {
        let known = nearest(to: name, keys)
        faults.report(
          key.mark, "unknown key \(path.isEmpty ? name.quoted : "\(path).\(name)".quoted)",
          fix: name == "<<"
            ? "merge keys are not read: write the values out"
            : known.map { "did you mean \($0.quoted)?" }
              ?? "the keys known here are \(keys.joined(separator: ", "))")
        continue
      }
      names.append(name)
      nodes[name] = value
      keyMarks[name] = key.mark
    }
  }

  /// The node of a key; nil where the key is absent.
  package func node(_ key: String) -> Node? { nodes[key] }

  package func has(_ key: String) -> Bool { nodes[key] != nil }

  package func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  package func location(_ key: String) -> SourceLocation {
    faults.location(nodes[key]?.mark ?? keyMarks[key] ?? mark)
  }

  /// The mapping at a key, with the given keys alone; nil for any.
  package func map(_ key: String, keys: [String]?) -> SettingsMap? {
    nodes[key].flatMap { SettingsMap($0, path: name(key), keys: keys, faults: faults) }
  }

  package func string(_ key: String) -> String? { nodes[key].flatMap { string($0, name(key)) } }

  package func number(_ key: String) -> Double? { nodes[key].flatMap { number($0, name(key)) } }

  package func flag(_ key: String) -> Bool? {
    guard let node = nodes[key] else { return nil }
    switch node.isPlain ? node.scalarText : nil {
    case "true": return true
    case "false": return false
    default:
      wrongType(key, "true or false")
      return nil
    }
  }

  /// One of the words that an enumeration knows; nil, and a fault, for another text.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String) -> Choice? {
    guard let text = string(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let words = Choice.allCases.map(\.rawValue).joined(separator: " or ")
    fail(key, "must be \(words), but is \(text.quoted)")
    return nil
  }

  /// The elements of a list; a fault if the value is no list, or has more than `most`.
  package func list(_ key: String, atMost most: Int = SweepLoader.mostRuns) -> [Node]? {
    guard let node = nodes[key] else { return nil }
    guard case .sequence(let sequence) = node else {
      wrongType(key, "a list")
      return nil
    }
    refuseTag(node, name(key))
    guard sequence.count <= most else {
      fail(
        key, "has \(grouped(Double(sequence.count))) elements, more than \(grouped(Double(most)))")
      return nil
    }
    return Array(sequence)
  }

  /// The texts of a list; nil where the key is absent or no list.
  func texts(_ key: String, atMost most: Int = SweepLoader.mostRuns) -> [String]? {
    list(key, atMost: most)?.compactMap { string($0, name(key)) }
  }

  /// Reports what is wrong with the value of a key.
  func fail(_ key: String, _ what: String, fix: String? = nil) {
    faults.report(location(key), "`\(name(key))` \(what)", fix: fix)
  }

  /// Reports what is wrong with the mapping as a whole.
  func fail(_ what: String, fix: String? = nil) {
    faults.report(mark, "`\(path)` \(what)", fix: fix)
  }

  func wrongType(_ key: String, _ expected: String) {
    fail(key, "must be \(expected), but is \(nodes[key].map(Self.describe) ?? "absent")")
  }
}

extension SettingsMap {
  /// The most bytes of a text, of `notes` ten times as many.
  private static let longestText = 2_000

  /// Text without control characters other than line breaks and tabs.
  func string(_ node: Node, _ name: String) -> String? {
    guard let text = node.scalarText, !node.isNull else {
      wrongType(node, name, "text")
      return nil
    }
    refuseTag(node, name)
    guard !text.unicodeScalars.contains(where: { $0.isControl && $0 != "\n" && $0 != "\t" }) else {
      faults.report(node.mark, "`\(name)` holds a control character")
      return nil
    }
    guard !text.allSatisfy(\.isWhitespace) else {
      faults.report(node.mark, "`\(name)` is empty")
      return nil
    }
    let longest = name == "notes" ? 10 * Self.longestText : Self.longestText
    guard text.utf8.count <= longest else {
      faults.report(node.mark, "`\(name)` is longer than \(grouped(Double(longest))) bytes")
      return nil
    }
    // A folded or literal block ends in a line break that nobody means.
    return text.last == "\n" ? String(text.dropLast()) : text
  }

  /// A finite number, without quotes.
  func number(_ node: Node, _ name: String) -> Double? {
    guard node.isPlain, let text = node.scalarText else {
      wrongType(node, name, "a number")
      return nil
    }
    refuseTag(node, name)
    switch Value.text(text).number {
    case .number(let value): return value
    case .missing: wrongType(node, name, "a number")
    case .fault(let what):
      faults.report(node.mark, "`\(name)` must be a finite number, but is \(what)")
    }
    return nil
  }

  private func wrongType(_ node: Node, _ name: String, _ expected: String) {
    faults.report(node.mark, "`\(name)` must be \(expected), but is \(Self.describe(node))")
  }

  /// What a node is, for messages.
  private static func describe(_ node: Node) -> String {
    switch node {
    case .mapping: return "a mapping"
    case .sequence: return "a list"
    case .alias: return "an alias"
    case .scalar(let scalar):
      if node.isNull { return "empty" }
      return scalar.style == .plain ? scalar.string.quoted : "the text \(scalar.string.quoted)"
    }
  }

  /// Tags make other values of a text; nothing here means them.
  private func refuseTag(_ node: Node, _ name: String) {
    let tag =
      switch node {
      case .scalar(let scalar): scalar.tag.description
      case .mapping(let mapping): mapping.tag.description
      case .sequence(let sequence): sequence.tag.description
      case .alias: ""
      }
    let standard = [
      "", "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq",
    ]
    guard !standard.contains(tag) else { return }
    faults.report(node.mark, "`\(name)` has the tag \(tag.quoted), and tags are not read")
  }
}
