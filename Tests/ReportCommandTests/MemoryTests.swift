import Foundation
import TestSupport
import Testing

/// What SECURITY.md promises of memory, of the program itself. Linux alone tells it of a program
/// that runs.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "needs /proc"))
struct MemoryTests {
  private static let most = 300

  /// Runs `inspect` on the data root; the outcome with the most memory that was resident, in MB.
  private static func inspect(_ folder: TemporaryFolder) throws -> (outcome: Outcome, peak: Int) {
    let logs = try TemporaryFolder()
    let process = try Command.start(["inspect", "Data"], in: folder.url, logs: logs.url)
    let status = "/proc/\(process.processIdentifier)/status"
    var peak = 0
    while process.isRunning {
      // The kernel keeps the peak, so only what comes in the last moment is missed.
      if let text = try? String(contentsOfFile: status, encoding: .utf8),
        let found = text.firstMatch(of: /VmHWM:\s+(\d+) kB/), let size = Int(found.output.1)
      {
        peak = max(peak, size / 1000)
      }
      usleep(2_000)
    }
    process.waitUntilExit()
    return (
      Outcome(
        code: process.terminationStatus, output: try logs.text("stdout"),
        errors: try logs.text("stderr")), peak
    )
  }

  /// A folder with a table of a million rows: a header, and equal parts that `body` changes.
  private static func data(
    _ header: String, part: [UInt8], parts: Int, settings: String,
    _ body: (inout [UInt8], Int) -> Void
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("Data/x/sweep.yml", settings)
    try folder.write("Data/x/t.csv", header + "\n")
    let file = try FileHandle(forWritingTo: folder.url.appending(path: "Data/x/t.csv"))
    try file.seekToEnd()
    var part = part
    for number in 0..<parts {
      body(&part, number)
      try file.write(contentsOf: part)
    }
    try file.close()
    return folder
  }

  private static let header =
    "run,step,tokens,val_loss,train_loss,dense_params,sparsity,lr,grad_norm,seconds"

  /// 200 runs of 5,000 logged steps; 100 bytes a row.
  @Test(arguments: [false, true])
  func aMillionLoggedSteps(areShuffled: Bool) throws {
    let rest = "3.141593,12582912,0.875,0.00029999,0.57721,3600.25000000000000000"
    var part: [UInt8] = []
    var names: [Int] = []
    for step in 0..<5_000 {
      // 7 and 5,000 have no divisor in common.
      let step = areShuffled ? step * 7 % 5_000 : step
      let loss = 3.5 - Double(step) / 1e4
      names.append(part.count + "model-".utf8.count)
      part += "model-000,\(10_000 + step),\(10_000_000 + step * 1_000),\(loss),\(rest)\n".utf8
    }
    #expect((95...110).contains(part.count / 5_000))
    let folder = try Self.data(
      Self.header, part: part, parts: 200,
      settings: "runs: {path: t.csv, run: [run], step: step}\n"
    ) { part, number in
      for place in names {
        part[place] = 48 + UInt8(number / 100)
        part[place + 1] = 48 + UInt8(number / 10 % 10)
        part[place + 2] = 48 + UInt8(number % 10)
      }
    }
    let (outcome, peak) = try Self.inspect(folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("runs: 200 read, "), "\(outcome.output.prefix(400))")
    #expect((50...Self.most).contains(peak), "\(peak) MB")
  }

  @Test func aMillionRowsOfOneName() throws {
    let part = Array(String(repeating: "same,1000,0,100000,2.5\n", count: 10_000).utf8)
    let folder = try Self.data(
      "run,dense_params,sparsity,tokens,val_loss", part: part, parts: 100,
      settings: "faulty: exclude\n"
    ) { _, _ in }
    let (outcome, peak) = try Self.inspect(folder)
    #expect(outcome.code == 65)
    #expect(outcome.faults.count == 1)
    #expect(outcome.faults.first?.contains("more than 10,000 runs") == true, "\(outcome.errors)")
    #expect((20...Self.most).contains(peak), "\(peak) MB")
  }

  /// Each line of a log has the same names in another order.
  @Test func aLogWhoseColumnsChangeWithEachLine() throws {
    let names = (0..<10_000).map { "\"name\($0)\":1" }
    let folder = try TemporaryFolder()
    let lines = (0..<300).map { step in
      "{\"tokens\":\(step + 10),\"val_loss\":2.5,\"dense_params\":100,\"sparsity\":0,"
        + (names[step...] + names[..<step]).joined(separator: ",") + "}\n"
    }
    try folder.write("Data/x/runs/a/metrics.jsonl", lines.joined())
    let (outcome, peak) = try Self.inspect(folder)
    #expect(outcome.output.contains("runs: 1 read, "), "\(outcome.errors)")
    #expect((20...100).contains(peak), "\(peak) MB")
  }
}
