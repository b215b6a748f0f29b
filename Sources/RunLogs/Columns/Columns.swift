/// For the columns of one log, which of them gives which quantity, and what orders the rows.
package struct Columns: Equatable, Sendable {
  /// Where a quantity comes from.
  package struct Source: Equatable, Sendable {
    package var formula: Formula
    package var byConvention: Bool
    /// A dense count taken from a bare name such as `params`.
    package var isGeneric = false
    /// Whether the log has any of the columns; else the run's constants give the quantity.
    package var isLogged: Bool
  }

  /// What tells the place of a row in training.
  package enum Order: Equatable, Sendable {
    /// The data seen: a step may count from 0 again.
    case data
    /// The step, else the epoch.
    case column(String)
  }

  /// What the columns and constants do not tell.
  package enum Problem: Equatable, Sendable {
    /// A column that sweep.yml names is not in the log.
    case absent(Quantity, name: String, SourceLocation?)
    /// Several columns have conventional names for the quantity.
    case ambiguous(Quantity, [String])
    /// No column gives the quantity.
    case unknown(Quantity)
    /// Fewer than two of dense_params, nonzero_params and sparsity are known.
    case sizeUnknown(known: [Quantity])

    /// Whether two problems concern the same thing, though the columns may differ.
    package func isAkin(to other: Problem) -> Bool {
      switch (self, other) {
      case (.ambiguous(let a, _), .ambiguous(let b, _)): a == b
      case (.sizeUnknown, .sizeUnknown): true
      default: self == other
      }
    }
  }

  package private(set) var sources: [Quantity: Source] = [:]
  package private(set) var order: Order?
  /// The column of steps.
  package private(set) var step: String?
  package private(set) var problems: [Problem] = []
  /// Whether the loss is that of the training data, which only its name in sweep.yml makes it.
  package private(set) var lossIsTraining = false
  /// The column of losses of a log whose name does not say of what data they are, where no one asked
  /// for it by name.
  package private(set) var bareLoss: String?
  /// How many of the sizes a column or a constant gives.
  private var sizesKnown = 0

  /// The problems that keep a run from being read: not a column for the pattern, parent, name or
  /// further FLOPs, which a run may leave out, nor for a size that two others give.
  package var blockingProblems: [Problem] {
    problems.filter { problem in
      guard case .absent(let quantity, _, _) = problem else { return true }
      guard Quantity.sizes.contains(quantity) else {
        return quantity.isNumeric && quantity != .extraFlops
      }
      return sizesKnown < 2
    }
  }

  /// Finds the quantities among a log's columns and the constants of its run's configuration;
  /// columns win over constants.
  package init(
    _ mapping: Mapping, columns: [String], constants: [String] = [], isHistory: Bool = false
  ) {
    let logged = Set(columns)
    let all = logged.union(constants)
    func isLogged(_ name: String) -> Bool { logged.contains(name) }
    for quantity in Quantity.allCases {
      guard case .formula(let formula) = mapping.sources[quantity] else { continue }
      let absent = formula.names.filter { !all.contains($0) }
      if absent.isEmpty {
        sources[quantity] = Source(
          formula: formula, byConvention: false, isLogged: formula.names.contains(where: isLogged))
      } else {
        problems += absent.map { .absent(quantity, name: $0, formula.location) }
      }
    }
    let sizesGiven = Quantity.sizes.filter(mapping.isGiven).count
    for quantity in Quantity.allCases where !mapping.isGiven(quantity) {
      if quantity == .run, mapping.hidesRunNames { continue }
      let isSize = Quantity.sizes.contains(quantity)
      // Two sizes that sweep.yml maps are enough: a third by its name alone might mean another.
      if isSize, sizesGiven >= 2 { continue }
      adopt(quantity, columns, constants, tiers: isSize ? 1 : .max)
      if isHistory, quantity == .loss { dropTrainingLoss(columns) }
    }
    let known = Quantity.sizes.filter { sources[$0] != nil || mapping.isGiven($0) }
    if known.count < 2, !known.contains(.denseParameters), !isAmbiguous(.denseParameters) {
      adopt(.denseParameters, columns, constants, tiers: .max)
      sources[.denseParameters]?.isGeneric = true
    }
    checkEnough(mapping)
    sizesKnown =
      Quantity.sizes.count {
        if case .constant? = mapping.sources[$0] { return true }
        return sources[$0] != nil
      }
    if let source = sources[.loss] {
      let loss = source.formula
      if isHistory, source.byConvention,
        ConventionalNames.bareLosses.contains(ConventionalNames.normalised(loss.name))
      {
        bareLoss = loss.name
      }
      lossIsTraining = loss.names.contains { name in
        (isHistory || !ConventionalNames.bareLosses.contains(ConventionalNames.normalised(name)))
          && ConventionalNames.isTrainingLoss(name, among: columns)
      }
    }
    step = mapping.step ?? ConventionalNames.step(among: columns)
    order =
      mapping.step.map(Order.column)
      ?? (sources[.data]?.isLogged == true
        ? .data : ConventionalNames.order(among: columns).map(Order.column))
  }

  /// A training loss is never taken for a validation loss by its name.
  private mutating func dropTrainingLoss(_ columns: [String]) {
    guard let loss = sources[.loss], loss.byConvention,
      ConventionalNames.isTrainingLoss(loss.formula.name, among: columns)
    else { return }
    sources[.loss] = nil
  }

  /// Takes a quantity from the column, else the constant, that is named for it; sparsity from a
  /// density, too, where none is named for itself.
  private mutating func adopt(
    _ quantity: Quantity, _ columns: [String], _ constants: [String], tiers: Int
  ) {
    var isDensity = false
    func candidates(_ names: [String]) -> [String] {
      isDensity
        ? ConventionalNames.densities(among: names)
        : ConventionalNames.candidates(for: quantity, among: names, tiers: tiers)
    }
    func find() -> [String] {
      let found = candidates(columns)
      return found.isEmpty ? candidates(constants) : found
    }
    var found = find()
    if found.isEmpty, quantity == .sparsity {
      isDensity = true
      found = find()
    }
    guard found.count < 2, let name = found.first else {
      if !found.isEmpty { problems.append(.ambiguous(quantity, found)) }
      return
    }
    let times = isDensity ? 1 : ConventionalNames.unscaled(name).times
    sources[quantity] = Source(
      formula: Formula(column: name, times: times, isDensity: isDensity), byConvention: true,
      isLogged: columns.contains(name))
  }

  private func isAmbiguous(_ quantity: Quantity) -> Bool {
    problems.contains {
      if case .ambiguous(quantity, _) = $0 { return true }
      return false
    }
  }

  /// Loss, data and two of the three sizes have to be known.
  private mutating func checkEnough(_ mapping: Mapping) {
    func isKnown(_ quantity: Quantity) -> Bool {
      sources[quantity] != nil || mapping.isGiven(quantity) || isAmbiguous(quantity)
    }
    for quantity in [Quantity.loss, .data] where !isKnown(quantity) {
      problems.append(.unknown(quantity))
    }
    let known = Quantity.sizes.filter(isKnown)
    // A pattern such as 2:4 gives the sparsity where nothing counts it.
    let isGivenByPattern =
      isKnown(.pattern) && !known.isEmpty && !known.contains(.sparsity)
    if known.count < 2, !isGivenByPattern { problems.append(.sizeUnknown(known: known)) }
  }
}
