import Foundation
import Yams

/// Laws from the literature.
extension SweepSettings {
  /// Each is measured, compared and drawn.
  private static let mostPublished = 16

  /// Reads `published`, one mapping or a list of them.
  static func published(_ map: SettingsMap) -> [PublishedLaw] {
    guard let node = map.node("published") else { return [] }
    guard case .sequence = node else { return [publishedLaw(node, map.faults)].compactMap { $0 } }
    return (map.list("published", atMost: mostPublished) ?? []).compactMap {
      publishedLaw($0, map.faults)
    }
  }

  private static let paper = ["a_S", "b_S", "c_S", "b_N", "a_D", "b_D", "c"]
  /// The dense law as Hoffmann et al. 2022 write it, L = E + A/N^alpha + B/D^beta.
  private static let hoffmann = ["E", "A", "B", "alpha", "beta"]

  private static func publishedLaw(_ node: Node, _ faults: SettingsFaults) -> PublishedLaw? {
    guard
      let map = SettingsMap(
        node, path: "published", keys: ["name", "law", "coefficients", "note"], faults: faults)
    else { return nil }
    for key in ["name", "coefficients"] where !map.has(key) { map.fail("has no `\(key)`") }
    let law = map.string("law")
    let coefficients = coefficients(map, isPaper: law == nil, isDense: law == "dense")
    guard let name = map.string("name"), let coefficients else { return nil }
    return PublishedLaw(
      name: name, law: law, coefficients: coefficients, note: map.string("note"),
      location: faults.location(node.mark))
  }

  /// Numbers by name. Of the paper's law all seven are needed, of its dense case all but a_S and
  /// b_S, or the five of Hoffmann et al.; of another law this reader knows no names.
  private static func coefficients(
    _ map: SettingsMap, isPaper: Bool, isDense: Bool
  ) -> [Coefficient]? {
    guard let list = map.map("coefficients", keys: isPaper ? paper + hoffmann : nil) else {
      return nil
    }
    if isPaper || isDense, list.names.contains(where: hoffmann.contains) {
      return dense(list)
    }
    let isDense = !list.has("a_S") && !list.has("b_S")
    let names = isPaper ? (isDense ? Array(paper.dropFirst(2)) : paper) : list.names
    var found: [Coefficient] = []
    for name in names {
      guard let value = list.number(name) else {
        if !list.has(name) { list.fail("has no `\(name)`") }
        continue
      }
      let mayBeZero = ["a_S", "c_S", "c"].contains(name)
      if isPaper, value < 0 || (value == 0 && !mayBeZero) {
        list.fail(name, "must be \(mayBeZero ? "at least" : "above") 0")
      }
      found.append(.init(name, value))
    }
    return found.count == names.count && !names.isEmpty ? found : nil
  }

  /// The coefficients of Hoffmann et al. as those of the paper: c_S = A, a_D = B^(1/beta).
  private static func dense(_ list: SettingsMap) -> [Coefficient]? {
    for name in list.names where !hoffmann.contains(name) {
      list.faults.report(
        list.location(name),
        "`published.coefficients` mixes two notations: \(name) is none of "
          + hoffmann.joined(separator: ", "))
      return nil
    }
    var values: [String: Double] = [:]
    for name in hoffmann {
      guard let value = list.number(name) else {
        if !list.has(name) { list.fail("has no `\(name)`") }
        continue
      }
      guard value > 0 || (name == "E" && value == 0) else {
        list.fail(name, "must be \(name == "E" ? "at least" : "above") 0")
        continue
      }
      values[name] = value
    }
    guard let e = values["E"], let a = values["A"], let b = values["B"],
      let alpha = values["alpha"], let beta = values["beta"]
    else { return nil }
    let scale = pow(b, 1 / beta)
    guard scale > 0, scale.isFinite else {
      list.faults.report(
        list.location("B"), "`published.coefficients`: B^(1/beta) is too large or too small")
      return nil
    }
    return [
      Coefficient("c_S", a), Coefficient("b_N", alpha), Coefficient("a_D", scale),
      Coefficient("b_D", beta), Coefficient("c", e),
    ]
  }
}
