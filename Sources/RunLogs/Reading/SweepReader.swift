import Dispatch
import Foundation

/// Reads one sweep: folders, then sources, then runs, then a look at them all.
struct SweepReader {
  let folder: SweepFolder
  /// Through which everything is read; its ledger knows the inputs.
  let door: Door
  private(set) var errors: [Fault] = []
  /// Faults of columns that were told, without their files: their places in `errors`, and in how
  /// many files each is.
  private var reported: [(error: Fault, index: Int, files: Int, message: String)] = []
  private(set) var settings = SweepSettings()
  private var missing: [MissingFile] = []
  var columns: [MappedColumn] = []
  /// The runs, what was left out, and what was noticed.
  var review = Review()
  /// Dense counts taken from a bare name such as `params`.
  var genericCounts: [(file: String, column: String)] = []
  /// How many logs were read, and those of them whose columns do not give every quantity.
  private var logsRead = 0
  private var unresolved: [RunReading] = []
  /// The runs of chart exports, which a table beside them completes.
  var charts = ChartRuns()
  var lossIsTraining = false
  /// A table of one run a row, of which `take` has nothing to choose.
  var singleRowTable: String?
  /// Whether there is too much of something, of which there is an error.
  private var isOverfull = false
  /// The bytes that the settings of the runs take, and the most of them.
  private var settingsSize = 0
  private static let mostSettings = 128 << 20
  /// The first table that convention found and whose columns do not make it one of runs.
  var passedOver: (file: String, names: [String])?
  /// The most rows of one table.
  var mostRows = SweepLoader.mostRows

  init(_ folder: SweepFolder) {
    self.folder = folder
    // The folder's name was found by listing the root, so it leads nowhere else.
    door = (try? folder.door()) ?? Door(folder.root)
  }

  /// Reads everything; nil if there are errors.
  mutating func read() -> Sweep? {
    readSettings()
    // Files that are absent show together with the faults of sweep.yml.
    let sources = findSources()
    guard errors.isEmpty else { return nil }
    readCharts(sources)
    readRuns(of: sources)
    guard !isOverfull else { return nil }
    judgeUnresolved()
    if errors.isEmpty, folder.part == nil, let column = settings.sweepsBy {
      fail(
        settings.sweepsByLocation,
        "`sweeps_by` names \(column.quoted), which no row of a table has",
        fix: "it is a column of tables; runs in folders are parted by folders")
    }
    addPoints()
    warnAboutGenericCounts()
    errors += review.all(
      settings, place: place, isMissingFiles: !missing.isEmpty, units: dataUnit)
    refuseTakeOfTables()
    refuseEmptiness()
    return errors.isEmpty ? sweep() : nil
  }

  /// sweep.yml, or the folder where there is none.
  var place: SourceLocation {
    let isThere = (try? door.fromRoot(SweepLoader.settingsFile)).map(door.ledger.contains) ?? false
    return SourceLocation(file: door.shown(isThere ? SweepLoader.settingsFile : "."))
  }

  /// The unit of the data, as sweep.yml or the column's name says.
  private var dataUnit: String {
    let column = columns.first { $0.quantity == Quantity.data.rawValue && $0.times == 1 }
    return settings.mapping.units[.data]
      ?? column.flatMap { ConventionalNames.dataUnit(of: $0.column) } ?? "tokens"
  }

  private func sweep() -> Sweep {
    let loss = columns.filter { $0.quantity == Quantity.loss.rawValue }.map(\.column)
    return Sweep(
      name: folder.name, title: settings.title ?? folder.name, source: settings.source,
      lossUnit: settings.mapping.units[.loss]
        ?? loss.lazy.compactMap(ConventionalNames.lossUnit(of:)).first ?? "",
      dataUnit: dataUnit, residual: settings.residual, huberDelta: settings.huberDelta,
      holdout: settings.holdout, refit: settings.refit, compute: settings.compute,
      published: settings.published, law: settings.law, notes: settings.notes,
      lossIsTraining: lossIsTraining,
      runs: review.runs.map(\.run), exclusions: review.exclusions,
      warnings: review.warnings.map(\.shortened),
      keptBest: settings.keepsBestOver.isEmpty
        ? nil : KeptBest(over: settings.keepsBestOver, notBest: review.notBest),
      missingFiles: missing,
      inputs: door.ledger.paths.map {
        InputFile(path: $0, url: URL(fileURLWithPath: folder.root + "/" + $0))
      }, columns: columns, runsRead: review.runsRead, findings: review.orderedFindings)
  }
}

/// Faults of the sweep.
extension SweepReader {
  mutating func fail(_ fault: Fault) { errors.append(fault) }

  mutating func fail(_ place: SourceLocation?, _ message: String, fix: String? = nil) {
    errors.append(Fault(at: place, message, fix: fix))
  }

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

