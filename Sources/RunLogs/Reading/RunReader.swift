/// Reads one run: a function of its files and of sweep.yml alone, so that several can be read at a
/// time.
struct RunReader: Sendable {
  let folder: SweepFolder
  /// The run folder, below the sweep's.
  let path: String
  /// The run's name where its logs give none.
  let name: String
  var settings: SweepSettings
  /// The run's log, where it is known and not looked for in its folder.
  var log: RunLog?
  /// Which rows of the log are observations.
  var observations = TableShape.Observations.last
  /// How many of its rows are kept.
  var mostHistory = Thinned<LoggedRow>.capacity

  /// Reads the constants and the log; what is wrong becomes an exclusion.
  func read() -> RunReading {
    var reading = RunReading(run: name.visible)
    do {
      let door = try folder.door().folder(path)
      defer { reading.inputs = door.ledger.paths }
      try door.within(".") { try finish(scan(door), &reading) }
    } catch {
      reading.exclusion = Exclusion(run: name.visible, Fault(error))
    }
    return reading
  }

  /// A log that was read, with what was met on the way.
  private struct Scan {
    /// Stands in the run's folder.
    let door: Door
    let log: RunLog
    let constants: Hyperparameters
    let pass: RowPass
    /// The names of all columns.
    let names: [String]
    let notes: [(file: String, text: String)]

    func place(_ file: String, _ line: Int?) -> SourceLocation {
      SourceLocation(file: door.shown(file), line: line)
    }

    func place(_ value: LoggedValue) -> SourceLocation {
      place(pass.name(ofFile: value.file), value.line)
    }
  }

