import Yams

/// Points and exclusion rules, which speak of runs in final names and units.
extension SweepSettings {
  /// Reads an element of `points` as a run that is not checked yet; nil, and a fault, without a name.
  static func point(_ node: Node, _ faults: SettingsFaults) -> RunDraft? {
    let keys = ["run"] + Quantity.numeric.map(\.rawValue) + ["pattern", "parent"]
    guard let map = SettingsMap(node, path: "points", keys: keys, faults: faults) else {
      return nil
    }
    var draft = RunDraft(fallbackName: "", location: faults.location(node.mark))
    func add(_ quantity: Quantity, _ value: Value?) {
      draft.cells[quantity] = value.map {
        RunDraft.Cell($0, Formula(column: quantity.rawValue), draft.location)
      }
    }
    for quantity in Quantity.numeric {
      add(quantity, map.number(quantity.rawValue).map(Value.number))
    }
    let pattern = map.string("pattern")
    if let pattern, SparsityPattern(pattern) == nil {
      map.fail(
        "pattern", "must be dense, unstructured or N:M such as 2:4, but is \(pattern.quoted)")
    }
    add(.pattern, pattern.map(Value.text))
    add(.parent, map.string("parent").map(Value.text))
    for key in ["run", "loss", "data"] where !map.has(key) {
      faults.report(node.mark, "a point has no `\(key)`")
    }
    guard let run = map.string("run") else { return nil }
    draft.fallbackName = run
    return draft
  }

  static func excludeRule(_ node: Node, _ faults: SettingsFaults) -> ExcludeRule? {
    let numeric = Quantity.numeric
    guard
      let map = SettingsMap(
        node, path: "exclude", keys: numeric.map(\.rawValue) + ["run", "why"], faults: faults)
    else { return nil }
    var conditions: [ExcludeRule.Condition] = []
    for quantity in numeric {
      guard let inner = map.map(quantity.rawValue, keys: ["below", "above"]) else { continue }
      if let bound = inner.number("below") { conditions.append(.below(quantity, bound)) }
      if let bound = inner.number("above") { conditions.append(.above(quantity, bound)) }
      if !inner.has("below"), !inner.has("above") {
        inner.fail("needs `below` or `above`")
      }
    }
    if let pattern = map.string("run") { conditions.append(.named(Glob(pattern))) }
    if !numeric.contains(where: { map.has($0.rawValue) }), !map.has("run") {
      faults.report(
        node.mark, "an `exclude` rule has no condition",
        fix: "for example `data: {below: 1.0e6}` or `run: name*`")
    }
    if !map.has("why") {
      faults.report(
        node.mark, "an `exclude` rule has no `why`", fix: "say why the runs are left out")
    }
    guard let why = map.string("why"), !conditions.isEmpty else { return nil }
    return ExcludeRule(conditions: conditions, why: why, location: faults.location(node.mark))
  }
}
