extension SweepReading {
  /// Reads a run folder: constants from its configuration, rows from its log.
  mutating func readRunFolder(_ path: String) {
    let name = runName(path)
    do {
      let run = try RunFolder(folder.absolute(path))
      guard FileTree.isInside(folder.absolute(inside(path, run.log)), folder.root) else {
        throw LogFault("\(run.log) is a symbolic link that leads out of the data root")
      }
      guard let configuration = readConfiguration(path, run) else { return }
      try scan(path, run, configuration)
    } catch let fault as LogFault {
      exclude(folder: name, path, fault)
    } catch {
      exclude(folder: name, path, LogFault("cannot be read"))
    }
  }

  /// The name of a run folder's run where its logs give none: the folder's, with the folders
  /// above it where another has the same.
  private func runName(_ path: String) -> String {
    if path == "." { return folder.name }
    return ambiguousNames.contains(path.lastComponent) ? path : path.lastComponent
  }

  private func inside(_ path: String, _ name: String) -> String {
    path == "." ? name : path + "/" + name
  }

  private mutating func exclude(folder name: String, _ path: String, _ fault: LogFault) {
    let place = SourceLocation(
      file: folder.shown(path), line: fault.line, column: fault.column)
    exclude(
      name.visible,
      "\(place): \(fault.message); the run is excluded: "
        + (fault.fix ?? "mend the log or leave the run out"))
  }

  private mutating func readConfiguration(_ path: String, _ run: RunFolder) -> Configuration? {
    guard let name = run.configuration else { return Configuration() }
    let file = inside(path, name)
    do {
      guard FileTree.isInside(folder.absolute(file), folder.root) else {
        throw LogFault("is a symbolic link that leads out of the data root")
      }
      let bytes = try ByteStream(path: folder.absolute(file)).all(atMost: 16 << 20)
      note(file)
      return try Configuration(bytes, isYAML: name != "config.json")
    } catch let fault as LogFault {
      exclude(folder: runName(path), file, fault)
    } catch {
      exclude(folder: runName(path), file, LogFault("cannot be read"))
    }
    return nil
  }

  /// Scans the log, again if a column that came late changes what another one means.
  private mutating func scan(
    _ path: String, _ run: RunFolder, _ configuration: Configuration
  ) throws {
    let file = inside(path, run.log)
    let constants = configuration.constants.map(\.name)
    var names: [String] = []
    var known: Set<String> = []
    var scan = HistoryScan(
      Resolution(settings.mapping, columns: [], constants: constants), take: settings.take)
    var firstFault: LogFault?
    while true {
      var repeated: Set<String> = []
      var lastColumns: ColumnNames?
      do {
        let stream = try ByteStream(path: folder.absolute(file))
        note(file)
        try run.format.read(stream) { record in
          switch record {
          case .fault(let fault): if firstFault == nil { firstFault = fault }
          case .row(let row):
            if row.columns !== lastColumns {
              lastColumns = row.columns
              repeated.formUnion(row.columns.repeated)
              let new = row.columns.names.filter { known.insert($0).inserted }
              names += new
              if scan.rows == 0, !new.isEmpty {
                scan = HistoryScan(
                  Resolution(settings.mapping, columns: names, constants: constants),
                  take: settings.take)
              }
            }
            scan.add(row)
          }
        }
      } catch let fault as LogFault {
        exclude(folder: runName(path), file, fault)
        return
      }
      if firstFault == nil {
        let used = scan.resolution.columns.values.map(\.name)
        firstFault = used.filter(repeated.contains).sorted().first.map {
          LogFault(line: 1, "column \($0.quoted) is there twice", fix: "rename one of them")
        }
      }
      if let fault = firstFault {
        exclude(folder: runName(path), file, fault)
        return
      }
      let final = Resolution(settings.mapping, columns: names, constants: constants)
      if final == scan.resolution { break }
      scan = HistoryScan(final, take: settings.take)
    }
    guard scan.rows > 0 else {
      exclude(folder: runName(path), file, LogFault("the log holds no rows"))
      return
    }
    finish(scan, path, run, configuration, columns: names)
  }

  private mutating func finish(
    _ scan: HistoryScan, _ path: String, _ run: RunFolder, _ configuration: Configuration,
    columns names: [String]
  ) {
    let log = folder.shown(inside(path, run.log))
    let location = SourceLocation(file: log, line: scan.lastLine)
    scannedFolders += 1
    if !scan.resolution.problems.isEmpty {
      let all = names + configuration.constants.map(\.name).filter { !names.contains($0) }
      unresolved.append(
        UnresolvedFolder(
          run: runName(path).visible, location: SourceLocation(file: log), columns: all,
          resolution: scan.resolution))
      guard scan.resolution.blockingProblems.isEmpty else { return }
    }
    var readings = RunReadings(fallbackName: runName(path), location: location)
    for quantity in Quantity.allCases {
      guard let column = scan.resolution.columns[quantity] else { continue }
      var found = quantity == .loss ? scan.loss.result : scan.last[quantity]
      var file = log
      if found == nil, !names.contains(column.name), let constant = configuration[column.name] {
        found = (constant.value, constant.line)
        file = folder.shown(inside(path, run.configuration ?? ""))
      }
      readings.readings[quantity] = RunReadings.Reading(
        value: found?.value ?? .missing, column: column.name, times: column.times,
        location: SourceLocation(file: file, line: found?.line ?? scan.lastLine))
    }
    addConstants(to: &readings)
    readings.history = scan.history.elements
    note(scan.resolution, in: log)
    if let line = scan.firstStepBack {
      warnings.append(
        "\(SourceLocation(file: log, line: line)): the data seen go back (was the run restarted?); "
          + "the last row counts")
    }
    keep(readings)
  }
}
