/// Reads one run: a function of its files and of sweep.yml alone, so that several can be read at a
/// time.
struct RunReader: Sendable {
  let folder: SweepFolder
  /// The run folder, below the sweep's.
  let path: String
  /// The run's name where its logs give none.
  let name: String
  let settings: SweepSettings
  /// The run's files, where they are known and not looked for in its folder.
  var run: RunFolder?
  /// Which rows of the log are observations.
  var observations = TableShape.Observations.last

  /// Reads the constants and the log; what is wrong becomes an exclusion.
  func read() -> RunReading {
    var reading = RunReading(name: name.visible)
    do {
      let door = try folder.door().folder(path)
      defer { reading.inputs = door.ledger.paths }
      let run = try run ?? RunFolder(door)
      let configuration = try run.readConstants(in: door)
      let log = try scan(run, configuration, door)
      finish(log, run, configuration, &reading)
    } catch {
      reading.exclusion = exclusion(path, Fault(error))
    }
    return reading
  }

  private func inside(_ file: String) -> String { path == "." ? file : path + "/" + file }

  private func exclusion(_ file: String, _ fault: Fault) -> Exclusion {
    Exclusion(run: name.visible, fault.at(file: folder.shown(file)))
  }

  /// A log that was read, with the names of all its columns.
  private struct Log {
    var pass: RowPass
    var names: [String]
    var notes: [(file: String, text: String)]
  }

  /// Reads the log in one pass for its columns, which a line that comes late may change; and where
  /// it has restarts, or where the loss is that of a part of training, whose end is known at the
  /// end, in another for both.
  private func scan(
    _ run: RunFolder, _ configuration: Configuration, _ door: Door
  ) throws -> Log {
    let constants = configuration.constants.map(\.name)
    let logFile = door.shown(run.logPath)
    var columns = MetColumns()
    func meaning() -> Columns {
      Columns(settings.mapping, columns: columns.names, constants: constants, isHistory: true)
    }
    var notes: [(file: String, text: String)] = []
    func pass(
      _ given: Columns?, restarts: Restarts? = nil, bounds: ClosedRange<Double>? = nil
    ) throws -> RowPass {
      func begin(_ columns: Columns) -> RowPass {
        RowPass(
          columns, constants: { configuration[$0]?.value ?? .missing },
          take: observations != .last ? .every : settings.take, restarts: restarts, bounds: bounds)
      }
      var pass = given.map(begin)
      var firstFault: Fault?
      notes = []
      try run.read(in: door) { record, file in
        switch record {
        case .fault(let fault): firstFault = firstFault ?? fault.at(file: door.shown(file))
        case .note(let text): if notes.count < 20 { notes.append((file, text)) }
        case .row(let row):
          try columns.meet(row.columns)
          if pass == nil { pass = begin(meaning()) }
          pass?.add(row, file: file)
        }
      }
      if let firstFault { throw firstFault }
      guard var pass else {
        throw Fault("the log holds no rows").at(file: logFile)
      }
      pass.finish()
      return pass
    }

    var log = try pass(nil)
    if meaning() != log.columns { log = try pass(meaning()) }
    let used = log.columns.sources.values.flatMap(\.formula.names)
    if let twice = used.filter(columns.repeated.contains).sorted().first {
      throw Fault(
        line: 1, "column \(twice.quoted) is there twice", fix: "rename one of them"
      ).at(file: logFile)
    }
    let isOrdered = !log.found.isExhausted
    if !isOrdered, let first = log.found.first {
      notes.append(
        (
          first.file,
          "line \(first.line ?? 1): the rows are in no order; the last row counts"
        ))
    }
    let restarts = log.found.isEmpty || !isOrdered ? nil : log.found
    let bounds = log.lastKey.flatMap { settings.within?.bounds($0) }
    if restarts != nil || bounds != nil {
      log = try pass(log.columns, restarts: restarts, bounds: bounds)
    }
    if log.window.isOverfull {
      throw Fault(
        "the run has more than \(grouped(Double(LossWindow.most))) losses to choose "
          + "`checkpoints` from", fix: "log fewer, or write `checkpoints: last`"
      ).at(file: logFile)
    }
    if let fault = faultOfPart(log, columns.names) { throw fault.at(file: logFile) }
    return Log(pass: log, names: columns.names, notes: notes)
  }

