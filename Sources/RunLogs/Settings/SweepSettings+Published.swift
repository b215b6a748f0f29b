import Yams

/// Laws from the literature.
extension SweepSettings {
  /// Reads `published`, one mapping or a list of them.
  static func published(_ map: SettingsMap) -> [PublishedLaw] {
    guard let node = map.node("published") else { return [] }
    guard case .sequence = node else { return [publishedLaw(node, map.faults)].compactMap { $0 } }
    return (map.list("published") ?? []).compactMap { publishedLaw($0, map.faults) }
  }

  private static let paper = ["a_S", "b_S", "c_S", "b_N", "a_D", "b_D", "c"]

  private static func publishedLaw(_ node: Node, _ faults: SettingsFaults) -> PublishedLaw? {
    guard
      let map = SettingsMap(
        node, path: "published", keys: ["name", "law", "coefficients", "note"], faults: faults)
    else { return nil }
    for key in ["name", "coefficients"] where !map.has(key) {
      faults.report(map.mark, "`published` has no `\(key)`")
    }
    let law = map.string("law")
    let coefficients = coefficients(map, isPaper: law == nil)
    guard let name = map.string("name"), let coefficients else { return nil }
    return PublishedLaw(
      name: name, law: law, coefficients: coefficients, note: map.string("note"),
      location: faults.location(node.mark))
  }

  /// Numbers by name. Of the paper's law all seven are needed, of its dense case all but a_S and
  /// b_S; of another law this reader knows no names.
  private static func coefficients(
    _ map: SettingsMap, isPaper: Bool
  ) -> [Coefficient]? {
    guard let list = map.map("coefficients", keys: isPaper ? paper : nil) else { return nil }
    let isDense = !list.has("a_S") && !list.has("b_S")
    let names = isPaper ? (isDense ? Array(paper.dropFirst(2)) : paper) : list.names
    var found: [Coefficient] = []
    for name in names {
      guard let value = list.number(name) else {
        if !list.has(name) {
          map.faults.report(list.mark, "`published.coefficients` has no `\(name)`")
        }
        continue
      }
      let mayBeZero = ["a_S", "c_S", "c"].contains(name)
      if isPaper, value < 0 || (value == 0 && !mayBeZero) {
        map.faults.report(
          list.node(name)?.mark,
          "`published.coefficients.\(name)` must be \(mayBeZero ? "at least" : "above") 0")
      }
      found.append(.init(name, value))
    }
    return found.count == names.count && !names.isEmpty ? found : nil
  }
}
