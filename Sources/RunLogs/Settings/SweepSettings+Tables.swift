import Yams

/// What the rows of tables are, and which are wanted.
extension SweepSettings {
  /// Reads `runs`: a list of paths and mappings, or one of them.
  mutating func readRuns(_ map: SettingsMap) {
    guard let node = map.node("runs") else { return }
    if node.isNull {
      map.faults.report(
        map.location("runs"), "`runs` is empty",
        fix: "name files or folders, or take the # away from the line below it that is right")
      return
    }
    guard case .sequence = node else {
      runs = [Self.runsEntry(node, map.faults)].compactMap { $0 }
      return
    }
    let nodes = map.list("runs") ?? []
    if nodes.isEmpty {
      map.faults.report(node.mark, "`runs` is an empty list", fix: "name a file or folder")
    }
    runs = nodes.compactMap { Self.runsEntry($0, map.faults) }
  }

  /// Reads `run`, `pattern`, `step` and `checkpoints` of an entry; nil where none is there.
  static func tableShape(_ map: SettingsMap) -> TableShape? {
    let keys = ["run", "pattern", "step", "checkpoints", "rows", "lines"]
    guard keys.contains(where: map.has) else { return nil }
    var shape = TableShape(location: map.location(keys.first(where: map.has) ?? "run"))
    shape.identity = identity(map)
    shape.content = content(map)
    shape.step = map.string("step")
    shape.observations = observations(map)
    return shape
  }

  /// Reads `rows: path.to.list` or `lines: 'step:{step} loss:{val_loss}'`, one or a list of them.
  private static func content(_ map: SettingsMap) -> TableShape.Content? {
    if map.has("rows"), map.has("lines") {
      map.faults.report(map.mark, "`runs` has both `rows` and `lines`", fix: "keep one")
    }
    if let text = map.string("rows") {
      let path = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      if path.contains("") {
        map.faults.report(
          map.node("rows")?.mark, "`runs.rows` is \(text.quoted)",
          fix: "it is the path of a list of objects, as in `rows: history.evaluations`")
      }
      return .rows(path)
    }
    guard let node = map.node("lines") else { return nil }
    var texts: [(String, Mark?)] = []
    if case .sequence(let nodes) = node {
      texts = nodes.compactMap { node in
        SettingsMap.string(node, "runs.lines", map.faults).map { ($0, node.mark) }
      }
      if nodes.isEmpty { map.faults.report(node.mark, "`runs.lines` is an empty list") }
    } else if let text = map.string("lines") {
      texts = [(text, node.mark)]
    }
    let example = "step:{step}/{max_steps} val_loss:{val_loss}"
    return .lines(texts.compactMap { namePattern($0, "lines", $1, example, map.faults) })
  }

  private static func namePattern(
    _ text: String, _ key: String, _ mark: Mark?, _ example: String, _ faults: SettingsFaults
  ) -> NamePattern? {
    let pattern = NamePattern(text)
    if pattern == nil {
      faults.report(
        mark, "`runs.\(key)` is \(text.quoted)",
        fix: "write names in braces with text between them, as in \(example)")
    }
    return pattern
  }

  private static func identity(_ map: SettingsMap) -> TableShape.Identity? {
    let pattern = map.string("pattern").flatMap {
      namePattern(
        $0, "pattern", map.node("pattern")?.mark, "n{nonzero_params}-s{sparsity}", map.faults)
    }
    guard let node = map.node("run") else { return pattern.map { .fileName($0) } }
    if case .sequence = node {
      let names = (map.list("run") ?? []).compactMap {
        SettingsMap.string($0, "runs.run", map.faults)
      }
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
      return .at(nodes.compactMap { SettingsMap.number($0, "runs.checkpoints.at", map.faults) })
    default:
      map.wrongType(node, "runs.checkpoints", "last, all or {at: [steps]}")
      return .last
    }
  }

  /// Reads `where: {column: value | [values] | {below:, above:}}`.
  static func filters(_ map: SettingsMap) -> [RowFilter] {
    guard let inner = map.map("where", keys: nil) else { return [] }
    return inner.names.compactMap { column -> RowFilter? in
      guard let node = inner.node(column) else { return nil }
      let location = inner.location(column)
      switch node {
      case .sequence(let nodes):
        let texts = nodes.compactMap { SettingsMap.string($0, inner.name(column), map.faults) }
        return RowFilter(column: column, condition: .oneOf(texts), location: location)
      case .mapping:
        guard let bounds = inner.map(column, keys: ["below", "above"]) else { return nil }
        let (below, above) = (bounds.number("below"), bounds.number("above"))
        if below == nil, above == nil {
          map.faults.report(node.mark, "`where.\(column)` needs `below` or `above`")
        }
        return RowFilter(
          column: column, condition: .between(below: below, above: above), location: location)
      default:
        return inner.string(column).map {
          RowFilter(column: column, condition: .oneOf([$0]), location: location)
        }
      }
    }
  }

  /// Reads `keep: {best: [columns]}`.
  static func keepsBestOver(_ map: SettingsMap) -> [String] {
    guard let inner = map.map("keep", keys: ["best"]) else { return [] }
    let names = (inner.list("best") ?? []).compactMap {
      SettingsMap.string($0, "keep.best", map.faults)
    }
    if names.isEmpty {
      map.faults.report(
        inner.mark, "`keep` needs the columns that were searched over",
        fix: "name them, as in `keep: {best: [learning_rate, batch_size]}`")
    }
    return names
  }

  /// Reads `faulty: refuse | exclude`, what is done where one fault takes much of a sweep.
  static func acceptsFaults(_ map: SettingsMap) -> Bool {
    guard let text = map.string("faulty") else { return false }
    if !["refuse", "exclude"].contains(text) {
      map.faults.report(
        map.node("faulty")?.mark, "`faulty` must be refuse or exclude, but is \(text.quoted)")
    }
    return text == "exclude"
  }
}
