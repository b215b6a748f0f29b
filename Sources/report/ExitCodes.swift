import ArgumentParser
import ReportPipeline

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