  /// Whether a sweep may have so many more runs; else that is an error.
  mutating func hasRoom(for more: Int, _ file: String? = nil) -> Bool {
    let known = review.runs.count + review.exclusions.count
    if more > SweepLoader.mostRuns - known {
      refuse(
        "the sweep has more than \(grouped(Double(SweepLoader.mostRuns))) runs",
        "choose rows of tables with `where`, say which rows are of one run, as in "
          + "`runs: {path: ..., run: [column], step: column}`, or part the runs into several sweeps",
        file)
    }
    return !isOverfull
  }

  /// Refuses a sweep of which there is too much of something, told once.
  private mutating func refuse(_ message: String, _ fix: String, _ file: String? = nil) {
    guard !isOverfull else { return }
    isOverfull = true
    fail(file.map { SourceLocation(file: $0) } ?? place, message, fix: fix)
  }

  /// `take` and `within` choose among the rows of a run: a table of one row a run has no choice.
  private mutating func refuseTakeOfTables() {
    guard settings.take != .last || settings.within != nil, logsRead == 0,
      let table = singleRowTable
    else { return }
    fail(
      settings.takeLocation ?? place,
      "`loss.\(settings.within == nil ? "take" : "within")` chooses among the logged rows of a "
        + "run, and \(table.visible) has one row a run",
      fix: "take it out, or say which rows are of one run, as in "
        + "`runs: {path: ..., run: [column], step: column}`")
  }

  /// Refuses a sweep without anything to conclude from.
  private mutating func refuseEmptiness() {
    guard errors.isEmpty, review.runs.isEmpty else { return }
    let excluded = review.exclusions
    if excluded.isEmpty, let (file, names) = passedOver {
      for problem in Columns(settings.mapping, columns: names).problems {
        report(problem, in: file, columns: names)
      }
    }
    let hasCause = !settings.published.isEmpty || !settings.points.isEmpty || !missing.isEmpty
    guard errors.isEmpty, !hasCause else { return }
    fail(
      place,
      excluded.isEmpty
        ? "there are no runs"
        : excluded.count == 1
          ? "the one run that was read is not valid"
          : "none of the \(excluded.count) runs that were read is valid",
      fix: excluded.first.map { "the first: \($0.why)" }
        ?? "put logs there, or name them under `runs`")
  }

  /// Decides on runs whose columns do not give every quantity: what none of them gives is the
  /// sweep's fault, else those that need it are excluded.
  private mutating func judgeUnresolved() {
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
}

/// Settings and sources.
extension SweepReader {
  /// Reads sweep.yml, where there is one.
  mutating func readSettings() {
    let name = SweepLoader.settingsFile
    let location = SourceLocation(file: door.shown(name))
    guard door.kind(name) != .absent else {
      if let misnamed = (try? door.names())?.first(where: SweepLoader.isSettings) {
        fail(
          SourceLocation(file: door.shown(misnamed)),
          "the sweep is described in \(misnamed.quoted)", fix: "rename it to sweep.yml")
      }
      return
    }
    do {
      let bytes = try door.stream(name).all(atMost: YAMLDocument.largest)
      let document = try YAMLDocument(bytes)
      guard let root = document.root, !root.isNull else {
        throw Fault("the file is empty", fix: "describe the sweep in it, or remove it")
      }
      if let anchor = document.anchor { throw anchor }
      let faults = SettingsFaults(file: location.file)
      settings = SweepSettings(root: root, faults: faults)
      errors += faults.errors
      if let part = folder.part {
        settings.title = settings.title.map { "\($0): \(part.value)" }
        settings.filters.append(
          RowFilter(
            column: part.column, condition: .oneOf([part.value]),
            location: settings.sweepsByLocation ?? location))
      }
    } catch {
      fail(Fault(error).at(location))
    }
  }

  mutating func findSources() -> [RunSource] {
    let finder = SourceFinder(door, entries: settings.runs)
    errors += finder.errors
    review.warnings += finder.warnings
    missing += finder.missing
    return finder.errors.isEmpty ? finder.sources : []
  }

