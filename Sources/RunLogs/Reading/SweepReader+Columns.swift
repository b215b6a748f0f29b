/// What the columns of logs and tables give, and what they do not.
extension SweepReader {
  /// Reports what a log's columns do not give, as an error of the sweep.
  mutating func report(
    _ problem: Columns.Problem, in file: String, columns: [String], advice: String? = nil
  ) {
    let error = describe(problem, in: file, columns: columns, advice: advice)
    // Files of one kind have one fault, which is told once.
    let key = describe(problem, in: "", columns: columns, advice: advice)
    guard let known = reported.firstIndex(where: { $0.error == key }) else {
      reported.append((key, errors.count, 0, error.message))
      return errors.append(error)
    }
    reported[known].files += 1
    let more = reported[known].files
    errors[reported[known].index].message =
      reported[known].message + " (as in \(more) other file\(more == 1 ? "" : "s"))"
  }

  /// Decides on runs whose columns do not give every quantity: what none of them gives is the
  /// sweep's fault, else those that need it are excluded.
  mutating func judgeUnresolved() {
    guard let first = unresolved.first else { return }
    func problems(_ reading: RunReading) -> [Columns.Problem] { reading.columns?.problems ?? [] }
    if unresolved.count == logsRead {
      let shared = problems(first).filter { problem in
        unresolved.allSatisfy { problems($0).contains { $0.isAkin(to: problem) } }
      }
      for problem in shared {
        report(problem, in: first.file, columns: first.names, advice: first.advice)
      }
      guard shared.isEmpty else { return }
    }
    for reading in unresolved {
      guard let problem = reading.columns?.blockingProblems.first else { continue }
      var fault = describe(
        problem, in: "the log", columns: reading.names, advice: reading.advice)
      fault.place = SourceLocation(file: reading.file)
      review.exclusions.append(Exclusion(run: reading.run, fault, mend: "mend the log"))
    }
  }

  /// Notes which columns are used.
  mutating func note(_ found: Columns, in file: String) {
    if found.lossIsTraining { lossIsTraining = true }
    bareLoss = bareLoss ?? found.bareLoss.map { (file, $0) }
    for quantity in Quantity.allCases {
      guard let source = found.sources[quantity] else { continue }
      let mapped = MappedColumn(
        quantity: source.formula.isDensity ? "density" : quantity.rawValue,
        column: source.formula.name, times: source.formula.times,
        byConvention: source.byConvention)
      guard !columns.contains(mapped) else { continue }
      columns.append(mapped)
      if source.isGeneric { genericCounts.append((file, source.formula.name)) }
    }
  }

  /// Says what a bare count was taken for, where it makes a difference.
  mutating func warnAboutGenericCounts() {
    guard review.runs.contains(where: { $0.run.sparsity > 0 }) else { return }
    for (file, column) in genericCounts {
      review.warnings.append(
        "\(file.visible): column \(column.quoted) is read as dense_params, zeroed weights "
          + "included; if it counts non-zero ones, map it as nonzero_params in sweep.yml")
    }
  }

  /// Says what a loss was taken for whose name does not tell: trainers log that of training so.
  mutating func warnAboutBareLoss() {
    guard let (file, column) = bareLoss, !review.runs.isEmpty else { return }
    review.warnings.append(
      "\(file.visible): the name of column \(column.quoted) does not say of what data the loss is, and "
        + "it is taken for the validation loss; if it is that of training, name another column; if "
        + "it is not, write `loss: {column: \(YAMLText.scalar(column))}`")
  }

  /// What a log's columns do not give, as a fault of the sweep.
  private func describe(
    _ problem: Columns.Problem, in file: String, columns: [String], advice: String?
  ) -> Fault {
    func list(_ names: [String]) -> String {
      let shown = names.prefix(12).map(\.quoted).joined(separator: ", ")
      return names.isEmpty ? "none" : shown + (names.count > 12 ? ", ..." : "")
    }
    let file = file.visible
    switch problem {
    case .absent(_, let name, let location):
      let near = nearest(to: name, columns).map { "did you mean \($0.quoted)?" }
      return Fault(
        at: location,
        "there is no column \(name.quoted) in \(file); the columns there are "
          + list(byLikeness(to: name, columns)), fix: near)
    case .ambiguous(let quantity, let names):
      return Fault(
        at: place,
        "\(file) has several columns that may be \(quantity.rawValue): \(list(names))",
        fix: "choose one in sweep.yml, as in `\(quantity.rawValue): {column: \(names[0].visible)}`")
    case .unknown(let quantity):
      return Fault(
        at: place,
        "no column of \(file) is known to be \(quantity.rawValue); the columns there are "
          + list(columns),
        fix: quantity == .data
          ? DataCandidates(columns).advice ?? "name it in sweep.yml, as in `data: {column: ...}`"
          : "name it in sweep.yml, as in `\(quantity.rawValue): {column: ...}`")
    case .sizeUnknown(let known):
      let given = known.map(\.rawValue).joined(separator: ", ")
      return Fault(
        at: place,
        "two of dense_params, nonzero_params and sparsity are needed, and \(file) gives "
          + (given.isEmpty ? "none" : "only \(given)") + "; the columns there are "
          + list(columns),
        fix: advice
          ?? (known == [.sparsity] || known.isEmpty
            ? "name the columns in sweep.yml, as in `dense_params: {column: ...}`"
            : "name the columns in sweep.yml; if all runs are dense write `sparsity: 0`"))
    }
  }
}
