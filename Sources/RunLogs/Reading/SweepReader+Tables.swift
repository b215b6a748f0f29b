/// A table as it was read, with the records at fault.
private struct Table {
  var rows = PackedRows()
  var faults: [(number: Int, fault: Fault)] = []
  var columns = MetColumns()
  var count = 0
}

extension SweepReader {
  /// Reads a table: a run a row, or what sweep.yml says its rows are.
  mutating func readTable(_ path: String) {
    let shape = settings.runs?.last { $0.shape != nil && $0.matches(path) }?.shape
    guard var table = records(of: path, shape?.content?.format) else { return }
    let names = table.columns.names
    let read = table.rows.count
    charts.complete(&table.rows, of: path, columns: names)
    if table.rows.count < read, table.rows.isEmpty || !isConventional(names) {
      exclude(table.faults, path)
      if !table.rows.isEmpty {
        review.warnings.append(
          "\(folder.shown(path).visible): \(table.rows.count) "
            + "row\(table.rows.count == 1 ? " is" : "s are") of runs that no chart shows")
      }
      return
    }
    if settings.runs == nil, !isConventional(names) {
      passedOver.append((folder.shown(path), names))
      review.warnings.append(
        "\(folder.shown(path).visible) is not a table of runs and was not read further")
      return
    }
    guard table.count > 0 else {
      errors.append(
        Fault(
          at: SourceLocation(file: folder.shown(path)), "the table holds no rows",
          fix: "fill it or take it out of `runs`"))
      return
    }
    guard filter(&table, path) else { return }
    exclude(table.faults, path)
    guard !table.rows.isEmpty else { return }
    if let shape, shape.identity.map({ $0 != .none }) ?? (shape.step != nil) {
      readLong(table, path, shape)
    } else {
      readSingle(table, path, shape)
    }
  }

  /// All records; nil, and an error, where the file cannot be read.
  private mutating func records(of path: String, _ format: LogFormat?) -> Table? {
    guard
      let format = format ?? LogFormats.recognise(fileNamed: path.lastComponent)?.format
    else { return nil }
    let file = folder.shown(path)
    var table = Table()
    do {
      try format.read(LogFiles([path], in: door)) { record, _ in
        table.count += 1
        guard table.count <= mostRows else {
          throw Fault(
            "the table has more than \(grouped(Double(mostRows))) rows",
            fix: "log fewer steps, such as every tenth, or part it into several tables")
        }
        switch record {
        case .row(let row):
          try table.rows.append(row, number: table.count)
          try table.columns.meet(row.columns)
        case .fault(let fault):
          table.faults.append((table.count, fault))
          guard table.faults.count <= SweepLoader.mostRuns else {
            throw Fault(
              "more than \(grouped(Double(SweepLoader.mostRuns))) rows cannot be read; the first, "
                + "line \(table.faults[0].fault.place?.line ?? 1): \(table.faults[0].fault.message)",
              fix: "write the table again")
          }
        case .note(let text): review.warnings.append("\(file.visible): \(text)")
        }
      }
      return table
    } catch {
      errors.append(Fault(error).at(file: file))
      return nil
    }
  }

  /// Keeps the rows that `where` wants; false, and errors, where it names no column.
  private mutating func filter(_ table: inout Table, _ path: String) -> Bool {
    let before = errors.count
    for filter in settings.filters where !table.columns.names.contains(filter.column) {
      let near = nearest(to: filter.column, table.columns.names)
      errors.append(
        Fault(
          at: filter.location,
          "there is no column \(filter.column.quoted) in \(folder.shown(path).visible)",
          fix: near.map { "did you mean \($0.quoted)?" }))
    }
    guard errors.count == before else { return false }
    let read = table.rows.count
    if !settings.filters.isEmpty {
      table.rows.keep { row in settings.filters.allSatisfy { $0.accepts(row[$0.column]) } }
    }
    if read > 0, table.rows.isEmpty {
      errors.append(
        Fault(
          at: settings.filters.first?.location,
          "`where` leaves none of the \(read) rows of \(folder.shown(path).visible)"))
      return false
    }
    return true
  }

  private func isConventional(_ names: [String]) -> Bool {
    let columns = Columns(settings.mapping, columns: names)
    return !columns.problems.contains { $0 == .unknown(.loss) }
      && !columns.problems.contains { $0 == .unknown(.data) }
  }

  private mutating func exclude(_ faults: [(number: Int, fault: Fault)], _ path: String) {
    guard hasRoom(for: faults.count, folder.shown(path)) else { return }
    for (number, fault) in faults {
      review.exclusions.append(
        Exclusion(
          run: "\(path):\(number)".visible, fault.at(file: folder.shown(path)),
          mend: "mend the row or delete it"))
    }
  }
}