  /// Why there is no loss in the part of training that sweep.yml asks for.
  private func faultOfPart(_ pass: RowPass, _ names: [String]) -> Fault? {
    guard let part = settings.within, let loss = pass.columns.sources[.loss], loss.isLogged else {
      return nil
    }
    guard pass.isBounded else {
      return Fault(
        "`loss.within` needs rows with the data seen, a step or an epoch, and the log has none",
        fix: "log one of them, or take `within` out of sweep.yml")
    }
    guard pass.window.result == nil, pass.end.has(.loss) else { return nil }
    return Fault(
      "\(loss.formula.name.visible) was not logged \(part)",
      fix: "widen `loss.within` in sweep.yml, or evaluate more often")
  }
}

/// What came of the reading of one run.
struct RunReading: Sendable {
  var name: String
  /// The files that were opened, from the data root.
  var inputs: [String] = []
  var exclusion: Exclusion?
  var warnings: [String] = []
  var findings: [Finding] = []
  /// The columns of a log that was read to its end, and its file for messages.
  var columns: (meaning: Columns, log: String)?
  var unresolved: UnresolvedLog?
  /// One, or one for each checkpoint that is an observation.
  var readings: [RunReadings] = []
  var end = RunEnd()
}

/// A log whose columns do not give every quantity.
struct UnresolvedLog: Sendable {
  var run: String
  var location: SourceLocation
  var names: [String]
  var columns: Columns
  /// What to do where the run's constants are missing; nil for the usual advice.
  var advice: String?
}

/// The names of a log's columns, as its rows are met.
struct MetColumns {
  private(set) var names: [String] = []
  private(set) var repeated: Set<String> = []
  private var known: Set<String> = []
  private var last: ColumnNames?

  mutating func meet(_ columns: ColumnNames) throws {
    guard columns !== last else { return }
    last = columns
    repeated.formUnion(columns.repeated)
    names += columns.names.filter { known.insert($0).inserted }
    if names.count > 100_000 { throw Fault("the log has more than 100,000 columns") }
  }
}

/// From passes to readings and findings.
extension RunReader {
  private func finish(
    _ log: Log, _ run: RunFolder, _ configuration: Configuration, _ reading: inout RunReading
  ) {
    let pass = log.pass
    for (file, text) in log.notes { note(.damaged, inside(file), text, to: &reading) }
    let file = folder.shown(inside(pass.lastPlace.file))
    reading.columns = (pass.columns, file)
    if !pass.columns.problems.isEmpty {
      let all = log.names + configuration.constants.map(\.name).filter { !log.names.contains($0) }
      reading.unresolved = UnresolvedLog(
        run: name.visible, location: SourceLocation(file: file), names: all,
        columns: pass.columns, advice: run.log.adviceOnConstants)
      guard pass.columns.blockingProblems.isEmpty else { return }
    }
    reading.end = end(pass, pass.window.result, configuration)
    let observed = observed(pass)
    guard observed.count <= SweepLoader.mostRuns else {
      reading.exclusion = exclusion(
        inside(run.logPath),
        Fault(
          "the run has \(grouped(Double(observed.count))) checkpoints, more than a sweep may have "
            + "runs", fix: "choose some, as in `checkpoints: {at: [1000, 2000]}`"))
      return
    }
    for (index, taken) in observed.enumerated() {
      var readings = readings(pass, taken, run, configuration)
      // Of checkpoints the last alone has the course of the run, which is drawn once.
      if index == observed.count - 1, case .number(let data)? = readings.readings[.data]?.value {
        readings.history = pass.history(endingAt: pass.end.number(.data) ?? data)
      }
      if let taken, observations != .last, let place = taken.step ?? taken.key {
        readings.trajectory = name.visible
        readings.fallbackName += "@" + grouped(place)
        // The checkpoint is no finished run, and nothing is judged of its end.
        reading.end = RunEnd()
      }
      reading.readings.append(readings)
    }
    noteRest(pass, pass.window.result, to: &reading)
  }

  /// The rows with a loss that are observations: one, unless checkpoints are.
  private func observed(_ pass: RowPass) -> [LossWindow.Taken?] {
    if observations == .last { return [pass.window.result] }
    guard case .at(let steps) = observations else { return pass.window.all }
    return pass.window.all.filter { taken in
      (taken.step ?? taken.key).map { place in
        steps.contains { abs($0 - place) <= 1e-9 * abs($0) }
      } ?? false
    }
  }

