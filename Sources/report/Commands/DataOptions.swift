import ArgumentParser
import Foundation
import ReportPipeline

/// Which sweeps, for every command.
struct DataOptions: ParsableArguments {
  @Argument(
    help: "The folder of sweeps, or of one sweep.", completion: .directory)
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
    guard threads.map({ (1...4_096).contains($0) }) ?? true else {
      throw ValidationError("--threads takes a number from 1 to 4096")
    }
  }

  func apply(to options: inout PipelineOptions) {
    options.fit.starts = starts
    options.fit.bootstrap = bootstrap
    options.fit.seed = seed
    options.fit.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
  }
}
