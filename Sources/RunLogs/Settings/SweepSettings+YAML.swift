import Yams

extension SweepSettings {
  private static let keys =
    ["title", "source", "runs"]
    + Quantity.allCases.filter { $0 != .extraFlops }.map(\.rawValue)
    + [
      "density", "points", "exclude", "fit", "holdout", "refit", "compute", "published",
      "unfinished", "law", "notes", "where", "faulty", "keep", "sweeps_by",
    ]

  /// The most entries of `runs` and `exclude`, each of which may be looked for in all there is, and
  /// the most factors, columns and patterns of one.
  static let mostEntries = 256
  static let mostTerms = 64

  /// Reads the root of sweep.yml, reporting every fault.
  package init(root: Node, faults: SettingsFaults) {
    self.init()
    guard let map = SettingsMap(root, path: "", keys: Self.keys, faults: faults) else { return }
    title = map.string("title")
    source = map.string("source")
    runs = Self.runs(map)
    filters = Self.filters(map)
    faulty = map.choice("faulty") ?? .refuse
    keepsBestOver = Self.keepsBestOver(map)
    sweepsBy = map.string("sweeps_by")
    sweepsByLocation = map.has("sweeps_by") ? map.location("sweeps_by") : nil
    for quantity in Quantity.allCases where quantity != .extraFlops {
      readQuantity(quantity, quantity.rawValue, map)
    }
    readDensity(map)
    unfinished = map.choice("unfinished") ?? .exclude
    points = (map.list("points") ?? []).compactMap { Self.point($0, faults) }
    excludeRules = (map.list("exclude", atMost: Self.mostEntries) ?? []).compactMap {
      Self.excludeRule($0, faults)
    }
    readFit(map)
    readHoldout(map)
    refit = map.flag("refit") ?? true
    readCompute(map)
    law = map.string("law")
    notes = map.string("notes")
    published = Self.published(map)
  }

  /// Reads where a quantity is: a number for all runs, or a mapping with a column, product or value.
  private mutating func readQuantity(_ quantity: Quantity, _ key: String, _ map: SettingsMap) {
    guard let node = map.node(key) else { return }
    if quantity.mayBeConstant, node.isPlain, !node.isNull {
      if let value = map.number(key) {
        mapping.sources[quantity] = .constant(value, map.location(key))
      }
      return
    }
    let keys =
      ["column"]
      + (quantity.isNumeric ? ["times", "offset", "unit", "value", "blank", "labels"] : [])
      + (quantity == .loss
        ? ["take", "within", "may_rise"] : quantity.isNumeric ? ["product"] : [])
    guard let inner = map.map(key, keys: keys) else { return }
    if let unit = inner.string("unit") { mapping.units[quantity] = unit }
    if quantity == .loss {
      mayRise = inner.flag("may_rise") ?? false
      takeLocation = ["take", "within"].first(where: inner.has).map(inner.location)
      readTake(inner)
      readWithin(inner)
    }
    mapping.sources[quantity] = Self.formula(inner, map.name(key)).map(Mapping.Source.formula)
  }

  /// A column, a product or an expression; nil where `loss: {unit: nats}` leaves it to convention.
  private static func formula(
    _ map: SettingsMap, _ key: String, isDensity: Bool = false
  ) -> Formula? {
    let times = map.number("times") ?? 1
    if times <= 0 { map.fail("times", "must be above 0") }
    let offset = map.number("offset") ?? 0
    let ways = ["column", "product", "value"].filter(map.has)
    guard ways.count <= 1 else {
      map.fail("has both `\(ways[0])` and `\(ways[1])`", fix: "keep one")
      return nil
    }
    guard let way = ways.first else {
      for other in ["times", "offset", "labels"] where map.has(other) {
        map.fail("has `\(other)` and no `column`")
      }
      return nil
    }
    if way != "column", map.has("offset") {
      map.faults.report(
        map.location("offset"), "`\(key)` has both `\(way)` and `offset`",
        fix: "write `value`, and the offset into it")
    }
    var formula: Formula?
    switch way {
    case "column":
      formula = map.string("column").map {
        Formula(
          column: $0, times: times, offset: offset, isDensity: isDensity,
          location: map.location("column"))
      }
    case "product":
      let names = map.texts("product", atMost: mostTerms) ?? []
      if case .sequence(let nodes)? = map.node("product"), nodes.isEmpty {
        map.fail(
          "product", "is an empty list",
          fix: "name its factors, as in `product: [step, batch_size, context_length]`")
      }
      formula =
        names.isEmpty
        ? nil : Formula(product: names, times: times, location: map.location("product"))
    default: formula = expression(map, key)
    }
    formula?.blank = map.number("blank")
    formula?.labels = labels(map)
    return formula
  }

  /// Reads `labels: {small: 125e6, large: 1.3e9}`.
  private static func labels(_ map: SettingsMap) -> [String: Double] {
    guard let inner = map.map("labels", keys: nil) else { return [:] }
    var labels: [String: Double] = [:]
    for name in inner.names { labels[name.trimmed] = inner.number(name) }
    return labels
  }

  /// Reads `value: flops / (6 * params)`; a fault has the place in the text.
  private static func expression(_ map: SettingsMap, _ key: String) -> Formula? {
    if map.has("times") {
      map.faults.report(
        map.node("times")?.mark, "`\(key)` has both `value` and `times`",
        fix: "write the factor into the value")
    }
    guard let node = map.node("value"), let text = node.scalarText, map.string("value") != nil
    else { return nil }
    do throws(Fault) {
      return Formula(text, try Expression(text), location: map.location("value"))
    } catch {
      // In quotes the text starts one column later; of a folded block the places are not known.
      var place = map.location("value")
      if let column = place.column, let offset = error.place?.column {
        place.column = column + offset - (node.isPlain ? 1 : 0)
      }
      map.faults.report(place, "`\(key).value`: \(error.message)")
      return nil
    }
  }

