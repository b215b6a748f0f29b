/// For the columns of one log, which of them gives which quantity.
package struct Resolution: Equatable, Sendable {
  package struct Column: Equatable, Sendable {
    /// One column, or the factors of a product.
    package var names: [String]
    package var times: Double
    package var byConvention: Bool
    /// Whether the column gives the density 1 - S where sparsity is wanted.
    package var isDensity = false
    /// A dense count taken from a bare name such as `params`.
    package var isGeneric = false

    /// How messages name the column.
    package var name: String { Product.name(names) }
  }

  package enum Problem: Equatable, Sendable {
    /// A column that sweep.yml names is not in the log.
    case absent(Quantity, name: String, SourceLocation)
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

  package private(set) var columns: [Quantity: Column] = [:]
  package private(set) var problems: [Problem] = []
  /// How many of the sizes a column or a constant gives.
  private var sizesKnown = 0

  /// The problems that keep a run from being read: not a column for the pattern, parent or name,
  /// which a run may leave out, nor for a size that two others give.
  package var blockingProblems: [Problem] {
    problems.filter { problem in
      guard case .absent(let quantity, _, _) = problem else { return true }
      guard Quantity.sizes.contains(quantity) else { return quantity.isNumeric }
      return sizesKnown < 2
    }
  }

  /// Resolves the quantities against a log's columns and the constants of its run's
  /// configuration; columns win over constants.
  package init(_ mapping: Mapping, columns: [String], constants: [String] = []) {
    let all = columns + constants.filter { !columns.contains($0) }
    for quantity in Quantity.allCases {
      guard case .column(let column) = mapping.sources[quantity] else { continue }
      let absent = column.names.filter { !all.contains($0) }
      if absent.isEmpty {
        self.columns[quantity] = Column(
          names: column.names, times: column.times, byConvention: false,
          isDensity: column.isDensity)
      } else {
        problems += absent.map { .absent(quantity, name: $0, column.location) }
      }
    }
    let sizesGiven = Quantity.sizes.filter(mapping.isGiven).count
    for quantity in Quantity.allCases where !mapping.isGiven(quantity) {
      let isSize = Quantity.sizes.contains(quantity)
      // Two sizes that sweep.yml maps are enough: a third by its name alone might mean another.
      if isSize, sizesGiven >= 2 { continue }
      adopt(quantity, columns, constants, tiers: isSize ? 1 : .max)
    }
    let known = Quantity.sizes.filter { self.columns[$0] != nil || mapping.isGiven($0) }
    let isUnsettled = problems.contains {
      if case .ambiguous(.denseParameters, _) = $0 { return true }
      return false
    }
    if known.count < 2, !known.contains(.denseParameters), !isUnsettled {
      adopt(.denseParameters, columns, constants, tiers: .max)
      self.columns[.denseParameters]?.isGeneric = true
    }
    checkEnough(mapping)
    sizesKnown =
      Quantity.sizes.count {
        if case .constant? = mapping.sources[$0] { return true }
        return self.columns[$0] != nil
      }
  }

  private mutating func adopt(
    _ quantity: Quantity, _ columns: [String], _ constants: [String], tiers: Int
  ) {
    var found = ConventionalNames.candidates(for: quantity, among: columns, tiers: tiers)
    if found.isEmpty {
      found = ConventionalNames.candidates(for: quantity, among: constants, tiers: tiers)
    }
    if found.count > 1 {
      problems.append(.ambiguous(quantity, found))
    } else if let name = found.first {
      self.columns[quantity] = Column(names: [name], times: 1, byConvention: true)
    } else if quantity == .sparsity {
      adoptDensity(columns, constants)
    }
  }

  /// Takes sparsity from a density, where no column is named for sparsity itself.
  private mutating func adoptDensity(_ columns: [String], _ constants: [String]) {
    var found = ConventionalNames.densities(among: columns)
    if found.isEmpty { found = ConventionalNames.densities(among: constants) }
    if found.count > 1 {
      problems.append(.ambiguous(.sparsity, found))
    } else if let name = found.first {
      self.columns[.sparsity] = Column(
        names: [name], times: 1, byConvention: true, isDensity: true)
    }
  }

  private mutating func checkEnough(_ mapping: Mapping) {
    func isKnown(_ quantity: Quantity) -> Bool {
      columns[quantity] != nil || mapping.isGiven(quantity)
        || problems.contains {
          if case .ambiguous(quantity, _) = $0 { return true }
          return false
        }
    }
    for quantity in [Quantity.loss, .data] where !isKnown(quantity) {
      problems.append(.unknown(quantity))
    }
    let known = Quantity.sizes.filter(isKnown)
    if known.count < 2 { problems.append(.sizeUnknown(known: known)) }
  }
}
