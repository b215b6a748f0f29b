import Foundation
import TestSupport
import Testing

@Suite("Surroundings change nothing, and an interruption breaks nothing")
struct SurroundingsTests {
  @Test func placeLocaleZoneAndThreadsDoNotChangeAByte() throws {
    let data = try DataRoot()
    let common = [
      "--templates", Command.templates, "--starts", "10", "--bootstrap", "20", "--format",
      "png,svg,pdf",
    ]
    func files(
      _ name: String, from folder: String = "", _ extra: [String] = [],
      _ environment: [String: String] = [:]
    ) throws -> [String: Data] {
      let root = data.folder.path
      let place = data.folder.url.appending(path: folder)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      let done = try Command.run(
        [root + "/Data", "--output", root + "/" + name] + common + extra, in: place,
        environment: environment)
      #expect(done.code == 0)
      return try data.folder.files(name)
    }
    let plain = try files("A", [], ["LC_ALL": "C", "TZ": "UTC"])
    #expect(plain.count > 20)
    let elsewhere = try files("B", from: "far/away", ["--threads", "1"])
    let german = try files(
      "C", ["--threads", "3"],
      ["LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Asia/Kathmandu", "COLUMNS": "20"])
    let turkish = try files(
      "D", ["--quiet"],
      ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR", "LANGUAGE": "tr", "TZ": "Pacific/Apia"])
    for other in [elsewhere, german, turkish] {
      #expect(plain.keys.sorted() == other.keys.sorted())
      #expect(plain.keys.filter { plain[$0] != other[$0] }.sorted() == [])
    }
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