/// A run a row.
extension SweepReader {
  private mutating func readSingle(_ table: Table, _ path: String, _ shape: TableShape?) {
    let names = table.columns.names
    let file = folder.shown(path)
    var mapping = settings.mapping
    if shape?.identity == TableShape.Identity.none { mapping.hidesRunNames = true }
    let columns = Columns(mapping, columns: names)
    for problem in columns.problems { report(problem, in: file, columns: names) }
    for column in columns.sources.values.flatMap(\.formula.names).sorted()
    where table.columns.repeated.contains(column) {
      errors.append(
        Fault(
          at: SourceLocation(file: file, line: 1),
          "column \(column.quoted) is there twice", fix: "rename one of them"))
    }
    guard errors.isEmpty, !looksLikeCheckpoints(table, columns, path, shape),
      hasRoom(for: table.rows.count, file)
    else { return }
    note(columns, in: file)
    singleRowTables.append(file)
    let mapped = Set(columns.sources.values.flatMap(\.formula.names))
    var own = RowSettings(mapped: mapped, named: settings.keepsBestOver)
    let status = ConventionalNames.first(of: ["state", "status"], among: names)
    let seedName = RunSettings.seedName(among: names)
    table.rows.read { row, number in
      // A run without a name is named after its row, or the true line where names do not count.
      let place = mapping.hidesRunNames ? row.line ?? number : number
      var readings = RunReadings(
        fallbackName: "\(path):\(place)", location: SourceLocation(file: file, line: row.line))
      for (quantity, source) in columns.sources {
        readings.readings[quantity] = RunReadings.Reading(
          quantity.isNumeric
            ? source.formula.value { row[$0] } : row[source.formula.names[0]],
          source.formula, readings.location)
      }
      readings.add(constantsOf: settings.mapping)
      readings.settings = own.settings(of: row)
      readings.seed = RunSettings.seed(seedName.flatMap { row[$0].text })
      keep(readings, RunEnd(plan: RunPlan(status: status.flatMap { row[$0].text })))
    }
  }

  /// Refuses rows that are checkpoints of few runs and would be fitted as so many runs: ten or more
  /// of one size and sparsity beside a column of steps.
  private mutating func looksLikeCheckpoints(
    _ table: Table, _ columns: Columns, _ path: String, _ shape: TableShape?
  ) -> Bool {
    guard shape == nil, table.rows.count >= 20,
      let step = ConventionalNames.first(
        of: ConventionalNames.checkpointSteps, among: table.columns.names)
    else { return false }
    let sizes = Quantity.sizes.compactMap { columns.sources[$0]?.formula }
    let mapped = Set(columns.sources.values.flatMap(\.formula.names)).union([step])
    let most = table.rows.count / 10
    var own = RowSettings(mapped: mapped)
    let settings = table.rows.groups(atMost: most) { row in
      sizes.map { $0.value { row[$0] }.text ?? "" } + own.values(of: row)
    }
    guard let settings else { return false }
    var stepPlace = ColumnPlaces([step])
    var distinct = 0
    for setting in settings {
      var steps: Set<String> = []
      table.rows.read(at: setting.places) { row, _ in
        steps.insert(stepPlace.in(row)[0].flatMap { row[$0].text } ?? "")
      }
      distinct += steps.count
    }
    guard distinct >= 10 * settings.count else { return false }
    errors.append(
      Fault(
        at: SourceLocation(file: folder.shown(path)),
        "\(grouped(Double(table.rows.count))) rows of \(settings.count) "
          + "setting\(settings.count == 1 ? "" : "s") look like checkpoints of few runs, "
          + "and would be fitted as runs of their own",
        fix: "say which rows are of one run, as in `runs: {path: "
          + "\(YAMLText.scalar(path)), run: [column, ...], step: \(YAMLText.scalar(step))}`; "
          + "where each row is a run write `run: none`"))
    return true
  }
}

/// A row a logged step.
extension SweepReader {
  private mutating func readLong(_ table: Table, _ path: String, _ shape: TableShape) {
    let names = table.columns.names
    let file = folder.shown(path)
    var keys: [String] = []
    guard let constants = constants(inName: path.lastComponent.stem, of: path, shape) else {
      return
    }
    var fileName: String?
    switch shape.identity {
    case .columns(let columns): keys = columns
    case .fileName, TableShape.Identity.none?, nil: fileName = path.lastComponent.stem
    }
    for column in keys + [shape.step].compactMap({ $0 }) where !names.contains(column) {
      errors.append(
        Fault(
          at: shape.location,
          "there is no column \(column.quoted) in \(file.visible)",
          fix: nearest(to: column, names).map { "did you mean \($0.quoted)?" }))
    }
    guard errors.isEmpty else { return }
    let rows = table.rows
    var keyPlaces = ColumnPlaces(keys)
    let groups = rows.groups(atMost: SweepLoader.mostRuns) { row in
      keyPlaces.in(row).map { $0.flatMap { row[$0].text } ?? "" }
    }
    guard hasRoom(for: groups?.count ?? .max, file), let groups else { return }
    var settings = settings
    settings.mapping.hidesRunNames = true
    settings.mapping.step = shape.step
    let prefix = fileName ?? ""
    read(
      groups.map { identity, places in
        let places = shape.step.map { sorted(places, of: rows, by: $0) } ?? places
        // What tells runs apart is what they were trained with, and the same in all rows.
        let own = zip(keys, identity).map {
          Configuration.Constant(name: $0, value: .text($1), line: nil, file: path)
        }
        return RunReader(
          folder: folder, path: ".", name: prefix + identity.joined(separator: "-"),
          settings: settings,
          run: RunFolder(
            RunLog(
              formatName: "table", files: [path],
              read: { _, record in
                try rows.read(at: places) { row, _ in try record(.row(row), path) }
              },
              constants: { _ in constants + own })),
          observations: shape.observations)
      })
  }

  /// A table is in any order: its steps tell the run's.
  private func sorted(_ places: [Int], of rows: PackedRows, by step: String) -> [Int] {
    var steps: [Double] = []
    var stepPlace = ColumnPlaces([step])
    rows.read(at: places) { row, _ in
      steps.append(stepPlace.in(row)[0].flatMap(row.finite) ?? .infinity)
    }
    if zip(steps, steps.dropFirst()).allSatisfy({ $0 <= $1 }) { return places }
    return steps.indices.sorted { (steps[$0], $0) < (steps[$1], $1) }.map { places[$0] }
  }
}