  /// Adds the measurements typed into sweep.yml.
  private mutating func addPoints() {
    for point in settings.points {
      var draft = RunDraft(fallbackName: point.run, location: point.location)
      func add(_ quantity: Quantity, _ value: Value) {
        draft.cells[quantity] = RunDraft.Cell(
          value, Formula(column: quantity.rawValue), point.location)
      }
      for (quantity, value) in point.values { add(quantity, .number(value)) }
      if let pattern = point.pattern { add(.pattern, .text("\(pattern)")) }
      if let parent = point.parent { add(.parent, .text(parent)) }
      do throws(Fault) {
        review.runs.append(.init(run: try draft.assemble()))
      } catch {
        // A point is part of sweep.yml, where a fault is the sweep's.
        fail(point.location, "point \(point.run.quoted): \(error.message)", fix: error.fix)
      }
    }
  }
}

/// Runs.
extension SweepReader {
  /// Reads the sources in their order; logs between two tables are read together.
  private mutating func readRuns(of sources: [RunSource]) {
    let counts = Dictionary(grouping: sources.filter { $0.kind == .runFolder }) {
      $0.path.lastComponent
    }.mapValues(\.count)
    let fileName = Self.naming(sources)
    var waiting: [RunReader] = []
    for source in sources {
      let name = source.path.lastComponent
      switch source.kind {
      case .runFolder:
        waiting.append(
          reader(
            source.path,
            name: source.path == "."
              ? folder.name : counts[name, default: 0] > 1 ? source.path : name))
      case .file:
        if let file = reader(ofFile: source, name: fileName(source.path)) { waiting.append(file) }
      case .table where charts.files.contains(source.path): break
      case .table:
        read(waiting)
        waiting = []
        readTable(source)
      }
    }
    read(waiting)
    read(charts.finished().map { reader(".", name: $0.name, $0.log) })
  }

  /// - Parameters:
  ///   - path: the run's folder, below the sweep's.
  ///   - log: nil where it is looked for in the folder.
  ///   - shape: what sweep.yml says of the rows.
  func reader(
    _ path: String, name: String, _ log: RunLog? = nil, _ shape: TableShape? = nil
  ) -> RunReader {
    var reader = RunReader(folder: folder, path: path, name: name, settings: settings, log: log)
    if let shape {
      reader.settings.mapping.step = shape.step
      reader.observations = shape.observations
    }
    return reader
  }

  /// Reads runs, several at a time, and takes in what they give in their order.
  mutating func read(_ readers: [RunReader]) {
    guard hasRoom(for: readers.count) else { return }
    // Of a run that gives many what was read takes some room, until the bounds are looked at.
    let size = readers.contains { $0.observations != .last } ? 4 : 256
    for start in stride(from: 0, to: readers.count, by: size) {
      for reading in concurrently(readers[start...].prefix(size), { $0.read() }) {
        guard hasRoom(for: max(reading.drafts.count, 1)) else { return }
        take(in: reading)
      }
    }
  }

  private mutating func take(in reading: RunReading) {
    door.ledger.note(reading.inputs)
    if let exclusion = reading.exclusion { review.exclusions.append(exclusion) }
    if let columns = reading.columns {
      logsRead += 1
      if !columns.problems.isEmpty { unresolved.append(reading) }
      if !reading.drafts.isEmpty { note(columns, in: reading.file) }
    }
    for draft in reading.drafts {
      let name = keep(draft, reading.end)
      review.findings += reading.findings.map { finding in
        var finding = finding
        finding.run = name ?? finding.run
        return finding
      }
    }
  }

  /// Keeps a run or excludes it for its fault; returns its name where it is kept.
  @discardableResult
  mutating func keep(_ draft: RunDraft, _ end: RunEnd = RunEnd()) -> String? {
    settingsSize += draft.settings.reduce(0) {
      $0 + $1.key.utf8.count + $1.value.utf8.count + 64
    }
    guard settingsSize <= Self.mostSettings else {
      refuse(
        "the settings of the runs take more than \(ByteStream.shown(size: Self.mostSettings))",
        "leave out columns or constants that are no settings, or part the runs into several sweeps")
      return nil
    }
    do throws(Fault) {
      let run = try draft.assemble()
      review.runs.append(.init(run: run, end: end))
      return run.name
    } catch {
      let run = draft.shownName
      review.exclusions.append(Exclusion(run: run, error))
      // A run whose last loss is no number is listed among the findings, too.
      if draft.isLogged, let loss = draft.cells[.loss], case .fault(let what) = loss.value.number,
        ["NaN", "infinite", "minus infinity"].contains(what)
      {
        review.findings.append(
          Finding(
            run: run, kind: .diverged, location: loss.location,
            message: "\(loss.formula.name.visible) is \(what)", action: "excluded"))
      }
      return nil
    }
  }
}

/// Maps several elements at a time; the results are in the order of the elements.
private func concurrently<Element: Sendable, Result: Sendable>(
  _ elements: ArraySlice<Element>, _ body: @Sendable (Element) -> Result
) -> [Result] {
  Array(unsafeUninitializedCapacity: elements.count) { buffer, count in
    // Each place is written exactly once.
    nonisolated(unsafe) let places = buffer
    DispatchQueue.concurrentPerform(iterations: elements.count) { index in
      places.initializeElement(at: index, to: body(elements[elements.startIndex + index]))
    }
    count = elements.count
  }
}
