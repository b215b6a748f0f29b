import Dispatch
import Foundation

extension SweepReading {
  /// Reads run folders, several at a time, and takes in what they give in their order.
  mutating func readRunFolders(_ paths: [String]) {
    read(
      paths.map { RunFolderReading(folder, path: $0, name: runName($0), settings: settings) })
  }

  /// Reads runs, several at a time, and takes in what they give in their order.
  mutating func read(_ jobs: [RunFolderReading]) {
    guard !jobs.isEmpty else { return }
    for reading in Self.concurrently(jobs) { take(in: reading) }
  }

  private static func concurrently(_ jobs: [RunFolderReading]) -> [RunFolderReading] {
    let results = Results(jobs)
    DispatchQueue.concurrentPerform(iterations: jobs.count) { index in
      var reading = jobs[index]
      reading.read()
      results[index] = reading
    }
    return results.all
  }

  /// Readings that several threads fill in, each at its own place.
  private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private var readings: [RunFolderReading]

    init(_ readings: [RunFolderReading]) { self.readings = readings }

    subscript(index: Int) -> RunFolderReading {
      get { lock.withLock { readings[index] } }
      set { lock.withLock { readings[index] = newValue } }
    }

    var all: [RunFolderReading] { lock.withLock { readings } }
  }

  /// The name of a run folder's run where its logs give none: the folder's, with the folders
  /// above it where another has the same.
  private func runName(_ path: String) -> String {
    if path == "." { return folder.name }
    return ambiguousNames.contains(path.lastComponent) ? path : path.lastComponent
  }

  private mutating func take(in reading: RunFolderReading) {
    door.ledger.note(reading.inputs)
    warnings += reading.warnings
    if let exclusion = reading.exclusion { exclusions.append(exclusion) }
    if reading.isScanned { scannedFolders += 1 }
    if let folder = reading.unresolved { unresolved.append(folder) }
    guard var readings = reading.readings else { return }
    addConstants(to: &readings)
    if let resolution = reading.resolution { note(resolution, in: reading.log) }
    let before = runs.count
    let beforeExclusions = exclusions.count
    keep(readings)
    if runs.count > before {
      let factor = readings.readings[.data]?.times ?? 1
      judgements[RunKey(runs[before])] = Judgement(
        description: reading.description, lastStep: reading.lastStep,
        lastData: runs[before].data / factor, dataFactor: factor)
      let name = runs[before].name
      findings += reading.findings.map {
        var finding = $0
        finding.run = name
        return finding
      }
    } else {
      findings += reading.findings
      if exclusions.count > beforeExclusions { noteFault(exclusions[beforeExclusions], readings) }
    }
  }

  /// Lists a run whose last loss is no number among the findings too.
  private mutating func noteFault(_ exclusion: Exclusion, _ readings: RunReadings) {
    guard let loss = readings.readings[.loss], case .fault(let what) = loss.value.number,
      ["NaN", "infinite", "minus infinity"].contains(what)
    else { return }
    findings.append(
      Finding(
        run: exclusion.run, kind: .diverged, location: loss.location,
        message: "\(loss.column.visible) is \(what)", action: "excluded"))
  }
}
