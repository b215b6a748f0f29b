import Yams

/// The constants of a run, from its config.json, config.yaml and the like.
///
/// Tags, as Lightning's hparams.yaml has them for Python's objects, are passed over. In the
/// config.yaml of Weights & Biases, `name: {value: 3}` is the constant `name`.
package struct Configuration {
  package struct Constant {
    package var name: String
    package var value: Value
    package var line: Int?
    /// The file below the run's folder, where there may be several.
    package var file: String?

    package init(name: String, value: Value, line: Int?, file: String? = nil) {
      self.name = name
      self.value = value
      self.line = line
      self.file = file
    }
  }

  /// The most bytes of a configuration in JSON, which is held in memory as a whole.
  static let largest = 4 << 20

  /// Inner mappings are named `outer.inner`; the order is the file's.
  package private(set) var constants: [Constant] = []
  private var positions: [String: Int] = [:]

  package init() {}

  /// Adds constants; a name that is already there keeps its value, unless that says that nothing was
  /// given.
  package mutating func add(_ more: [Constant], file: String? = nil) {
    for var constant in more {
      constant.file = constant.file ?? file
      if let position = positions[constant.name] {
        if constants[position].isNotGiven, !constant.isNotGiven { constants[position] = constant }
      } else {
        positions[constant.name] = constants.count
        constants.append(constant)
      }
    }
  }

  /// Parses a configuration; throws a `Fault`.
  package init(_ bytes: [UInt8], isYAML: Bool) throws {
    if isYAML {
      guard let root = try YAMLDocument(bytes).root else { return }
      guard case .mapping = root else {
        throw Fault(line: root.mark?.line, "the configuration is not a mapping")
      }
      var found: [Constant] = []
      let isWandb =
        Self.member("_wandb", of: root) != nil
        || Self.member("wandb_version", of: root) != nil
      Self.add(root, named: "", isWandb: isWandb, to: &found)
      add(found)
      return
    }
    var json = JSONReader(bytes)
    if let first = try json.peek(), first != UInt8(ascii: "{") {
      throw Fault(line: 1, "the configuration is not a JSON object")
    }
    var cells: [(name: String, value: Value, line: Int)] = []
    try json.cells(into: &cells)
    try json.finish()
    add(cells.map { Constant(name: $0.name, value: $0.value, line: $0.line) })
  }

  package subscript(name: String) -> Constant? { positions[name].map { constants[$0] } }

  private static func add(
    _ node: Node, named name: String, isWandb: Bool, to constants: inout [Constant]
  ) {
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        guard let key = key.scalarText else { continue }
        if isWandb, name.isEmpty {
          if key == "_wandb" || key == "wandb_version" { continue }
          if let wrapped = member("value", of: value) {
            add(wrapped, named: key, isWandb: false, to: &constants)
            continue
          }
        }
        add(value, named: name.isEmpty ? key : name + "." + key, isWandb: false, to: &constants)
      }
    case .sequence: constants.append(Constant(name: name, value: .list, line: node.mark?.line))
    case .scalar(let scalar):
      constants.append(
        Constant(name: name, value: value(node, scalar), line: scalar.mark?.line))
    case .alias: break
    }
  }

  private static func member(_ key: String, of node: Node) -> Node? {
    guard case .mapping(let mapping) = node else { return nil }
    for (name, value) in mapping where name.scalarText == key { return value }
    return nil
  }

  private static func value(_ node: Node, _ scalar: Node.Scalar) -> Value {
    if node.isNull { return .null }
    guard node.isPlain else { return .text(scalar.string) }
    switch scalar.string {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case ".nan", ".NaN", ".NAN": return .number(.nan)
    case ".inf", ".Inf", ".INF": return .number(.infinity)
    default: return .text(scalar.string)
    }
  }
}

extension Configuration.Constant {
  /// Whether the value stands for one that was not given: null, and for a planned length -1 or 0,
  /// as trainers write it that were told another length.
  fileprivate var isNotGiven: Bool {
    if value == .null { return true }
    guard ["max_steps", "max_epochs", "num_train_epochs", "max_train_steps"].contains(name),
      case .number(let length) = value.number
    else { return false }
    return length <= 0
  }
}
