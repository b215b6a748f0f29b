import Foundation
import TestSupport

/// What a command did.
struct Outcome {
  var code: Int32
  var output: String
  var errors: String

  /// The lines on standard error that tell of faults.
  var faults: [String] {
    errors.split(separator: "\n").filter { $0.hasPrefix("error: ") }.map {
      String($0.dropFirst("error: ".count))
    }
  }
}

/// The built program, run as a user does.
enum Command {
  /// The program stands beside the tests.
  static let executable: URL = {
    #if os(macOS)
    let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? .main
    return tests.bundleURL.deletingLastPathComponent().appending(path: "report")
    #else
    let tests = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    return tests.deletingLastPathComponent().appending(path: "report")
    #endif
  }()

  static let templates = packageFolder.appending(path: "Templates").path

  /// Another build of the program to compare with: REPORT_RELEASE_BINARY, where it is set.
  static let release = ProcessInfo.processInfo.environment["REPORT_RELEASE_BINARY"].map {
    URL(filePath: $0)
  }

  /// Starts the program, or another one, with its output going to files in `logs`.
  static func start(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:], logs: URL,
    program: URL = executable
  ) throws -> Process {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    for (name, isError) in [("stdout", false), ("stderr", true)] {
      let file = logs.appending(path: name)
      try Data().write(to: file)
      let handle = try FileHandle(forWritingTo: file)
      if isError { process.standardError = handle } else { process.standardOutput = handle }
    }
    try process.run()
    return process
  }

  static func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:],
    program: URL = executable
  ) throws -> Outcome {
    let logs = try TemporaryFolder()
    let process = try start(
      arguments, in: folder, environment: environment, logs: logs.url, program: program)
    process.waitUntilExit()
    // A signal is no exit code: a crash must not pass for one.
    let code =
      process.terminationReason == .exit
      ? process.terminationStatus : -process.terminationStatus
    return Outcome(code: code, output: try logs.text("stdout"), errors: try logs.text("stderr"))
  }
}
