import Foundation
import TestSupport
import Testing

@Suite("Surroundings change nothing, and an interruption breaks nothing")
struct SurroundingsTests {
  @Test func placeZoneTerminalAndThreadsDoNotChangeAByte() throws {
    let data = try DataRoot()
    let plain = try data.files("A", environment: ["LC_ALL": "C", "TZ": "UTC"])
    #expect(plain.count > 20)
    let elsewhere = try data.files("B", from: "far/away", ["--threads", "1"])
    let narrow = try data.files(
      "C", ["--threads", "3"], environment: ["TZ": "Asia/Kathmandu", "COLUMNS": "20"])
    let quiet = try data.files("D", ["--quiet"], environment: ["TZ": "Pacific/Apia"])
    for other in [elsewhere, narrow, quiet] { #expect(different(plain, other) == []) }
  }

  @Test(
    .enabled(if: CompiledLocale.canBeMade, "needs localedef and Debian's package locales"),
    arguments: ["de_DE", "tr_TR"])
  func aLocaleDoesNotChangeAByte(name: String) throws {
    let locale = try CompiledLocale(name)
    #expect(try locale.decimalSeparator() == ",")
    let data = try DataRoot()
    let plain = try data.files("A", environment: ["LC_ALL": "C"])
    let other = try data.files(
      "B", environment: locale.environment.merging(["LANGUAGE": name]) { $1 })
    #expect(different(plain, other) == [])
  }

  @Test(
    .enabled(
      if: Command.release != nil,
      "REPORT_RELEASE_BINARY names no program: swift build -c release --product report"))
  func aReleaseBuildWritesTheSameBytes() throws {
    let release = try #require(Command.release)
    try #require(try Data(contentsOf: release) != Data(contentsOf: Command.executable))
    let place = try TemporaryFolder()
    for (name, program) in [("debug", Command.executable), ("release", release)] {
      let done = try Command.run(
        [
          packageFolder.appending(path: "Data").path, "--output", name, "--templates",
          Command.templates, "--quiet",
        ], in: place.url, program: program)
      #expect(done.code == 0, "\(done.errors)")
    }
    let files = try place.files("debug")
    #expect(files.count > 100)
    #expect(different(files, try place.files("release")) == [])
  }

  @Test func aKilledRunLeavesTheOldReportWhole() throws {
    let data = try DataRoot()
    #expect(try data.generate().code == 0)
    let old = try data.folder.files("Output")
    try data.folder.write("Data/sweep/runs.csv", Design(aS: 14).csv)
    // What a run that nobody stops would write.
    let arguments = ["Data", "--output", "Output"] + DataRoot.quick
    let reference = try DataRoot(["sweep": Design(aS: 14)])
    #expect(try reference.generate().code == 0)
    let new = try reference.folder.files("Output")

    var killed = 0
    for milliseconds in [0, 5, 20, 40, 60, 80, 100, 130, 160, 200, 300] {
      let logs = try TemporaryFolder()
      let process = try Command.start(arguments, in: data.folder.url, logs: logs.url)
      usleep(UInt32(milliseconds) * 1000)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { killed += 1 }
      let found = try data.folder.files("Output")
      #expect(found == old || found == new)
    }
    #expect(killed > 0)
    // The next run clears up.
    #expect(try data.generate().code == 0)
    #expect(try data.folder.files("Output") == new)
    let left = try FileManager.default.contentsOfDirectory(atPath: data.folder.path)
    #expect(left.sorted() == ["Data", "Output"])
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func aStoppedRunLeavesNoFolderBehind(signal: Int32) throws {
    let data = try DataRoot()
    #expect(try data.generate().code == 0)
    let old = try data.folder.files("Output")
    let scratch = try TemporaryFolder()
    var stopped = 0
    for command in [["Data"], ["check", "Data"]] {
      for milliseconds in [30, 80, 150, 250, 400] {
        let logs = try TemporaryFolder()
        let process = try Command.start(
          command + ["--output", "Output"] + DataRoot.quick, in: data.folder.url,
          environment: ["TMPDIR": scratch.path], logs: logs.url)
        usleep(UInt32(milliseconds) * 1000)
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        if process.terminationReason == .uncaughtSignal {
          stopped += 1
          #expect(process.terminationStatus == signal)
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: data.folder.path)
        #expect(left.sorted() == ["Data", "Output"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == [])
        #expect(try data.folder.files("Output") == old)
      }
    }
    #expect(stopped > 0)
  }

  @Test func twoRunsAtOnceGiveOneWholeReport() throws {
    let data = try DataRoot()
    let logs = [try TemporaryFolder(), try TemporaryFolder()]
    let arguments = ["Data", "--output", "Output"] + DataRoot.quick
    let processes = try logs.map {
      try Command.start(arguments, in: data.folder.url, logs: $0.url)
    }
    processes.forEach { $0.waitUntilExit() }
    #expect(processes.map(\.terminationStatus) == [0, 0])
    let together = try data.folder.files("Output")
    #expect(try data.generate().code == 0)
    #expect(try data.folder.files("Output") == together)
  }
}

extension DataRoot {
  /// The files of a report in all formats, made by a program that runs in a folder of this one.
  fileprivate func files(
    _ output: String, from place: String = "", _ extra: [String] = [],
    environment: [String: String] = [:]
  ) throws -> [String: Data] {
    let work = folder.url.appending(path: place)
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    let done = try Command.run(
      [
        folder.path + "/Data", "--output", folder.path + "/" + output, "--templates",
        Command.templates, "--starts", "10", "--bootstrap", "20", "--format", "png,svg,pdf",
      ] + extra, in: work, environment: environment)
    #expect(done.code == 0, "\(done.errors)")
    return try folder.files(output)
  }
}
