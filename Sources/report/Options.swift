import ArgumentParser
import CairoRendering
import Foundation
import Plotting
import ReportPipeline
import ScalingLaws

/// Which sweeps, for every command.
struct DataOptions: ParsableArguments {
  @Argument(help: "The folder of sweeps, or of one sweep.", completion: .directory)
  var data: String

  @Option(name: .customLong("sweep"), help: "Only this sweep; may be repeated.")
  var sweeps: [String] = []
}

/// How the law is fitted, for every command that fits.
struct FitArguments: ParsableArguments {
  @Option(help: "Starting points of each fit.")
  var starts = 200

  @Option(help: "Bootstrap replicates for intervals; 0 for none.")
  var bootstrap = 1_000

  @Option(help: "Seed of starting points and bootstrap.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "The law to conclude from, in place of the one that sweep.yml names: "
        + "\(Laws.all().map(\.key).joined(separator: ", ")).", valueName: "name"))
  var law: String?

  @Option(help: "Threads to use; no result depends on it. (default: all cores)")
  var threads: Int?

  @Flag(help: "Print errors only.")
  var quiet = false

  func validate() throws {
    guard (1...1_000_000).contains(starts) else {
      throw ValidationError("--starts takes a number from 1 to 1000000")
    }
    guard bootstrap == 0 || (10...1_000_000).contains(bootstrap) else {
      throw ValidationError("--bootstrap takes 0 or a number from 10 to 1000000")
    }
    do throws(CannotFit) { try Laws.check(law) } catch { throw ValidationError("\(error)") }
    guard threads.map({ (1...4_096).contains($0) }) ?? true else {
      throw ValidationError("--threads takes a number from 1 to 4096")
    }
  }

  func apply(to options: inout PipelineOptions) {
    options.fit.starts = starts
    options.fit.bootstrap = bootstrap
    options.fit.seed = seed
    options.fit.law = law
    options.fit.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
  }
}

/// What the commands that make a report have in common.
struct ReportArguments: ParsableArguments {
  @OptionGroup var data: DataOptions

  @Option(help: "The folder of the report.", completion: .directory)
  var output = "Output"

  @Option(
    help: "A folder of templates to use instead of those that the program carries.",
    completion: .directory)
  var templates: String?

  @Option(help: "Figure formats, with commas between them: png, svg, pdf.")
  var format = "png,svg,pdf"

  @Option(help: "Size and style of figures: \(Preset.all.map(\.name).joined(separator: ", ")).")
  var preset = Preset.default.name

  @Option(help: "Sizes and sparsities within this relative loss of the best count as equally good.")
  var tolerance = 0.001

  @OptionGroup var fit: FitArguments

  func validate() throws {
    _ = try formats
    try Amount.checkTolerance(tolerance)
    guard Preset.named(preset) != nil else {
      let known = Preset.all.map(\.name).joined(separator: ", ")
      throw ValidationError("there is no preset '\(preset)'; the presets are \(known)")
    }
  }

  private var formats: [ImageFormat] {
    get throws {
      let names = format.split(separator: ",").map { $0.filter { $0 != " " }.lowercased() }
      guard !names.isEmpty else { throw ValidationError("--format needs at least one format") }
      let chosen = try names.map { name in
        guard let format = ImageFormat(rawValue: name) else {
          throw ValidationError("there is no format '\(name)'; the formats are png, svg and pdf")
        }
        return format
      }
      return ImageFormat.allCases.filter(chosen.contains)
    }
  }

  var pipelineOptions: PipelineOptions {
    get throws {
      var options = PipelineOptions(data: data.data)
      options.sweeps = data.sweeps
      options.output = output
      options.templates = templates
      options.formats = try formats
      options.preset = Preset.named(preset) ?? .default
      fit.apply(to: &options)
      options.fit.tolerance = tolerance
      return options
    }
  }

  /// Shows what is under way, unless --quiet.
  var progress: @Sendable (Pipeline.Stage, String, Int, Int) -> Void {
    let isQuiet = fit.quiet
    return { stage, name, number, count in
      if !isQuiet { Console.progress(stage, name, number, of: count) }
    }
  }
}

/// Quantities of questions: parameters, data, FLOPs.
enum Amount {
  /// A decimal number from 1 to 1e40, perhaps with a suffix: `300k`, `1.5B`, `1e20`.
  static func parse(_ text: String) throws -> Double {
    let suffixes: [UInt8: Double] = [
      UInt8(ascii: "k"): 1e3, UInt8(ascii: "K"): 1e3, UInt8(ascii: "M"): 1e6,
      UInt8(ascii: "B"): 1e9, UInt8(ascii: "G"): 1e9, UInt8(ascii: "T"): 1e12,
    ]
    var digits = Array(text.utf8)
    var factor = 1.0
    if let last = digits.last, let suffix = suffixes[last] {
      digits.removeLast()
      factor = suffix
    }
    // Swift would read "nan", "0x10" and "infinity" as well.
    let isDecimal = digits.allSatisfy { "0123456789.eE+-".utf8.contains($0) }
    guard isDecimal, let value = Double(String(decoding: digits, as: UTF8.self)) else {
      throw ValidationError(
        "it is no number such as 300000, 3e5, 300k, 10M, 1.5B (or 1.5G) or 2T")
    }
    guard value * factor >= 1, value * factor <= 1e40 else {
      throw ValidationError("it takes a number from 1 to 1e40")
    }
    return value * factor
  }

  static func checkTolerance(_ tolerance: Double) throws {
    guard tolerance >= 0, tolerance < 1 else {
      throw ValidationError("--tolerance takes a number from 0 to below 1")
    }
  }
}

/// Loads and fits the one sweep that a question is about.
func analyseOne(
  _ data: DataOptions, _ fit: FitArguments, tolerance: Double? = nil
) throws -> SweepAnalysis {
  var options = PipelineOptions(data: data.data)
  options.sweeps = data.sweeps
  fit.apply(to: &options)
  if let tolerance { options.fit.tolerance = tolerance }
  let pipeline = Pipeline(options)
  return try reportingFaults { () throws(PipelineError) in
    let sweeps = try pipeline.load()
    guard sweeps.count == 1 else {
      throw .invalid([
        "\(options.data) holds \(sweeps.count) sweeps; name one with --sweep: "
          + sweeps.map(\.name).joined(separator: ", ")
      ])
    }
    return try pipeline.analyse(sweeps)[0]
  }
}
