import Dispatch
import Foundation

/// Reads one sweep: folders, then sources, then runs, then a look at them all.
struct SweepReader {
  let folder: SweepFolder
  /// Through which everything is read; its ledger knows the inputs.
  let door: Door
  var errors: [Fault] = []
  /// Faults of columns that were told, without their files: their places in `errors`, and in how
  /// many files each is.
  var reported: [(error: Fault, index: Int, files: Int, message: String)] = []
  private(set) var settings = SweepSettings()
  private var missing: [MissingFile] = []
  var columns: [MappedColumn] = []
  /// The runs, what was left out, and what was noticed.
  var review = Review()
  /// Dense counts taken from a bare name such as `params`.
  var genericCounts: [(file: String, column: String)] = []
  /// How many logs were read, and those of them whose columns do not give every quantity.
  var logsRead = 0
  var unresolved: [RunReading] = []
  /// The runs of chart exports, which a table beside them completes.
  var charts = ChartRuns()
  var lossIsTraining = false
  /// The first log of which a loss was taken that does not say of what data it is.
  var bareLoss: (file: String, column: String)?
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
    warnAboutBareLoss()
    errors += review.all(
      settings, place: place, isMissingFiles: !missing.isEmpty, units: dataUnit,
      columns: columns)
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
    var sweep = Sweep(
      name: folder.name, published: settings.published, runs: review.runs.map(\.run))
    sweep.title = settings.title ?? folder.name
    sweep.source = settings.source
    let loss = columns.filter { $0.quantity == Quantity.loss.rawValue }.map(\.column)
    sweep.lossUnit =
      settings.mapping.units[.loss]
      ?? loss.lazy.compactMap(ConventionalNames.lossUnit(of:)).first ?? ""
    sweep.dataUnit = dataUnit
    sweep.residual = settings.residual
    sweep.huberDelta = settings.huberDelta
    sweep.holdout = settings.holdout
    sweep.refit = settings.refit
    sweep.compute = settings.compute
    sweep.law = settings.law
    sweep.notes = settings.notes
    sweep.lossIsTraining = lossIsTraining
    sweep.exclusions = review.exclusions
    if !settings.keepsBestOver.isEmpty {
      sweep.keptBest = KeptBest(over: settings.keepsBestOver, notBest: review.notBest)
    }
    sweep.warnings = review.warnings.map(\.shortened)
    sweep.findings = review.orderedFindings
    sweep.missingFiles = missing
    sweep.inputs = door.ledger.paths.map {
      InputFile(path: $0, url: URL(fileURLWithPath: folder.root + "/" + $0))
    }
    sweep.columns = columns
    sweep.runsRead = review.runsRead
    return sweep
  }
}

/// Faults of the sweep.
extension SweepReader {
  mutating func fail(_ fault: Fault) { errors.append(fault) }

  mutating func fail(_ place: SourceLocation?, _ message: String, fix: String? = nil) {
    errors.append(Fault(at: place, message, fix: fix))
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
            column: part.column, oneOf: [part.value],
            location: settings.sweepsByLocation ?? location))
      }
    } catch {
      fail(Fault(error).at(location))
    }
  }

  /// Where the runs are; none where an entry of `runs` is wrong.
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
      do throws(Fault) {
        review.runs.append(.init(run: try point.assemble()))
      } catch {
        // A point is part of sweep.yml, where a fault is the sweep's.
        fail(point.location, "point \(point.fallbackName.quoted): \(error.message)", fix: error.fix)
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
    // What was read takes some room until the bounds are looked at, most of a run that gives many.
    let size = readers.contains { $0.observations != .last } ? 4 : 32
    let mostHistory = LoggedRow.most(ofRuns: review.runs.count + readers.count)
    for start in stride(from: 0, to: readers.count, by: size) {
      var some = readers[start...].prefix(size)
      for place in some.indices { some[place].mostHistory = mostHistory }
      for reading in concurrently(some, { $0.read() }) {
        guard hasRoom(for: max(reading.drafts.count, 1)) else { return }
        take(in: reading)
      }
    }
  }

  /// Takes in what came of a run: drafts are checked and become runs or exclusions.
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
        loss.value.double != nil
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
