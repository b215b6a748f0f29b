extension SweepReading {
  /// Reads a file of one run per row.
  mutating func readTable(_ path: String) {
    guard let format = LogFormats.recognise(fileNamed: path.lastComponent)?.format else { return }
    let file = folder.shown(path)
    var rows: [(number: Int, row: Row)] = []
    var faults: [(number: Int, fault: LogFault)] = []
    var names: [String] = []
    var known: Set<String> = []
    var repeated: Set<String> = []
    var lastColumns: ColumnNames?
    var count = 0
    do {
      try format.read(LogFiles([path], in: door)) { record, _ in
        count += 1
        switch record {
        case .row(let row):
          rows.append((count, row))
          guard row.columns !== lastColumns else { return }
          lastColumns = row.columns
          names += row.columns.names.filter { known.insert($0).inserted }
          repeated.formUnion(row.columns.repeated)
        case .fault(let fault): faults.append((count, fault))
        case .note(let text): warnings.append("\(file.visible): \(text)")
        }
      }
    } catch let located as LocatedFault {
      errors.append(error(located.fault, in: located.file))
      return
    } catch {
      errors.append(
        SweepError(
          location: SourceLocation(file: file), "cannot be read", kind: .unreadable))
      return
    }
    let read = rows.count
    rows = complete(charts: rows, of: path, columns: names)
    if rows.count < read, rows.isEmpty || !isConventionalTable(names) {
      for (number, fault) in faults { exclude(tableRow: number, path, fault) }
      if !rows.isEmpty {
        warnings.append(
          "\(file.visible): \(rows.count) row\(rows.count == 1 ? " is" : "s are") of runs that no "
            + "chart shows")
      }
      return
    }
    if settings.runs == nil, !isConventionalTable(names) {
      warnings.append("\(file.visible) is not a table of runs and was not read further")
      return
    }
    guard count > 0 else {
      errors.append(
        SweepError(
          location: SourceLocation(file: file), "the table holds no rows",
          fix: "fill it or take it out of `runs`"))
      return
    }
    for (number, fault) in faults { exclude(tableRow: number, path, fault) }
    guard !rows.isEmpty else { return }
    let resolution = Resolution(settings.mapping, columns: names)
    for problem in resolution.problems { report(problem, in: file, columns: names) }
    for column in resolution.columns.values.flatMap(\.names).sorted()
    where repeated.contains(column) {
      errors.append(
        SweepError(
          location: SourceLocation(file: file, line: 1),
          "column \(column.quoted) is there twice", fix: "rename one of them"))
    }
    guard errors.isEmpty else { return }
    note(resolution, in: file)
    for (number, row) in rows {
      let before = runs.count
      keep(readings(row, number, path, resolution))
      if runs.count > before { judgements[RunKey(runs[before])] = judgement(of: row) }
    }
  }

  private mutating func exclude(tableRow number: Int, _ path: String, _ fault: LogFault) {
    let place = SourceLocation(file: folder.shown(path), line: fault.line, column: fault.column)
    exclude(
      "\(path):\(number)".visible,
      "\(place): \(fault.message); the run is excluded: mend the row or delete it")
  }

  /// What a row says of its run's end, in a column such as `State`.
  private func judgement(of row: Row) -> Judgement {
    var description = RunDescription()
    if let column = ConventionalNames.first(of: ["state", "status"], among: row.columns.names),
      let text = row[column].text
    {
      description.status = (text, nil, row.line)
    }
    return Judgement(description: description)
  }

  private func isConventionalTable(_ names: [String]) -> Bool {
    let resolution = Resolution(settings.mapping, columns: names)
    return !resolution.problems.contains { $0 == .unknown(.loss) }
      && !resolution.problems.contains { $0 == .unknown(.data) }
  }

  private func readings(
    _ row: Row, _ number: Int, _ path: String, _ resolution: Resolution
  ) -> RunReadings {
    let location = SourceLocation(file: folder.shown(path), line: row.line)
    var readings = RunReadings(fallbackName: "\(path):\(number)", location: location)
    for quantity in Quantity.allCases {
      if let column = resolution.columns[quantity] {
        readings.readings[quantity] = RunReadings.Reading(
          value: column.names.count == 1
            ? row[column.name] : Product.value(column.names.map { row[$0] }),
          column: column.name, times: column.times, isDensity: column.isDensity,
          location: location)
      }
    }
    addConstants(to: &readings)
    return readings
  }

  /// Adds the numbers that sweep.yml gives for all runs.
  func addConstants(to readings: inout RunReadings) {
    for quantity in Quantity.allCases {
      if case .constant(let value, let location) = settings.mapping.sources[quantity] {
        readings.readings[quantity] = RunReadings.Reading(
          value: .number(value), column: quantity.rawValue, times: 1, location: location)
      }
    }
  }
}