  private func readings(
    _ pass: RowPass, _ taken: LossWindow.Taken?, _ run: RunFolder,
    _ configuration: Configuration
  ) -> RunReadings {
    // What was logged by the row of the loss; what came only later, such as a last count, too.
    var values = taken?.values ?? pass.end
    values.fill(from: pass.end)
    let last = SourceLocation(
      file: folder.shown(inside(pass.lastPlace.file)), line: pass.lastPlace.line)
    var readings = RunReadings(
      fallbackName: name, location: location(pass, taken?.loss) ?? last)
    for (quantity, source) in pass.columns.sources {
      guard source.isLogged else {
        readings.readings[quantity] = constant(source.formula, run, configuration)
        continue
      }
      let found =
        quantity == .loss
        ? taken?.loss : quantity.isNumeric ? values[quantity] : pass.text(quantity)
      readings.readings[quantity] = RunReadings.Reading(
        found?.value ?? .missing, source.formula, location(pass, found) ?? last)
    }
    readings.add(constantsOf: settings.mapping)
    readings.settings = RunSettings.of(configuration)
    let seedName = RunSettings.seedName(among: configuration.constants.map(\.name))
    readings.seed = RunSettings.seed(seedName.flatMap { configuration[$0]?.value.text })
    readings.isLogged = true
    return readings
  }

  private func location(_ pass: RowPass, _ value: LoggedValue?) -> SourceLocation? {
    value.map {
      SourceLocation(file: folder.shown(inside(pass.name(ofFile: $0.file))), line: $0.line)
    }
  }

  /// A quantity that the run's constants give.
  private func constant(
    _ formula: Formula, _ run: RunFolder, _ configuration: Configuration
  ) -> RunReadings.Reading {
    let first = formula.names.lazy.compactMap { configuration[$0] }.first
    return RunReadings.Reading(
      formula.value { configuration[$0]?.value ?? .missing }, formula,
      SourceLocation(file: folder.shown(inside(first?.file ?? run.logPath)), line: first?.line))
  }

  /// How the run ended, against how it was to.
  private func end(
    _ pass: RowPass, _ taken: LossWindow.Taken?, _ configuration: Configuration
  ) -> RunEnd {
    let data = pass.columns.sources[.data]
    var end = RunEnd(
      plan: RunPlan(configuration, data: data?.isLogged == true ? data?.formula : nil))
    // Of the least loss the row is any; else the run counts as far as it was evaluated.
    let ofLoss = settings.take != .min && settings.within == nil && taken != nil
    if data?.isLogged == true {
      end.data = ofLoss ? pass.window.keys : RowPass.Progress(pass.lastKey)
      end.loggedData = pass.lastKey
    }
    end.steps = ofLoss && taken?.step != nil ? pass.window.steps : pass.steps
    end.loggedStep = pass.steps.last
    return end
  }

  /// Notes a loss that is not of the end of the log, and what was dropped.
  private func noteRest(
    _ pass: RowPass, _ taken: LossWindow.Taken?, to reading: inout RunReading
  ) {
    if let taken, settings.take != .last || settings.within != nil,
      let then = pass.window.leastSparsity, let now = pass.end.number(.sparsity),
      now - then > 0.05 * now
    {
      note(
        .earlyLoss, inside(pass.name(ofFile: taken.loss.file)), line: taken.loss.line,
        "the loss is taken where sparsity is \(RunJudgement.shown(then)), and the run ends at "
          + RunJudgement.shown(now),
        action: "kept: choose its rows with `within` in sweep.yml, as in "
          + "`loss: {within: {from: 0.75}}`", to: &reading)
    } else if let taken, settings.take != .min, settings.within == nil, let key = taken.key,
      let last = pass.lastKey, last - key > 0.01 * last
    {
      let unit = pass.columns.order == .data ? "data" : "step"
      note(
        .earlyLoss, inside(pass.name(ofFile: taken.loss.file)), line: taken.loss.line,
        "the last loss is that of \(unit) \(grouped(key)), and the log goes on to \(grouped(last))",
        action: "kept with what was logged by then", to: &reading)
    }
    if pass.replaced > 0, let first = pass.firstRestart {
      let rows = pass.replaced == 1 ? "1 row" : "\(pass.replaced) rows"
      note(
        .restarted, inside(first.file), line: first.line,
        "the log goes back here (was the run restarted?)",
        action: "kept: \(rows) written again later \(pass.replaced == 1 ? "was" : "were") dropped",
        to: &reading)
    }
  }

  private func note(
    _ kind: Finding.Kind, _ file: String, line: Int? = nil, _ message: String,
    action: String = "kept", to reading: inout RunReading
  ) {
    reading.findings.append(
      Finding(
        run: name.visible, kind: kind,
        location: SourceLocation(file: folder.shown(file), line: line), message: message,
        action: action))
  }
}
