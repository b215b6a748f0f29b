import ArgumentParser
import Foundation
import ReportPipeline
import RunLogs

@main
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract:
      "Turns training logs, of sparse models or dense ones, into a scaling law, figures and a report.",
    discussion: """
      Reads each sweep below <data>, fits the sparsity scaling law, checks it on the held-out \
      largest model, solves for the optimal sparsity, draws every figure and writes a report \
      for each sweep.

      EXAMPLES
        report Data/
        report Data/ --sweep byte-lm --format pdf --preset icml
        report check Data/
        report inspect Data/
        report optimum Data/ --sweep byte-lm --nonzero-params 300k --flops 1e15

      EXIT CODES
        0 done; 1 a gate failed; 2 check found differences; 64 usage; 65 faulty data, sweep.yml
        or template; 74 something cannot be read or written
      """,
    version: ReportVersion.current,
    subcommands: [
      Generate.self, Check.self, Inspect.self, Initialise.self, Predict.self, Optimum.self,
      Templates.self,
    ],
    defaultSubcommand: Generate.self)

  /// As the argument parser's own, but that what it says of the arguments goes through `Console`.
  static func main() {
    Scratch.removeOnSignals()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      try refuseMisspeltCommand(arguments)
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      Console.exit(with: error, arguments)
    }
  }

  /// `report inpsect` would else look for a folder of that name.
  private static func refuseMisspeltCommand(_ arguments: [String]) throws {
    guard let word = arguments.first, word.utf8.first != UInt8(ascii: "-"),
      !FileManager.default.fileExists(atPath: word)
    else { return }
    let commands = configuration.subcommands.map { $0._commandName } + ["help"]
    guard !commands.contains(word), let likely = nearest(to: word, commands) else { return }
    throw ValidationError(
      "there is no command and no folder \(word.quoted); did you mean `report \(likely)`?")
  }
}

extension ExitCode {
  /// A gate that the user set has failed; the report is written.
  static let gateFailed = ExitCode(1)
  /// `check` found that the output differs.
  static let drift = ExitCode(2)
  /// Bad data, sweep.yml or template.
  static let badInput = ExitCode(65)
  /// Something cannot be read or written.
  static let inputOutput = ExitCode(74)

  init(_ error: PipelineError) {
    switch error {
    case .invalid: self = .badInput
    case .unreadable: self = .inputOutput
    }
  }
}

/// Runs `body`; on failure prints what is wrong, each fault on a line, and exits with its code.
func reportingFaults<Result>(_ body: () throws(PipelineError) -> Result) throws -> Result {
  do {
    return try body()
  } catch {
    Console.clearLine()
    for message in error.messages { Console.error("error: \(message)") }
    throw ExitCode(error)
  }
}
