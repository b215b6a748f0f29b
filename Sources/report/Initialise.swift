import ArgumentParser
import Foundation
import RunLogs
import ScalingLaws

struct Initialise: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented sweep.yml for the logs found in a folder.",
    discussion: """
      Looks for run folders and tables, says what was recognised, and writes what it found into \
      sweep.yml. What the logs leave open is asked there and here, never guessed. An existing \
      sweep.yml is left alone unless --force is given.

      EXAMPLES
        report init path/to/logs --dry-run
        report init path/to/logs
      """)

  @Argument(help: "The folder of the logs.", completion: .directory)
  var folder: String

  @Flag(help: "Replace an existing sweep.yml.")
  var force = false

  @Flag(help: "Print the text instead of writing it.")
  var dryRun = false

  func run() throws {
    let proposal: SweepProposal
    do {
      proposal = try SweepProposal(folder: folder)
    } catch let error as Fault {
      Console.error("error: \(error)")
      throw error.isUnreadable ? ExitCode.inputOutput : ExitCode.badInput
    }
    for line in proposal.recognised { Console.error("found \(line)") }
    guard !dryRun else { return try Console.output(proposal.text) }
    let path = folder + "/sweep.yml"
    try write(proposal.text, to: path)
    Console.error("wrote \(path)")
    for question in proposal.questions { Console.error("please decide in it: \(question)") }
    try showWhatIsRead()
  }

  private func write(_ text: String, to path: String) throws {
    // O_EXCL: a file that came in the meantime, or a link, is not written through.
    if force { unlink(path) }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      let exists = errno == EEXIST
      Console.error(
        exists
          ? "error: \(path) is there already; --force replaces it, --dry-run prints the proposal"
          : "error: \(path) cannot be written: \(String(cString: strerror(errno)))")
      throw ExitCode.inputOutput
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try file.write(contentsOf: Data(text.utf8))
    } catch {
      Console.error("error: \(path) cannot be written")
      throw ExitCode.inputOutput
    }
  }

  private static let mostFaults = 8
  private static let mostExcluded = 5

  /// Reads the sweep as `report` would, and says what is still missing.
  private func showWhatIsRead() throws {
    guard let sweep = (try? SweepLoader.discover(dataRoot: folder))?.first else { return }
    switch SweepLoader.load(sweep) {
    case .success(let sweep):
      let prospect = Study.prospect(of: sweep)
      let remarks = prospect.remarks.isEmpty ? "" : ": " + prospect.remarks.joined(separator: "; ")
      Console.error(
        "read \(sweep.runs.count) run\(sweep.runs.count == 1 ? "" : "s"), excluded "
          + "\(sweep.exclusions.count); "
          + (prospect.canBeFitted ? "a law can be fitted" : "no law can be fitted") + remarks)
      let excluded = sweep.exclusions.map { "excluded \($0.run): \($0.why)" }
        .first(Self.mostExcluded) { "\($0) more are listed by `report inspect`" }
      for line in excluded { Console.error(line) }
      Console.error("now run `report inspect \(folder)`, then `report \(folder)`")
    case .failure(let errors):
      let open = errors.errors.map { "still open: \($0)" }
        .first(Self.mostFaults) { "\($0) more are still open" }
      for line in open { Console.error(line) }
    }
  }
}
