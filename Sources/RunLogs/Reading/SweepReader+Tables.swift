/// A table as it was read, with the records at fault.
private struct Table {
  var rows = PackedRows()
  var faults: [(number: Int, fault: Fault)] = []
  var columns = MetColumns()
  var count = 0
}

extension SweepReader {
  /// Reads a table: a run a row, or what sweep.yml says its rows are.
  mutating func readTable(_ source: RunSource) {
    guard var table = records(of: source) else { return }
    let names = table.columns.names
    let read = table.rows.count
    let file = door.shown(source.path)
    charts.complete(&table.rows, in: door, of: source.path, columns: names)
    if table.rows.count < read, table.rows.isEmpty || !isConventional(names) {
      exclude(table.faults, source.path)
      if !table.rows.isEmpty {
        review.warnings.append(
          "\(file.visible): \(table.rows.count) row\(table.rows.count == 1 ? " is" : "s are") of "
            + "runs that no chart shows")
      }
      return
    }
    if settings.runs == nil, !isConventional(names) {
      passedOver = passedOver ?? (file, names)
      review.warnings.append("\(file.visible) is not a table of runs and was not read further")
      return
    }
    guard table.count > 0 else {
      return fail(
        SourceLocation(file: file), "the table holds no rows",
        fix: "fill it or take it out of `runs`")
    }
    guard filter(&table, file) else { return }
    exclude(table.faults, source.path)
    guard !table.rows.isEmpty else { return }
    if let shape = source.shape, shape.identity.map({ $0 != .none }) ?? (shape.step != nil) {
      readLong(table, source.path, shape)
    } else {
      readSingle(table, source.path, source.shape)
    }
  }

  /// All records; nil, and an error, where the file cannot be read.
  private mutating func records(of source: RunSource) -> Table? {
    guard let format = source.format else { return nil }
    let file = door.shown(source.path)
    var table = Table()
    do {
      try format.read(door, [source.path]) { record, _ in
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
            let first = table.faults[0].fault
            throw Fault(
              "more than \(grouped(Double(SweepLoader.mostRuns))) rows cannot be read; the first, "
                + "line \(first.place?.line ?? 1): \(first.message)", fix: "write the table again")
          }
        case .note(let text): review.warnings.append("\(file.visible): \(text)")
        }
      }
      return table
    } catch {
      fail(Fault(error).at(file: file))
      return nil
    }
  }

  /// Keeps the rows that `where` wants; false, and errors, where it names no column.
  private mutating func filter(_ table: inout Table, _ file: String) -> Bool {
    let filters = settings.filters
    guard hasColumns(filters.map { ($0.column, $0.location) }, table.columns.names, file) else {
      return false
    }
    let read = table.rows.count
    if !filters.isEmpty {
      table.rows.keep { row in filters.allSatisfy { $0.accepts(row[$0.column]) } }
    }
    if read > 0, table.rows.isEmpty {
      fail(
        filters.first?.location, "`where` leaves none of the \(read) rows of \(file.visible)")
      return false
    }
    return true
  }

  /// Whether a table has all columns that sweep.yml names; else those that it lacks are errors.
  private mutating func hasColumns(
    _ wanted: [(column: String, location: SourceLocation)], _ names: [String], _ file: String
  ) -> Bool {
    let absent = wanted.filter { !names.contains($0.column) }
    for (column, location) in absent {
      fail(
        location, "there is no column \(column.quoted) in \(file.visible)",
        fix: nearest(to: column, names).map { "did you mean \($0.quoted)?" })
    }
    return absent.isEmpty
  }

  /// Whether the columns give loss and data, as those of a table of runs do.
  private func isConventional(_ names: [String]) -> Bool {
    let problems = Columns(settings.mapping, columns: names).problems
    return !problems.contains(.unknown(.loss)) && !problems.contains(.unknown(.data))
  }

  /// Lists rows that cannot be read among the runs that are left out.
  private mutating func exclude(_ faults: [(number: Int, fault: Fault)], _ path: String) {
    guard hasRoom(for: faults.count, door.shown(path)) else { return }
    review.exclusions += faults.map { number, fault in
      Exclusion(
        run: "\(path):\(number)".visible, fault.at(file: door.shown(path)),
        mend: "mend the row or delete it")
    }
  }
}

