import Yams

/// What the rows of tables are, and which are wanted.
extension SweepSettings {
  /// Reads `runs`: a list of paths and mappings, or one of them; nil where it is not there.
  static func runs(_ map: SettingsMap) -> [RunsEntry]? {
    guard let node = map.node("runs") else { return nil }
    guard !node.isNull else {
      map.fail(
        "runs", "is empty",
        fix: "name files or folders, or take the # away from the line below it that is right")
      return nil
    }
    guard case .sequence(let list) = node else { return [runsEntry(node, map)].compactMap { $0 } }
    if list.isEmpty { map.fail("runs", "is an empty list", fix: "name a file or folder") }
    return (map.list("runs", atMost: mostEntries) ?? []).compactMap { runsEntry($0, map) }
  }

  private static let shapeKeys = ["run", "pattern", "step", "checkpoints", "rows", "lines"]

  private static func runsEntry(_ node: Node, _ root: SettingsMap) -> RunsEntry? {
    let faults = root.faults
    var entry = RunsEntry(pattern: "", location: faults.location(node.mark))
    var path: String?
    if case .mapping = node {
      guard
        let map = SettingsMap(
          node, path: "runs", keys: ["path", "optional", "get"] + shapeKeys, faults: faults)
      else { return nil }
      entry.isOptional = map.flag("optional") ?? false
      entry.get = map.string("get")
      guard map.has("path") else {
        faults.report(node.mark, "an entry of `runs` has no `path`")
        return nil
      }
      path = map.string("path")
      entry.shape = tableShape(map)
    } else {
      path = root.string(node, "runs")
    }
    guard let path else { return nil }
    let parts = path.pathParts
    guard path.utf8.first != UInt8(ascii: "/"), !parts.contains(".."), !parts.isEmpty else {
      faults.report(
        node.mark, "path \(path.quoted) leads out of the sweep's folder",
        fix: "put the logs below it and name them from there")
      return nil
    }
    entry.pattern = path
    return entry
  }

  /// Reads `run`, `pattern`, `step` and `checkpoints` of an entry; nil where none is there.
  private static func tableShape(_ map: SettingsMap) -> TableShape? {
    guard let first = shapeKeys.first(where: map.has) else { return nil }
    var shape = TableShape(location: map.location(first))
    shape.identity = identity(map)
    shape.content = content(map)
    shape.step = map.string("step")
    shape.observations = observations(map)
    return shape
  }

  /// Reads `rows: path.to.list` or `lines: 'step:{step} loss:{val_loss}'`, one or a list of them.
  private static func content(_ map: SettingsMap) -> TableShape.Content? {
    if map.has("rows"), map.has("lines") {
      map.fail("has both `rows` and `lines`", fix: "keep one")
    }
    if let text = map.string("rows") {
      let path = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      if path.contains("") {
        map.fail(
          "rows", "is \(text.quoted)",
          fix: "it is the path of a list of objects, as in `rows: history.evaluations`")
      }
      return .rows(path)
    }
    guard let node = map.node("lines") else { return nil }
    var nodes = [node]
    if case .sequence(let list) = node {
      if list.isEmpty { map.fail("lines", "is an empty list") }
      nodes = map.list("lines", atMost: mostTerms) ?? []
    }
    let example = "step:{step}/{max_steps} val_loss:{val_loss}"
    return .lines(nodes.compactMap { namePattern($0, "lines", example, map) })
  }

  private static func namePattern(
    _ node: Node, _ key: String, _ example: String, _ map: SettingsMap
  ) -> NamePattern? {
    guard let text = map.string(node, "runs." + key) else { return nil }
    let pattern = NamePattern(text)
    if pattern == nil {
      map.faults.report(
        node.mark, "`runs.\(key)` is \(text.quoted)",
        fix: "write names in braces with text between them, as in \(example)")
    }
    return pattern
  }

  private static func identity(_ map: SettingsMap) -> TableShape.Identity? {
    let pattern = map.node("pattern").flatMap {
      namePattern($0, "pattern", "n{nonzero_params}-s{sparsity}", map)
    }
    guard let node = map.node("run") else { return pattern.map { .fileName($0) } }
    if case .sequence = node {
      let names = map.texts("run", atMost: mostTerms) ?? []
      return names.isEmpty ? nil : .columns(names)
    }
    switch map.string("run") {
    case "none": return TableShape.Identity.none
    case "filename": return .fileName(pattern)
    case let name?: return .columns([name])
    case nil: return nil
    }
  }

  private static func observations(_ map: SettingsMap) -> TableShape.Observations {
    guard let node = map.node("checkpoints") else { return .last }
    switch node.scalarText {
    case "last": return .last
    case "all": return .all
    case nil:
      guard let inner = map.map("checkpoints", keys: ["at"]), let nodes = inner.list("at") else {
        return .last
      }
      return .at(nodes.compactMap { map.number($0, "runs.checkpoints.at") })
    default:
      map.wrongType("checkpoints", "last, all or {at: [steps]}")
      return .last
    }
  }

  /// Reads `where: {column: value | [values] | {below:, above:}}`.
  static func filters(_ map: SettingsMap) -> [RowFilter] {
    guard let inner = map.map("where", keys: nil) else { return [] }
    guard inner.names.count <= mostTerms else {
      map.faults.report(inner.mark, "`where` has more than \(mostTerms) conditions")
      return []
    }
    return inner.names.compactMap { column -> RowFilter? in
      guard let node = inner.node(column) else { return nil }
      let location = inner.location(column)
      switch node {
      case .sequence:
        return RowFilter(column: column, oneOf: inner.texts(column) ?? [], location: location)
      case .mapping:
        guard let bounds = inner.map(column, keys: ["below", "above"]) else { return nil }
        let (below, above) = (bounds.number("below"), bounds.number("above"))
        if below == nil, above == nil { inner.fail(column, "needs `below` or `above`") }
        return RowFilter(
          column: column, condition: .between(below: below, above: above), location: location)
      default:
        return inner.string(column).map {
          RowFilter(column: column, oneOf: [$0], location: location)
        }
      }
    }
  }

  /// Reads `keep: {best: [columns]}`.
  static func keepsBestOver(_ map: SettingsMap) -> [String] {
    guard let inner = map.map("keep", keys: ["best"]) else { return [] }
    let names = inner.texts("best", atMost: mostTerms) ?? []
    if names.isEmpty {
      inner.fail(
        "needs the columns that were searched over",
        fix: "name them, as in `keep: {best: [learning_rate, batch_size]}`")
    }
    return names
  }
}
