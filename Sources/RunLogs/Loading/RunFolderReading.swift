/// The reading of one run folder: a function of the folder and of sweep.yml alone, so that
/// several can be read at a time.
struct RunFolderReading: Sendable {
  let folder: SweepFolder
  /// The run folder, below the sweep's.
  let path: String
  /// The run's name where its logs give none.
  let name: String
  let settings: SweepSettings
  /// The run's files, where they are known and not looked for in its folder.
  private let run: RunFolder?

  /// What came of it: the files that were opened, from the data root, and the rest.
  var inputs: [String] = []
  var exclusion: Exclusion?
  var warnings: [String] = []
  var findings: [Finding] = []
  var unresolved: SweepReading.UnresolvedFolder?
  var isScanned = false
  var resolution: Resolution?
  var log = ""
  var readings: RunReadings?
  var description = RunDescription()
  var lastStep: (step: Double, gap: Double)?

  init(
    _ folder: SweepFolder, path: String, name: String, settings: SweepSettings,
    run: RunFolder? = nil
  ) {
    self.run = run
    self.folder = folder
    self.path = path
    self.name = name
    self.settings = settings
  }

  /// Reads the constants and the log; what is wrong becomes an exclusion.
  mutating func read() {
    do {
      let door = try folder.door().folder(path)
      defer { inputs = door.ledger.paths }
      let run = try run ?? RunFolder(door)
      let configuration = try run.readConstants(in: door)
      try scan(run, configuration, door)
    } catch let located as LocatedFault {
      exclude(inside(located.file), located.fault)
    } catch let fault as LogFault {
      exclude(path, fault)
    } catch {
      exclude(path, LogFault("cannot be read"))
    }
  }

  private func inside(_ file: String) -> String { path == "." ? file : path + "/" + file }

  private mutating func exclude(_ file: String, _ fault: LogFault) {
    let place = SourceLocation(file: folder.shown(file), line: fault.line, column: fault.column)
    exclusion = Exclusion(
      run: name.visible,
      why: "\(place): \(fault.message); the run is excluded: "
        + (fault.fix ?? "mend the log or leave the run out"))
  }

  /// Scans the log, again if a column that came late changes what another one means, if rows are
  /// to be passed over that later ones replace, or if the loss is that of a part of training, whose
  /// end is known at the end.
  private mutating func scan(
    _ run: RunFolder, _ configuration: Configuration, _ door: Door
  ) throws {
    let constants = configuration.constants.map(\.name)
    let numbers = Self.factors(configuration, settings.mapping)
    let plansSteps = RunDescription(configuration, dataColumn: nil).plannedSteps != nil
    var names: [String] = []
    var known: Set<String> = []
    func begin(
      _ restarts: Restarts? = nil, bounds: ClosedRange<Double>? = nil
    ) -> HistoryScan {
      var scan = HistoryScan(
        Resolution(settings.mapping, columns: names, constants: constants), take: settings.take,
        constants: numbers, restarts: restarts, bounds: bounds, notesSteps: plansSteps)
      scan.allNames = known
      return scan
    }
    var current = begin()
    while true {
      var repeated: Set<String> = []
      var lastColumns: ColumnNames?
      var firstFault: LocatedFault?
      var notes: [(String, String)] = []
      try run.read(in: door) { record, file in
        switch record {
        case .fault(let fault):
          if firstFault == nil { firstFault = .init(file: file, fault: fault) }
        case .note(let text): if notes.count < 20 { notes.append((file, text)) }
        case .row(let row):
          if row.columns !== lastColumns {
            lastColumns = row.columns
            repeated.formUnion(row.columns.repeated)
            let new = row.columns.names.filter { known.insert($0).inserted }
            names += new
            if current.rows == 0, !new.isEmpty { current = begin() }
          }
          current.add(row, file: file)
        }
      }
      if let firstFault { throw firstFault }
      let used = current.resolution.columns.values.flatMap(\.names)
      if let twice = used.filter(repeated.contains).sorted().first {
        throw LocatedFault(
          file: run.logPath,
          fault: LogFault(
            line: 1, "column \(twice.quoted) is there twice", fix: "rename one of them"))
      }
      let final = begin()
      var restarts = current.restarts
      let hasReplaced = !restarts.isEmpty && !restarts.isExhausted
      let bounds = current.lastKey.flatMap { settings.within?.bounds($0) }
      if final.resolution != current.resolution {
        current = final
      } else if hasReplaced || (bounds != nil && !current.isBounded) {
        restarts.close()
        current = begin(hasReplaced ? restarts : nil, bounds: bounds)
      } else {
        let first = restarts.first
        if restarts.isExhausted, let first {
          warnings.append(
            "\(SourceLocation(file: folder.shown(inside(first.file)), line: first.line)): the rows "
              + "are in no order; the last row counts")
        }
        for (file, text) in notes { note(.damaged, inside(file), text) }
        break
      }
      if known.count > 100_000 { throw LogFault("the log has more than 100,000 columns") }
      passes += 1
      // Each pass adds columns or finds restarts, which both come to an end.
      if passes > 8 { throw LogFault("the columns of the log do not settle") }
    }
    guard current.rows > 0 else {
      throw LocatedFault(file: run.logPath, fault: LogFault("the log holds no rows"))
    }
    if let fault = faultOfPart(current, names) {
      throw LocatedFault(file: run.logPath, fault: fault)
    }
    finish(current, run, configuration, columns: names)
  }

