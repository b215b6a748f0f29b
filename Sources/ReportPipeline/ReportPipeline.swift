import CairoRendering
import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Synchronization

/// The whole job: load, fit, check, solve, draw, write.
public struct Pipeline: Sendable {
  /// A step of one sweep, for progress.
  public enum Stage: Sendable { case loading, fitting, drawing, writing }

  /// What a run came to.
  public struct Summary: Sendable {
    public var analyses: [SweepAnalysis]
    /// The folder that holds the report, as the user typed it.
    public var output: String
    public var fileCount: Int
    /// What the user should know, such as a replaced font.
    public var notices: [String]
  }

  public let options: PipelineOptions
  /// The most bytes that all sweeps may take in memory, about.
  package var mostBytes = 512 << 20
  /// Told what is under way: the stage, the sweep, its number and how many there are.
  private let progress: @Sendable (Stage, String, Int, Int) -> Void

  public init(
    _ options: PipelineOptions,
    progress: @escaping @Sendable (Stage, String, Int, Int) -> Void = { _, _, _, _ in }
  ) {
    self.options = options
    self.progress = progress
  }

  /// Makes the report and puts it in place of the old one; on any error the old one stays.
  public func run() throws(PipelineError) -> Summary {
    let output = OutputFolder(path: options.output)
    try output.check(dataRoot: URL(filePath: options.data))
    let templates = try loadTemplates()
    let renderer = try makeRenderer()
    let analyses = try loadAndAnalyse(for: output)
    let stage = try OutputStage(output)
    var notices = [renderer.fonts.report.fallbackNotice].compactMap { $0 }
    var fileCount = 1
    for (index, analysis) in analyses.enumerated() {
      progress(.drawing, analysis.sweep.name, index + 1, analyses.count)
      let document = try SweepDocument(analysis, templates, renderer, options)
      try stage.add(document.files, folder: OutputFolder.name(ofSweep: analysis.sweep.name))
      notices += document.notices
      fileCount += document.files.count
    }
    progress(.writing, options.output, 1, 1)
    try stage.publish { folder in
      let page = try IndexPage(folder, templates, output: options.output)
      notices += page.notices
      return page.bytes
    }
    notices += stage.kept.map { "\($0) is no longer made, was changed since it was, and stays" }
    return Summary(
      analyses: analyses, output: options.output, fileCount: fileCount, notices: notices)
  }

  /// Reads every sweep that was asked for; fails with the faults of all.
  public func load() throws(PipelineError) -> [Sweep] {
    let (sweeps, errors) = try read()
    guard errors.isEmpty else { throw PipelineError(errors) }
    return sweeps
  }

  /// The sweeps that could be read, and the faults of the others.
  private func read() throws(PipelineError) -> (sweeps: [Sweep], errors: [Fault]) {
    let folders: [SweepFolder]
    do {
      folders = try SweepLoader.discover(dataRoot: options.data, only: options.sweeps)
      let unnameable = folders.map(\.name).filter { $0.unicodeScalars.contains(where: \.isControl) }
      if let name = unnameable.first {
        throw Fault(
          "the name \(name.quoted) of a sweep's folder holds characters that nobody can see and "
            + "that change how a text reads", fix: "rename the folder")
      }
    } catch let error as Fault {
      throw PipelineError([error])
    } catch {
      throw .unreadable(["\(options.data): \(error.localizedDescription)"])
    }
    let bytes = Mutex(0)
    let results = parallelMap(count: folders.count, threads: options.fit.threads) { index in
      // Past the bound nothing more is read, and nothing is made of what was.
      if bytes.withLock({ $0 > mostBytes }) { return nil as Result<Sweep, SweepErrors>? }
      progress(.loading, folders[index].name, index + 1, folders.count)
      let result = SweepLoader.load(folders[index])
      if case .success(let sweep) = result { bytes.withLock { $0 += sweep.size } }
      return result
    }
    guard bytes.withLock({ $0 <= mostBytes }) else {
      throw .invalid([
        "\(options.data): the runs of all sweeps take more than \(mostBytes >> 20) MiB; name some "
          + "with --sweep, or part them into several folders"
      ])
    }
    var sweeps: [Sweep] = []
    var errors: [Fault] = []
    for result in results.compactMap(\.self) {
      switch result {
      case .success(let sweep): sweeps.append(sweep)
      case .failure(let failure): errors += failure.errors
      }
    }
    return (sweeps, errors)
  }

  /// Fits every sweep; fails with the faults of all.
  public func analyse(_ sweeps: [Sweep]) throws(PipelineError) -> [SweepAnalysis] {
    let (analyses, faults) = fit(sweeps)
    guard faults.isEmpty else { throw .invalid(faults) }
    return analyses
  }

  /// The analyses of the sweeps that can be fitted, and what is wrong with the others.
  private func fit(_ sweeps: [Sweep]) -> (analyses: [SweepAnalysis], faults: [String]) {
    var analyses: [SweepAnalysis] = []
    var faults: [String] = []
    for (index, sweep) in sweeps.enumerated() {
      progress(.fitting, sweep.name, index + 1, sweeps.count)
      do {
        analyses.append(try SweepAnalysis.analyse(sweep, options: options.fit))
      } catch {
        faults.append(CannotFitText.describe(error, sweep))
      }
    }
    return (analyses, faults)
  }

  /// Reads and fits; the faults of both are told together.
  private func loadAndAnalyse(for output: OutputFolder) throws(PipelineError) -> [SweepAnalysis] {
    let (sweeps, errors) = try read()
    try output.check(sweeps: sweeps.map(\.name))
    let (analyses, faults) = fit(sweeps)
    guard errors.isEmpty else { throw PipelineError(errors).adding(faults) }
    guard faults.isEmpty else { throw .invalid(faults) }
    return analyses
  }

  private func loadTemplates() throws(PipelineError) -> TemplateLibrary {
    if let path = options.templates {
      return try TemplateLibrary(folder: URL(filePath: path), name: path)
    }
    return try TemplateLibrary.builtIn()
  }

  private func makeRenderer() throws(PipelineError) -> CairoRenderer {
    do {
      return try CairoRenderer()
    } catch {
      throw .unreadable(["\(error)"])
    }
  }
}

/// The message for a sweep that cannot be fitted.
enum CannotFitText {
  static func describe(_ error: CannotFit, _ sweep: Sweep) -> String {
    var text = "\(sweep.name): the sweep cannot be fitted: \(error)"
    if !sweep.exclusions.isEmpty {
      text +=
        "; \(Words.count(sweep.exclusions.count, "run")) "
        + (sweep.exclusions.count == 1 ? "was" : "were") + " excluded, the first: "
        + "\(sweep.exclusions[0].run): \(sweep.exclusions[0].why)"
    }
    if !sweep.missingFiles.isEmpty {
      text += "; missing: " + sweep.missingFiles.map(\.path).joined(separator: ", ")
    }
    return text
  }
}
