import Foundation

/// The reading of one sweep, step by step.
struct SweepReading {
  let folder: SweepFolder
  var errors: [SweepError] = []
  var settings = SweepSettings()
  var runs: [TrainingRun] = []
  var exclusions: [Exclusion] = []
  var warnings: [String] = []
  var missing: [MissingFile] = []
  var columns: [MappedColumn] = []
  var findings: [Finding] = []
  /// What is known of runs beside their quantities.
  var judgements: [RunKey: Judgement] = [:]
  /// Dense counts taken from a bare name such as `params`.
  var genericCounts: [(file: String, column: String)] = []
  /// Folder names that more than one run folder has.
  var ambiguousNames: Set<String> = []
  /// Run folders that were scanned, and those of them whose columns do not give every quantity.
  var scannedFolders = 0
  var unresolved: [UnresolvedFolder] = []
  /// The runs of chart exports, which a table beside them completes.
  var charts = ChartRuns()
  /// Through which everything is read; its ledger knows the inputs.
  let door: Door

  struct UnresolvedFolder: Sendable {
    var run: String
    var location: SourceLocation
    var columns: [String]
    var resolution: Resolution
    /// What to do where the run's constants are missing; nil for the usual advice.
    var advice: String?
  }

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
    findAmbiguousNames(sources)
    readCharts(sources)
    // Folders between two tables are read together; the order stays that of the sources.
    var folders: [String] = []
    for source in sources {
      switch source {
      case .runFolder(let path): folders.append(path)
      case .table(let path):
        readRunFolders(folders)
        folders = []
        if !charts.files.contains(path) { readTable(path) }
      }
    }
    readRunFolders(folders)
    readChartRuns()
    judgeUnresolvedFolders()
    addPoints()
    resolveDuplicates()
    applyExcludeRules()
    judgeRuns()
    applyHoldout()
    warnAboutGenericCounts()
    let hasCause = !settings.published.isEmpty || !settings.points.isEmpty || !missing.isEmpty
    if errors.isEmpty, runs.isEmpty, !hasCause {
      errors.append(
        SweepError(
          location: place,
          exclusions.isEmpty
            ? "there are no runs"
            : "none of the \(exclusions.count) runs that were read is valid",
          fix: exclusions.first.map { "the first: \($0.why)" }
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

  private mutating func findAmbiguousNames(_ sources: [RunSource]) {
    var seen: Set<String> = []
    for case .runFolder(let path) in sources where !seen.insert(path.lastComponent).inserted {
      ambiguousNames.insert(path.lastComponent)
    }
  }

  mutating func exclude(_ run: String, _ why: String, cause: Exclusion.Cause = .fault) {
    exclusions.append(Exclusion(run: run, why: why, cause: cause))
  }

  mutating func keep(_ readings: RunReadings) {
    do throws(RunFault) {
      runs.append(try readings.assemble())
    } catch {
      exclude(error.run, error.why)
    }
  }

  private func sweep() -> Sweep {
    let dataColumn = columns.first { $0.quantity == Quantity.data.rawValue && $0.times == 1 }
    return Sweep(
      name: folder.name, title: settings.title ?? folder.name, source: settings.source,
      lossUnit: settings.mapping.units[.loss] ?? "",
      dataUnit: settings.mapping.units[.data]
        ?? dataColumn.flatMap { ConventionalNames.dataUnit(of: $0.column) } ?? "tokens",
      residual: settings.residual, huberDelta: settings.huberDelta, holdout: settings.holdout,
      refit: settings.refit, compute: settings.compute, published: settings.published,
      law: settings.law, notes: settings.notes,
      runs: runs, exclusions: exclusions, warnings: warnings, missingFiles: missing,
      inputs: door.ledger.paths.map {
        InputFile(path: $0, url: URL(fileURLWithPath: folder.root + "/" + $0))
      }, columns: columns,
      runsRead: runs.count + exclusions.count - runs.count { $0.role == .excluded },
      findings: orderedFindings())
  }
}