/// A run a row.
extension SweepReader {
  /// Takes each row as a run, named by its column or its place.
  private mutating func readSingle(_ table: Table, _ path: String, _ shape: TableShape?) {
    let names = table.columns.names
    let file = door.shown(path)
    var mapping = settings.mapping
    if shape?.identity == TableShape.Identity.none { mapping.hidesRunNames = true }
    let columns = Columns(mapping, columns: names)
    for problem in columns.problems { report(problem, in: file, columns: names) }
    let mapped = columns.sources.values.flatMap(\.formula.names)
    for column in mapped.sorted() where table.columns.repeated.contains(column) {
      fail(
        SourceLocation(file: file, line: 1), "column \(column.quoted) is there twice",
        fix: "rename one of them")
    }
    guard errors.isEmpty, !looksLikeCheckpoints(table, columns, path, shape),
      hasRoom(for: table.rows.count, file)
    else { return }
    note(columns, in: file)
    singleRowTable = singleRowTable ?? file
    var own = RowSettings(mapped: Set(mapped), named: settings.keepsBestOver)
    let status = ConventionalNames.first(of: ["state", "status"], among: names)
    let seedName = RunSettings.seedName(among: names)
    table.rows.read { row, number in
      // A run without a name is named after its row, or the true line where names do not count.
      let place = mapping.hidesRunNames ? row.line ?? number : number
      var draft = RunDraft(
        fallbackName: "\(path):\(place)", location: SourceLocation(file: file, line: row.line))
      for (quantity, source) in columns.sources {
        draft.cells[quantity] = RunDraft.Cell(
          quantity.isNumeric
            ? source.formula.value { row[$0] } : row[source.formula.names[0]],
          source.formula, draft.location)
      }
      draft.add(constantsOf: settings.mapping)
      draft.settings = own.settings(of: row)
      draft.seed = RunSettings.seed(seedName.flatMap { row[$0].text })
      keep(draft, RunEnd(plan: RunPlan(status: status.flatMap { row[$0].text })))
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
    fail(
      SourceLocation(file: door.shown(path)),
      "\(grouped(Double(table.rows.count))) rows of \(settings.count) "
        + "setting\(settings.count == 1 ? "" : "s") look like checkpoints of few runs, "
        + "and would be fitted as runs of their own",
      fix: "say which rows are of one run, as in `runs: {path: "
        + "\(YAMLText.scalar(path)), run: [column, ...], step: \(YAMLText.scalar(step))}`; "
        + "where each row is a run write `run: none`")
    return true
  }
}

/// A row a logged step.
extension SweepReader {
  /// Puts the rows of each run together, which are then read as any log.
  private mutating func readLong(_ table: Table, _ path: String, _ shape: TableShape) {
    let file = door.shown(path)
    guard let given = constants(inName: path.lastComponent.stem, of: path, shape) else { return }
    var keys: [String] = []
    var prefix = path.lastComponent.stem
    if case .columns(let columns) = shape.identity { (keys, prefix) = (columns, "") }
    let wanted = (keys + [shape.step].compactMap { $0 }).map { ($0, shape.location) }
    guard hasColumns(wanted, table.columns.names, file), errors.isEmpty else { return }
    let rows = table.rows
    var keyPlaces = ColumnPlaces(keys)
    let groups = rows.groups(atMost: SweepLoader.mostRuns) { row in
      keyPlaces.in(row).map { $0.flatMap { row[$0].text } ?? "" }
    }
    guard hasRoom(for: groups?.count ?? .max, file), let groups else { return }
    read(
      groups.map { identity, places in
        let places = shape.step.map { sorted(places, of: rows, by: $0) } ?? places
        var log = RunLog(
          LogFormat(name: "table") { _, _, record in
            try rows.read(at: places) { row, _ in try record(.row(row), path) }
          }, [path])
        // What tells runs apart is what they were trained with, and the same in all rows.
        log.given =
          given + zip(keys, identity).map { Constant(name: $0, value: .text($1), file: path) }
        var reader = reader(".", name: prefix + identity.joined(separator: "-"), log, shape)
        reader.settings.mapping.hidesRunNames = true
        return reader
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