  private var passes = 0

  /// Why there is no loss in the part of training that sweep.yml asks for.
  private func faultOfPart(_ scan: HistoryScan, _ names: [String]) -> LogFault? {
    guard let part = settings.within, let loss = scan.resolution.columns[.loss],
      loss.names.allSatisfy(names.contains)
    else { return nil }
    guard scan.isBounded else {
      return LogFault(
        "`loss.within` needs rows with the data seen, a step or an epoch, and the log has none",
        fix: "log one of them, or take `within` out of sweep.yml")
    }
    guard scan.loss.result == nil, scan.last(.loss) != nil else { return nil }
    return LogFault(
      "\(loss.name.visible) was not logged \(part)",
      fix: "widen `loss.within` in sweep.yml, or evaluate more often")
  }

  /// Notes a loss that is of a denser model than the run ends with.
  private mutating func noteEarlyLoss(_ scan: HistoryScan) {
    guard settings.take != .last || settings.within != nil,
      let then = scan.loss.leastSparsity, let now = scan.sparsity, now - then > 0.05 * now,
      let loss = scan.loss.result
    else { return }
    note(
      .earlyLoss, inside(scan.name(ofFile: loss.file)), line: loss.line,
      "the loss is taken where sparsity is \(RunJudgement.shown(then)), and the run ends at "
        + RunJudgement.shown(now),
      action: "kept: choose its rows with `within` in sweep.yml, as in "
        + "`loss: {within: {from: 0.75}}`")
  }

  /// The numbers of the constants that are factors of a product.
  private static func factors(
    _ configuration: Configuration, _ mapping: Mapping
  ) -> [String: Double] {
    var numbers: [String: Double] = [:]
    for case .column(let column) in mapping.sources.values where column.names.count > 1 {
      for name in column.names {
        if case .number(let number)? = configuration[name]?.value.number { numbers[name] = number }
      }
    }
    return numbers
  }

  private mutating func note(
    _ kind: Finding.Kind, _ file: String, line: Int? = nil, _ message: String,
    action: String = "kept"
  ) {
    findings.append(
      Finding(
        run: name.visible, kind: kind,
        location: SourceLocation(file: folder.shown(file), line: line), message: message,
        action: action))
  }

  private mutating func finish(
    _ scan: HistoryScan, _ run: RunFolder, _ configuration: Configuration, columns names: [String]
  ) {
    log = folder.shown(inside(scan.lastPlace.file))
    let location = SourceLocation(file: log, line: scan.lastPlace.line)
    isScanned = true
    if !scan.resolution.problems.isEmpty {
      let all = names + configuration.constants.map(\.name).filter { !names.contains($0) }
      unresolved = SweepReading.UnresolvedFolder(
        run: name.visible, location: SourceLocation(file: log), columns: all,
        resolution: scan.resolution, advice: run.log.adviceOnConstants)
      guard scan.resolution.blockingProblems.isEmpty else { return }
    }
    var readings = RunReadings(fallbackName: name, location: location)
    for quantity in Quantity.allCases {
      guard let column = scan.resolution.columns[quantity] else { continue }
      let found = quantity == .loss ? scan.loss.result : scan.last(quantity)
      var times = column.times
      if column.names.count > 1 {
        // The scan has multiplied what the rows give; constants are still to come.
        times *= constantFactor(column, names, configuration)
      }
      var place = found.map { (file: scan.name(ofFile: $0.file), line: $0.line) }
      var value = found?.value
      if found == nil, !column.names.contains(where: names.contains) {
        let constants = column.names.compactMap { configuration[$0] }
        value =
          constants.count == 1
          ? constants[0].value : Product.value(constants.map(\.value))
        place = (constants.first?.file ?? run.logPath, constants.first?.line)
        times = column.times
      }
      readings.readings[quantity] = RunReadings.Reading(
        value: value ?? .missing, column: column.name, times: times, isDensity: column.isDensity,
        location: SourceLocation(
          file: folder.shown(inside(place?.file ?? scan.lastPlace.file)),
          line: place.map(\.line) ?? scan.lastPlace.line))
    }
    readings.history = scan.checkpoints
    self.readings = readings
    resolution = scan.resolution
    description = RunDescription(
      configuration,
      dataColumn: scan.resolution.columns[.data].flatMap {
        $0.names.count == 1 && names.contains($0.names[0]) ? $0.names[0] : nil
      })
    lastStep = scan.lastStep.map { ($0, scan.stepGap) }
    noteEarlyLoss(scan)
    if scan.replaced > 0, let first = scan.firstRestart {
      note(
        .restarted, inside(first.file), line: first.line,
        "the log goes back here (was the run restarted?)",
        action: "kept: \(scan.replaced) row\(scan.replaced == 1 ? "" : "s") written again later "
          + "\(scan.replaced == 1 ? "was" : "were") dropped")
    }
  }

  /// The product of a column's factors that are constants of the run.
  private func constantFactor(
    _ column: Resolution.Column, _ names: [String], _ configuration: Configuration
  ) -> Double {
    column.names.filter { !names.contains($0) }.reduce(1) { product, name in
      guard case .number(let number)? = configuration[name]?.value.number else { return .nan }
      return product * number
    }
  }
}
