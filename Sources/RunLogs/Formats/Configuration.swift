import Yams

/// The constants of a run, from its config.json or config.yaml.
package struct Configuration {
  package struct Constant {
    package var name: String
    package var value: Value
    package var line: Int?
  }

  /// Inner mappings are named `outer.inner`; the order is the file's.
  package private(set) var constants: [Constant] = []

  package init() {}

  /// Parses a configuration; throws a `LogFault`.
  package init(_ bytes: [UInt8], isYAML: Bool) throws {
    if isYAML {
      guard let root = try YAMLDocument(bytes).root else { return }
      guard case .mapping = root else {
        throw LogFault(line: root.mark?.line, "the configuration is not a mapping")
      }
      add(root, named: "")
      return
    }
    let places = TextPlaces(bytes)
    do {
      guard case .object(let members) = try JSONParser.parse(bytes) else {
        throw LogFault(line: 1, "the configuration is not a JSON object")
      }
      constants = JSONValue.flatten(members).map {
        Constant(name: $0.name, value: $0.value, line: places.line(of: $0.offset))
      }
    } catch let failure as JSONParser.Failure {
      throw places.fault(failure)
    }
  }

  package subscript(name: String) -> Constant? { constants.first { $0.name == name } }

  private mutating func add(_ node: Node, named name: String) {
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        guard let key = key.scalarText else { continue }
        add(value, named: name.isEmpty ? key : name + "." + key)
      }
    case .sequence: constants.append(Constant(name: name, value: .list, line: node.mark?.line))
    case .scalar(let scalar):
      constants.append(
        Constant(name: name, value: Self.value(node, scalar), line: scalar.mark?.line))
    case .alias: break
    }
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
