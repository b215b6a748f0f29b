/// What was read of one run before it is checked.
struct RunDraft: Sendable {
  /// A quantity's cell, and where it stands.
  struct Cell: Sendable {
    /// A number in final units; text; or what stands in its place.
    var value: Value
    var formula: Formula
    var location: SourceLocation

    init(_ value: Value, _ formula: Formula, _ location: SourceLocation) {
      // A blank cell may stand for a number, as sweep.yml says.
      self.value = value.isBlank ? formula.blank.map(Value.number) ?? value : value
      self.formula = formula
      self.location = location
    }
  }

  /// The name if the logs give none.
  var fallbackName: String
  var location: SourceLocation
  var cells: [Quantity: Cell] = [:]
  var history: [LoggedRow] = []
  /// What the run was trained with, as its constants say: see `TrainingRun.settings`.
  var settings: [String: String] = [:]
  /// See `TrainingRun.seed`.
  var seed: String?
  /// The run that this is a checkpoint of.
  var trajectory: String?
  /// Whether they come from a log of the run's own.
  var isLogged = false

  /// Adds the numbers that sweep.yml gives for all runs.
  mutating func add(constantsOf mapping: Mapping) {
    for (quantity, source) in mapping.sources {
      guard case .constant(let value, let location) = source else { continue }
      cells[quantity] = Cell(.number(value), Formula(column: quantity.rawValue), location)
    }
  }
}

extension RunDraft {
  /// Turns the draft into a run, or says what is wrong with them.
  func assemble() throws(Fault) -> TrainingRun {
    let name = try runName()
    let context = RunChecks(location: location)
    let data = try context.scaled(cells[.data], Quantity.data, in: 1...1e30)
    let loss = try context.scaled(cells[.loss], Quantity.loss, in: 1e-6...1e6)
    let written = try context.pattern(cells[.pattern])
    let dense = try optional(.denseParameters, context)
    let nonZero = try optional(.nonZeroParameters, context)
    try context.refuseBlank(cells[.sparsity], [dense, nonZero], written)
    let sizes = try context.sizes(
      dense: dense, nonZero: nonZero, sparsity: context.sparsity(cells[.sparsity]),
      pattern: written)
    if let written {
      try context.check(written, sizes.sparsity, cells[.pattern])
    }
    var run = TrainingRun(
      name: name, nonZeroParameters: sizes.nonZero, denseParameters: sizes.dense,
      sparsity: sizes.sparsity, data: data, loss: loss,
      pattern: written ?? (sizes.sparsity == 0 ? .dense : .unstructured),
      parent: try parent(), location: location,
      history: history.isEmpty
        ? [
          LoggedRow(
            data: data, loss: loss, sparsity: sizes.sparsity, nonZeroParameters: sizes.nonZero)
        ] : history,
      settings: settings, seed: seed, trajectory: trajectory)
    run.extraFlops = try optional(.extraFlops, context, in: 0...1e30)
    return run
  }

  /// A size of parameters in [1, 1e30]; nil where nothing is written.
  private func optional(
    _ quantity: Quantity, _ context: RunChecks, in range: ClosedRange<Double> = 1...1e30
  ) throws(Fault) -> Double? {
    guard let reading = cells[quantity] else { return nil }
    if case .missing = reading.value.number { return nil }
    return try context.scaled(reading, quantity, in: range)
  }

  /// The name of a run that cannot be used.
  var shownName: String { (try? runName()) ?? fallbackName.visible }

  /// The run's name from the logs or its fallback.
  private func runName() throws(Fault) -> String {
    let text = cells[.run]?.value.text ?? ""
    let isNamed = !text.allSatisfy(\.isWhitespace)
    return try checked(isNamed ? text : fallbackName, "name", isNamed ? .run : nil)
  }

  /// The run that this one started from; nil for the ways to write that there is none.
  private func parent() throws(Fault) -> String? {
    guard let text = cells[.parent]?.value.text else { return nil }
    let blank = ["", "none", "null", "nan", "na", "false"]
    return blank.contains(text.lowercased()) ? nil : try checked(text, "parent", .parent)
  }

  /// A run's name as it is shown; throws where that would be none.
  private func checked(
    _ text: String, _ what: String, _ quantity: Quantity?
  ) throws(Fault) -> String {
    guard text.utf8.count <= 1_000, !text.unicodeScalars.contains("\0") else {
      throw RunChecks(location: location).fault(
        quantity.flatMap { cells[$0]?.location },
        "the run's \(what) holds NUL or is longer than 1,000 bytes")
    }
    return text.visible
  }
}