  /// Reads the log in one pass for its columns, which a line that comes late may change; and where
  /// it has restarts, or where the loss is that of a part of training, whose end is known at the
  /// end, in another for both.
  private func scan(_ door: Door) throws -> Scan {
    let log = try log ?? RunLog(in: door)
    let constants = try log.readConstants(in: door)
    var columns = MetColumns()
    var notes: [(file: String, text: String)] = []
    func meaning() -> Columns {
      Columns(
        settings.mapping, columns: columns.names, constants: constants.constants.map(\.name),
        isHistory: true)
    }
    func pass(
      _ given: Columns?, restarts: Restarts? = nil, bounds: ClosedRange<Double>? = nil
    ) throws -> RowPass {
      func begin(_ columns: Columns) -> RowPass {
        RowPass(
          columns, constants: { constants[$0]?.value ?? .missing },
          take: observations != .last ? .every : settings.take, restarts: restarts, bounds: bounds,
          mostHistory: mostHistory)
      }
      var pass = given.map(begin)
      var firstFault: Fault?
      notes = []
      try log.format.read(door, log.files) { record, file in
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
      guard var pass else { throw Fault("the log holds no rows") }
      pass.finish()
      return pass
    }

    do {
      var last = try pass(nil)
      if meaning() != last.columns { last = try pass(meaning()) }
      let used = last.columns.sources.values.flatMap(\.formula.names)
      if let twice = used.filter(columns.repeated.contains).sorted().first {
        throw Fault(
          line: 1, "column \(twice.quoted) is there twice", fix: "rename one of them")
      }
      let isOrdered = !last.found.isExhausted
      if !isOrdered, let first = last.found.first {
        let text = "line \(first.line ?? 1): the rows are in no order; the last row counts"
        notes.append((first.file, text))
      }
      let restarts = last.found.isEmpty || !isOrdered ? nil : last.found
      let bounds = last.lastKey.flatMap { settings.within?.bounds($0) }
      if restarts != nil || bounds != nil {
        last = try pass(last.columns, restarts: restarts, bounds: bounds)
      }
      if let fault = faultOfWindow(last) { throw fault }
      return Scan(
        door: door, log: log, constants: constants, pass: last, names: columns.names, notes: notes)
    } catch {
      throw Fault(error).at(file: door.shown(log.files.first ?? "."))
    }
  }

  /// Why there is no loss where sweep.yml asks for it, or are too many.
  private func faultOfWindow(_ pass: RowPass) -> Fault? {
    guard !pass.window.isOverfull else {
      return Fault(
        "the run has more than \(grouped(Double(LossWindow.most))) losses to choose "
          + "`checkpoints` from", fix: "log fewer, or write `checkpoints: last`")
    }
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
  /// The run's name, as messages call it until its log gives another.
  let run: String
  /// The files that were opened, from the data root.
  var inputs: [String] = []
  var exclusion: Exclusion?
  var findings: [Finding] = []
  /// What the columns of the log mean; nil where it was not read to its end.
  var columns: Columns?
  /// The log's file, for messages, and the names of its columns and constants where `columns` has
  /// problems.
  var file = ""
  var names: [String] = []
  /// What to do where the run's constants are missing; nil for the usual advice.
  var advice: String?
  /// One, or one for each checkpoint that is an observation.
  var drafts: [RunDraft] = []
  var end = RunEnd()
}

/// The names of a log's columns, as its rows are met.
struct MetColumns {
  private(set) var names: [String] = []
  private(set) var repeated: Set<String> = []
  private var known: Set<String> = []
  private var last: ColumnNames?

  /// Takes in the columns of a row; throws where there are too many to hold.
  mutating func meet(_ columns: ColumnNames) throws {
    guard columns !== last else { return }
    last = columns
    repeated.formUnion(columns.repeated)
    names += columns.names.filter { known.insert($0).inserted }
    if names.count > 100_000 { throw Fault("the log has more than 100,000 columns") }
  }
}

/// From passes to drafts and findings.
extension RunReader {
  /// Takes what a log says of the run, of each of its observations.
  private func finish(_ scan: Scan, _ reading: inout RunReading) throws {
    let pass = scan.pass
    for (file, text) in scan.notes { note(.damaged, scan.place(file, nil), text, to: &reading) }
    reading.columns = pass.columns
    reading.file = scan.door.shown(pass.lastPlace.file)
    reading.advice = scan.log.adviceOnConstants
    if !pass.columns.problems.isEmpty {
      let constants = scan.constants.constants.map(\.name)
      reading.names = scan.names + constants.filter { !scan.names.contains($0) }
    }
    guard pass.columns.blockingProblems.isEmpty else { return }
    reading.end = end(pass, scan.constants)
    let observed = observed(pass)
    guard observed.count <= SweepLoader.mostRuns else {
      throw Fault(
        "the run has \(grouped(Double(observed.count))) checkpoints, more than a sweep may have "
          + "runs", fix: "choose some, as in `checkpoints: {at: [1000, 2000]}`"
      ).at(file: scan.door.shown(scan.log.files.first ?? "."))
    }
    for (index, taken) in observed.enumerated() {
      var draft = draft(scan, taken)
      // Of checkpoints the last alone has the course of the run, which is drawn once.
      if index == observed.count - 1, case .number(let data)? = draft.cells[.data]?.value {
        draft.history = pass.history(endingAt: pass.end.number(.data) ?? data)
      }
      if let taken, observations != .last, let place = taken.step ?? taken.key {
        draft.trajectory = name.visible
        draft.fallbackName += "@" + grouped(place)
        // The checkpoint is no finished run, and nothing is judged of its end.
        reading.end = RunEnd()
      }
      reading.drafts.append(draft)
    }
    noteRest(scan, to: &reading)
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

  /// The run as of a row with a loss: all quantities by then; without one as of the end of the log.
  private func draft(_ scan: Scan, _ taken: LossWindow.Taken?) -> RunDraft {
    let pass = scan.pass
    // What was logged by the row of the loss; what came only later, such as a last count, too.
    var values = taken?.values ?? pass.end
    values.fill(from: pass.end)
    let last = scan.place(pass.lastPlace.file, pass.lastPlace.line)
    var draft = RunDraft(
      fallbackName: name, location: taken.map { scan.place($0.loss) } ?? last)
    for (quantity, source) in pass.columns.sources {
      guard source.isLogged else {
        draft.cells[quantity] = constant(source.formula, scan)
        continue
      }
      let found =
        quantity == .loss
        ? taken?.loss : quantity.isNumeric ? values[quantity] : pass.text(quantity)
      draft.cells[quantity] = RunDraft.Cell(
        found?.value ?? .missing, source.formula, found.map(scan.place) ?? last)
    }
    draft.add(constantsOf: settings.mapping)
    draft.settings = RunSettings.of(scan.constants)
    let seedName = RunSettings.seedName(among: scan.constants.constants.map(\.name))
    draft.seed = RunSettings.seed(seedName.flatMap { scan.constants[$0]?.value.text })
    draft.isLogged = true
    return draft
  }

  /// A quantity that the run's constants give.
  private func constant(_ formula: Formula, _ scan: Scan) -> RunDraft.Cell {
    let first = formula.names.lazy.compactMap { scan.constants[$0] }.first
    return RunDraft.Cell(
      formula.value { scan.constants[$0]?.value ?? .missing }, formula,
      scan.place(first?.file ?? scan.log.files.first ?? ".", first?.line))
  }

  /// How the run ended, against how it was to.
  private func end(_ pass: RowPass, _ constants: Hyperparameters) -> RunEnd {
    let taken = pass.window.result
    let data = pass.columns.sources[.data].flatMap { $0.isLogged ? $0.formula : nil }
    var end = RunEnd(plan: RunPlan(constants, data: data))
    // Of the least loss the row is any; else the run counts as far as it was evaluated.
    let ofLoss = settings.take != .min && settings.within == nil && taken != nil
    if data != nil {
      end.data = ofLoss ? pass.window.keys : RowPass.Progress(pass.lastKey)
      end.loggedData = pass.lastKey
    }
    end.steps = ofLoss && taken?.step != nil ? pass.window.steps : pass.steps
    end.loggedStep = pass.steps.last
    return end
  }

  /// Notes a loss that is not of the end of the log, and what was dropped.
  private func noteRest(_ scan: Scan, to reading: inout RunReading) {
    let pass = scan.pass
    if let taken = pass.window.result {
      let isChosen = settings.take != .last || settings.within != nil
      if isChosen, let then = pass.window.leastSparsity, let now = pass.end.number(.sparsity),
        now - then > 0.05 * now
      {
        note(
          .earlyLoss, scan.place(taken.loss),
          "the loss is taken where sparsity is \(RunJudgement.shown(then)), and the run ends at "
            + RunJudgement.shown(now),
          action: "kept: choose its rows with `within` in sweep.yml, as in "
            + "`loss: {within: {from: 0.75}}`", to: &reading)
      } else if settings.take != .min, settings.within == nil, let key = taken.key,
        let last = pass.lastKey, last - key > 0.01 * last
      {
        let unit = pass.columns.order == .data ? "data" : "step"
        note(
          .earlyLoss, scan.place(taken.loss),
          "the last loss is that of \(unit) \(grouped(key)), and the log goes on to "
            + grouped(last),
          action: "kept with what was logged by then", to: &reading)
      }
    }
    if pass.replaced > 0, let first = pass.firstRestart {
      let rows = pass.replaced == 1 ? "1 row" : "\(pass.replaced) rows"
      note(
        .restarted, scan.place(first.file, first.line),
        "the log goes back here (was the run restarted?)",
        action: "kept: \(rows) written again later \(pass.replaced == 1 ? "was" : "were") dropped",
        to: &reading)
    }
  }

  private func note(
    _ kind: Finding.Kind, _ place: SourceLocation, _ message: String, action: String = "kept",
    to reading: inout RunReading
  ) {
    reading.findings.append(
      Finding(run: name.visible, kind: kind, location: place, message: message, action: action))
  }
}
