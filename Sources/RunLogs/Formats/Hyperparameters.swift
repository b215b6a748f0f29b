import Yams

/// A name and its value, and where they stand.
package struct Constant {
  package var name: String
  package var value: Value
  package var line: Int?
  /// The file, from the run's folder; nil where it is that of the log.
  var file: String?
}

/// What a run was trained with and does not change while it trains: the constants in its
/// config.json, config.yaml and the like, in the names of its files and in the log itself.
///
/// Tags, as Lightning's hparams.yaml has them for Python's objects, are passed over. In the
/// config.yaml of Weights & Biases, `name: {value: 3}` is the constant `name`.
package struct Hyperparameters {
  /// The most bytes of a configuration in JSON, which is held in memory as a whole.
  static let largest = 4 << 20

  /// Inner mappings are named `outer.inner`; the order is the file's.
  package private(set) var constants: [Constant] = []
  private var positions: [String: Int] = [:]

  init() {}

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
      guard case .mapping(let mapping) = root else {
        throw Fault(line: root.mark?.line, "the configuration is not a mapping")
      }
      let wandbs = ["_wandb", "wandb_version"]
      let isWandb = wandbs.contains { Self.member($0, of: root) != nil }
      var found: [Constant] = []
      for (key, value) in mapping {
        guard let name = key.scalarText, !isWandb || !wandbs.contains(name) else { continue }
        let wrapped = isWandb ? Self.member("value", of: value) : nil
        Self.add(wrapped ?? value, named: name, to: &found)
      }
      add(found)
      return
    }
    var json = JSONReader(bytes)
    if let first = try json.peek(), first != UInt8(ascii: "{") {
      throw Fault(line: 1, "the configuration is not a JSON object")
    }
    var cells: [Constant] = []
    try json.cells(into: &cells)
    try json.finish()
    add(cells)
  }

  package subscript(name: String) -> Constant? { positions[name].map { constants[$0] } }

  /// Adds what a node holds, inner mappings by names with points.
  private static func add(_ node: Node, named name: String, to constants: inout [Constant]) {
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        guard let key = key.scalarText else { continue }
        add(value, named: name.isEmpty ? key : name + "." + key, to: &constants)
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

extension Constant {
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

/// The files beside a log that hold them.
extension Hyperparameters {
  /// At most one of these: they are ways to write the same thing.
  private static let configurations = ["config.json", "config.yaml", "config.yml"]
  /// What loggers and training scripts write of their own accord, in order of precedence.
  private static let others = [
    "hparams.yaml", "hparams.yml", "hparams.json", "params.json", "params.yaml", "args.json",
    "args.yaml", "hyperparameters.json", "hyperparams.json", "training_args.json",
  ]

  /// Whether a name is that of such a file, or of one that describes a run and is no log.
  static func isFile(_ name: String) -> Bool {
    (configurations + others + ["wandb-metadata.json", "meta.yaml"])
      .contains(LogFormats.withoutCompression(name))
  }

  /// Those among the names in a folder, with the ending .gz too, first the one that wins.
  ///
  /// Throws where several files claim to be the configuration.
  static func files(among names: [String]) throws(Fault) -> [String] {
    let found = LogFormats.called(configurations, among: names)
    guard found.count <= 1 else {
      throw Fault(
        "the run folder holds \(found.map(\.quoted).joined(separator: " and "))",
        fix: "keep one of them")
    }
    return found + LogFormats.called(others, among: names)
  }
}
