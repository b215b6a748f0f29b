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
  var settings = SweepSettings()
  var missing: [MissingFile] = []
  var columns: [MappedColumn] = []
  /// The runs, what was left out, and what was noticed.
  var review = Review()
  /// Dense counts taken from a bare name such as `params`.
  var genericCounts: [(file: String, column: String)] = []
  /// Logs that were read, and those of them whose columns do not give every quantity.
  var logsRead = 0
  var unresolved: [UnresolvedLog] = []
  /// The runs of chart exports, which a table beside them completes.
  var charts = ChartRuns()
  var lossIsTraining = false
  /// Tables of one run a row, of which `take` has nothing to choose.
  var singleRowTables: [String] = []
  /// Whether there is too much of something, of which there is an error.
  private var isOverfull = false
  /// The bytes that the settings of the runs take, and the most of them.
  private var settingsSize = 0
  private static let mostSettings = 128 << 20
  /// Tables that convention found and whose columns do not make them tables of runs.
  var passedOver: [(file: String, names: [String])] = []
  /// The most rows of one table.
  var mostRows = SweepLoader.mostRows

  init(_ folder: SweepFolder) {
    self.folder = folder
    // The folder's name was found by listing the root, so it leads nowhere else.
    door = (try? folder.door()) ?? Door(folder.path)
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
      errors.append(
        Fault(
          at: settings.sweepsByLocation,
          "`sweeps_by` names \(column.quoted), which no row of a table has",
          fix: "it is a column of tables; runs in folders are parted by folders"))
    }
    addPoints()
    warnAboutGenericCounts()
    errors += review.all(
      settings, place: place, isMissingFiles: !missing.isEmpty, units: dataUnit)
    refuseTakeOfTables()
    if errors.isEmpty, review.runs.isEmpty, review.exclusions.isEmpty, let table = passedOver.first
    {
      let columns = Columns(settings.mapping, columns: table.names)
      for problem in columns.problems { report(problem, in: table.file, columns: table.names) }
    }
    let hasCause = !settings.published.isEmpty || !settings.points.isEmpty || !missing.isEmpty
    if errors.isEmpty, review.runs.isEmpty, !hasCause {
      errors.append(
        Fault(
          at: place,
          review.exclusions.isEmpty
            ? "there are no runs"
            : review.exclusions.count == 1
              ? "the one run that was read is not valid"
              : "none of the \(review.exclusions.count) runs that were read is valid",
          fix: review.exclusions.first.map { "the first: \($0.why)" }
            ?? "put logs there, or name them under `runs`"))
    }
    return errors.isEmpty ? sweep() : nil
  }

  /// sweep.yml, or the folder where there is none.
  var place: SourceLocation {
    let name = SweepLoader.settingsFile
    let isThere = door.ledger.contains(folder.fromRoot(name))
    return SourceLocation(file: isThere ? folder.shown(name) : folder.shown)
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

/// Settings and sources.
extension SweepReader {
  /// Reads sweep.yml, where there is one.
  mutating func readSettings() {
    let name = SweepLoader.settingsFile
    let location = SourceLocation(file: folder.shown(name))
    guard door.kind(name) != .absent else {
      if let misnamed = (try? door.names())?.first(where: SweepLoader.isMisnamedSettings) {
        errors.append(
          Fault(
            at: SourceLocation(file: folder.shown(misnamed)),
            "the sweep is described in \(misnamed.quoted)", fix: "rename it to sweep.yml"))
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
      errors.append(Fault(error).at(file: location.file))
    }
  }

  mutating func findSources() -> [RunSource] {
    let finder =
      settings.runs.map { SourceFinder(folder, door, entries: $0) }
      ?? SourceFinder(conventional: folder, door)
    errors += finder.errors
    review.warnings += finder.warnings
    missing += finder.missing
    return finder.errors.isEmpty ? finder.sources : []
  }

  /// Adds the measurements typed into sweep.yml.
  private mutating func addPoints() {
    for point in settings.points {
      var readings = RunReadings(fallbackName: point.run, location: point.location)
      func add(_ quantity: Quantity, _ value: Value) {
        readings.readings[quantity] = RunReadings.Reading(
          value, Formula(column: quantity.rawValue), point.location)
      }
      for (quantity, value) in point.values { add(quantity, .number(value)) }
      if let pattern = point.pattern { add(.pattern, .text("\(pattern)")) }
      if let parent = point.parent { add(.parent, .text(parent)) }
      do throws(Fault) {
        review.runs.append(.init(run: try readings.assemble()))
      } catch {
        // A point is part of sweep.yml, where a fault is the sweep's.
        errors.append(
          Fault(
            at: point.location, "point \(point.run.quoted): \(error.message)",
            fix: error.fix))
      }
    }
  }

  /// `take` and `within` choose among the rows of a run: a table of one row a run has no choice.
  private mutating func refuseTakeOfTables() {
    guard settings.take != .last || settings.within != nil, logsRead == 0,
      let table = singleRowTables.first
    else { return }
    errors.append(
      Fault(
        at: settings.takeLocation ?? place,
        "`loss.\(settings.within == nil ? "take" : "within")` chooses among the logged rows of a "
          + "run, and \(table.visible) has one row a run",
        fix: "take it out, or say which rows are of one run, as in "
          + "`runs: {path: ..., run: [column], step: column}`"))
  }
}

/// Runs.
extension SweepReader {
  /// Reads the sources in their order; logs between two tables are read together.
  private mutating func readRuns(of sources: [RunSource]) {
    let paths = sources.compactMap { source -> String? in
      if case .runFolder(let path) = source { return path }
      return nil
    }
    let counts = Dictionary(grouping: paths, by: \.lastComponent).mapValues(\.count)
    func reader(_ path: String) -> RunReader {
      let name = path.lastComponent
      return RunReader(
        folder: folder, path: path,
        name: path == "." ? folder.name : counts[name, default: 0] > 1 ? path : name,
        settings: settings)
    }
    let fileName = Self.naming(sources)
    var waiting: [RunReader] = []
    for source in sources {
      switch source {
      case .runFolder(let path): waiting.append(reader(path))
      case .file(let path, let shape, let content):
        if let file = self.reader(ofFile: path, shape, content, name: fileName(path)) {
          waiting.append(file)
        }
      case .table(let path) where charts.files.contains(path): break
      case .table(let path):
        read(waiting)
        waiting = []
        readTable(path)
      }
    }
    read(waiting)
    read(
      charts.finished().map {
        RunReader(
          folder: folder, path: ".", name: $0.name, settings: settings, run: RunFolder($0.log))
      })
  }

  /// Whether a sweep may have so many more runs; else that is an error.
  mutating func hasRoom(for more: Int, _ file: String? = nil) -> Bool {
    let known = review.runs.count + review.exclusions.count
    if !isOverfull, more > SweepLoader.mostRuns - known {
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
    errors.append(
      Fault(at: file.map { SourceLocation(file: $0) } ?? place, message, fix: fix))
  }

  /// Reads runs, several at a time, and takes in what they give in their order.
  mutating func read(_ readers: [RunReader]) {
    guard hasRoom(for: readers.count) else { return }
    // Of a run that gives many what was read takes some room, until the bounds are looked at.
    let size = readers.contains { $0.observations != .last } ? 4 : 256
    for start in stride(from: 0, to: readers.count, by: size) {
      let some = Array(readers[start..<min(start + size, readers.count)])
      for reading in concurrently(some, { $0.read() }) {
        guard hasRoom(for: max(reading.readings.count, 1)) else { return }
        take(in: reading)
      }
    }
  }

  private mutating func take(in reading: RunReading) {
    door.ledger.note(reading.inputs)
    review.warnings += reading.warnings
    if let exclusion = reading.exclusion { review.exclusions.append(exclusion) }
    if reading.columns != nil { logsRead += 1 }
    if let log = reading.unresolved { unresolved.append(log) }
    if let (columns, file) = reading.columns, !reading.readings.isEmpty {
      note(columns, in: file)
    }
    for readings in reading.readings {
      guard let name = keep(readings, reading.end) else {
        review.findings += reading.findings
        continue
      }
      review.findings += reading.findings.map { finding in
        var finding = finding
        finding.run = name
        return finding
      }
    }
  }

  /// Keeps a run or excludes it for its fault; returns its name where it is kept.
  @discardableResult
  mutating func keep(_ readings: RunReadings, _ end: RunEnd = RunEnd()) -> String? {
    settingsSize += readings.settings.reduce(0) {
      $0 + $1.key.utf8.count + $1.value.utf8.count + 64
    }
    guard settingsSize <= Self.mostSettings else {
      refuse(
        "the settings of the runs take more than \(ByteStream.shown(size: Self.mostSettings))",
        "leave out columns or constants that are no settings, or part the runs into several sweeps")
      return nil
    }
    do throws(Fault) {
      let run = try readings.assemble()
      review.runs.append(.init(run: run, end: end))
      return run.name
    } catch {
      let run = readings.shownName
      review.exclusions.append(Exclusion(run: run, error))
      noteDivergence(run, readings)
      return nil
    }
  }

  /// Lists a run whose last loss is no number among the findings too.
  private mutating func noteDivergence(_ run: String, _ readings: RunReadings) {
    guard let loss = readings.readings[.loss], case .fault(let what) = loss.value.number,
      ["NaN", "infinite", "minus infinity"].contains(what), readings.isLogged
    else { return }
    review.findings.append(
      Finding(
        run: run, kind: .diverged, location: loss.location,
        message: "\(loss.formula.name.visible) is \(what)", action: "excluded"))
  }
}

/// Maps several elements at a time; the results are in the order of the elements.
func concurrently<Element: Sendable, Result: Sendable>(
  _ elements: [Element], _ body: @escaping @Sendable (Element) -> Result
) -> [Result] {
  let results = Mutexed([Result?](repeating: nil, count: elements.count))
  DispatchQueue.concurrentPerform(iterations: elements.count) { index in
    let result = body(elements[index])
    results.set(index, result)
  }
  return results.all.compactMap { $0 }
}

/// Results that several threads fill in, each at its own place.
private final class Mutexed<Result: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var results: [Result?]

  init(_ results: [Result?]) { self.results = results }

  func set(_ index: Int, _ result: Result) { lock.withLock { results[index] = result } }

  var all: [Result?] { lock.withLock { results } }
}
