import ArgumentParser
import ReportPipeline
import RunLogs

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the report again and compare it with the one in --output.",
    discussion: """
      Writes nothing to --output. Exits with 2 when the report no longer says what the data say: \
      files missing or too many, inputs, settings, numbers beyond a relative 1e-6, text, or what a \
      figure shows. Files that differ in bytes alone, as another version of Cairo writes them, are \
      noted; with --strict they count as well.

      EXAMPLE
        report check Data/ --output Output
      """)

  @OptionGroup var arguments: ReportArguments

  @Flag(help: "Exit with 2 also when files differ in bytes alone.")
  var strict = false

  /// The most lines for one file.
  private static let linesPerFile = 10

  func run() throws {
    let options = try arguments.pipelineOptions
    let isQuiet = arguments.fit.quiet
    let check = ReportCheck(options, progress: arguments.progress)
    let differences = try reportingFaults { () throws(PipelineError) in try check.run() }
    Console.clearLine()
    let drift = differences.filter { strict || $0.isDrift }
    for line in Self.lines(drift) { try Console.output(line.visible) }
    let notes = differences.filter { !$0.isDrift }
    if !strict, !notes.isEmpty, !isQuiet { Console.error(Self.note(notes)) }
    guard drift.isEmpty else {
      Console.error(Self.verdict(drift, options))
      throw ExitCode.drift
    }
    if !isQuiet { Console.error("\(options.output) is what \(options.data) gives") }
  }

  private static func lines(_ differences: [Difference]) -> [String] {
    var lines: [String] = []
    var rest = differences[...]
    while let path = rest.first?.path {
      let file = rest.prefix { $0.path == path }
      rest = rest.dropFirst(file.count)
      lines += file.prefix(linesPerFile).map(\.description)
      if file.count > linesPerFile {
        lines.append("\(path): and \(Words.count(file.count - linesPerFile, "more difference"))")
      }
    }
    return lines
  }

  /// Files that differ without saying anything else.
  private static func note(_ differences: [Difference]) -> String {
    "note: \(Words.count(differences.count, "file")) differ\(differences.count == 1 ? "s" : "") in "
      + "bytes alone, the first \(differences[0].path); numbers, text and pixels are the same "
      + "(--strict makes this an error)"
  }

  /// What to do about drift.
  private static func verdict(_ drift: [Difference], _ options: PipelineOptions) -> String {
    // Making the report again leaves these where they are.
    let absent = drift.compactMap(\.remains).map { "\(options.output)/\($0)" }
    let shown = absent.prefix(5).joined(separator: ", ") + (absent.count > 5 ? ", ..." : "")
    let first = absent.isEmpty ? "" : "remove \(shown), then "
    return "\(options.output) differs from what \(options.data) gives in "
      + "\(Words.count(drift.count, "place")) (\(tiers(drift))); \(first)run "
      + "`report \(options.data)` to bring it up to date"
  }

  /// How many differences there are of each tier.
  private static func tiers(_ drift: [Difference]) -> String {
    Difference.Tier.allCases.compactMap { tier in
      let count = drift.count { $0.tier == tier }
      return count > 0 ? "\(tier) \(count)" : nil
    }.joined(separator: ", ")
  }
}