  /// Reads `density: {column: ...}`, which gives the sparsity 1 - density.
  private mutating func readDensity(_ map: SettingsMap) {
    guard map.has("density"), let inner = map.map("density", keys: ["column", "times"]) else {
      return
    }
    guard !map.has("sparsity") else {
      return map.faults.report(
        inner.mark, "both `sparsity` and `density` are given", fix: "keep one of them")
    }
    guard let formula = Self.formula(inner, "density", isDensity: true) else {
      if !inner.has("column") { inner.fail("has no `column`") }
      return
    }
    mapping.sources[.sparsity] = .formula(formula)
  }

  /// Reads `take: last | min | {mean: rows}`.
  private mutating func readTake(_ map: SettingsMap) {
    guard let node = map.node("take") else { return }
    let expected = "last, min or {mean: 5}"
    switch node.scalarText {
    case "last": take = .last
    case "min": take = .min
    case nil:
      guard let inner = map.map("take", keys: ["mean"]) else { return }
      guard inner.has("mean") else { return map.wrongType("take", expected) }
      guard let count = inner.number("mean") else { return }
      guard let rows = Int(exactly: count), (1...100_000).contains(rows) else {
        return inner.fail("mean", "must be a whole number of rows, 1 to 100,000")
      }
      take = .mean(rows)
    default: map.wrongType("take", expected)
    }
  }

  /// Reads `within: {from: 0.75, to: 1}`, fractions of training.
  private mutating func readWithin(_ map: SettingsMap) {
    guard let inner = map.map("within", keys: ["from", "to"]) else { return }
    let part = TrainingPart(from: inner.number("from") ?? 0, to: inner.number("to") ?? 1)
    guard inner.has("from") || inner.has("to"), 0 <= part.from, part.from < part.to, part.to <= 1
    else {
      return inner.fail(
        "must have 0 <= from < to <= 1",
        fix: "they are fractions of training: the last quarter is `within: {from: 0.75}`")
    }
    within = part
  }

  private mutating func readFit(_ map: SettingsMap) {
    guard let fit = map.map("fit", keys: ["residual", "huber_delta"]) else { return }
    residual = fit.choice("residual") ?? residual
    if fit.node("huber_delta")?.scalarText != "auto", let delta = fit.number("huber_delta") {
      huberDelta = delta
      if delta <= 0 { fit.fail("huber_delta", "must be above 0, but is \(delta)") }
    }
  }

  /// Reads `holdout`, a word or a mapping of bounds or names.
  private mutating func readHoldout(_ map: SettingsMap) {
    guard let node = map.node("holdout") else { return }
    let expected =
      "largest, none, {nonzero_params_at_least: N}, {data_at_least: D}, {compute_at_least: C} or "
      + "{runs: [names]}"
    if let text = node.scalarText {
      switch text {
      case "largest": holdout = .largest
      case "none": holdout = .none
      default: map.wrongType("holdout", expected)
      }
      return
    }
    let bounds = ["nonzero_params_at_least", "data_at_least", "compute_at_least"]
    guard let inner = map.map("holdout", keys: bounds + ["runs"]) else { return }
    let given = bounds.filter(inner.has)
    switch (given.isEmpty, inner.has("runs")) {
    case (false, false):
      for key in given {
        if let bound = inner.number(key), bound <= 0 { inner.fail(key, "must be above 0") }
      }
      holdout = .atLeast(
        .init(
          nonZeroParameters: inner.number(bounds[0]), data: inner.number(bounds[1]),
          compute: inner.number(bounds[2])))
    case (true, true):
      guard let nodes = inner.list("runs") else { return }
      if nodes.isEmpty {
        map.faults.report(
          node.mark, "`holdout.runs` is an empty list", fix: "write `holdout: none`")
      }
      holdout = .runs(nodes.compactMap { inner.string($0, "holdout.runs") })
      holdoutLocations = nodes.map { map.faults.location($0.mark) }
    default: map.wrongType("holdout", expected)
    }
  }

  private mutating func readCompute(_ map: SettingsMap) {
    guard let inner = map.map("compute", keys: ["flops_per_param", "extra", "pruning"]) else {
      return
    }
    if let flops = inner.number("flops_per_param") {
      compute.flopsPerParameter = flops
      if flops <= 0 || flops > 1e12 {
        inner.fail("flops_per_param", "must be above 0 and at most 1e12")
      }
    }
    readQuantity(.extraFlops, "extra", inner)
    switch mapping.sources[.extraFlops] {
    case .constant(let flops, _): compute.extra = grouped(flops)
    case .formula(let formula): compute.extra = formula.name
    case nil: break
    }
    guard let pruning = inner.map("pruning", keys: ["start", "end"]) else { return }
    compute.pruningStart = pruning.number("start") ?? compute.pruningStart
    compute.pruningEnd = pruning.number("end") ?? compute.pruningEnd
    guard 0 <= compute.pruningStart, compute.pruningStart < compute.pruningEnd,
      compute.pruningEnd <= 1
    else {
      return pruning.fail(
        "must have 0 <= start < end <= 1", fix: "start and end are fractions of training")
    }
  }
}
