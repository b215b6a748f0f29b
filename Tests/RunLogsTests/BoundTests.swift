import Foundation
import RunLogs
import Testing

/// What is bounded in amount, and what is said past the bound.
@Suite struct BoundTests {
  @Test func aTableOfTooManyRowsIsRefused() throws {
    let data = try TemporaryData(["x/t.csv": table("a,100,0,10,2", "b,200,0,10,1.9", "c,1,0,1,")])
    let folder = try #require(try SweepLoader.discover(dataRoot: data.root).first)
    guard case .failure(let errors) = SweepLoader.load(folder, mostRows: 2) else {
      Issue.record("three rows were read where two are allowed")
      return
    }
    #expect(
      lines(errors.errors) == [
        "Data/x/t.csv: the table has more than 2 rows; log fewer steps, such as every tenth, or "
          + "part it into several tables"
      ])
    #expect(try SweepLoader.load(folder, mostRows: 3).get().runsRead == 3)
    #expect(SweepLoader.mostRows == 2_000_000)
  }

  @Test func moreThan64PatternsAreRefused() throws {
    func data(_ count: Int) throws -> TemporaryData {
      let rows = (0..<count).map { "r\($0),100,10,2,1:\($0 + 2)\nagain\($0),100,20,2,1:\($0 + 2)" }
      return try TemporaryData([
        "x/t.csv": "run,dense_params,tokens,val_loss,pattern\n"
          + rows.joined(separator: "\n") + "\n"
      ])
    }
    #expect(try data(64).sweep().runs.count == 128)
    #expect(
      try lines(data(66).errors()) == [
        "Data/x/t.csv:130: the runs have 66 N:M patterns, and a sweep at most 64; choose rows with "
          + "`where`, or part the runs into several sweeps"
      ])
  }

  /// A small file that expands to 32 MiB, as a file of constants beside a log.
  @Test(
    .enabled(if: CompressionTests.hasPython, CompressionTests.isSkipped),
    arguments: [
      ("config.yaml.gz", "1 MiB"), ("config.yaml", "1 MiB"), ("hparams.yml", "1 MiB"),
      ("config.json.gz", "4 MiB"), ("params.json", "4 MiB"),
    ])
  func aSideFileThatExpandsWithoutEndCostsItsRun(name: String, most: String) throws {
    let samples = [[], [UInt8](repeating: UInt8(ascii: " "), count: 32 << 20)]
    let bomb = try #require(try CompressionTests.compress(samples).last)
    #expect(bomb.count < 256 << 10)
    let data = try TemporaryData([
      "x/runs/a/config.json": #"{"dense_params": 100}"#,
      "x/runs/a/metrics.jsonl": RunFolderTests.good, "x/runs/b/metrics.jsonl": RunFolderTests.good,
    ])
    try data.write("x/runs/b/" + name, bomb)
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.name) == ["a"])
    #expect(sweep.exclusions.map(\.run) == ["b"])
    let why = try #require(sweep.exclusions.first?.why)
    #expect(why.contains("/b/\(name): ") && why.contains("larger than \(most)"), "\(why)")
  }

  /// Each message names three others at most.
  @Test(.timeLimit(.minutes(1))) func manyRowsOfOneNameAreToldInFewWords() throws {
    let count = 8_000
    let rows = (0..<count).map { "same,100,0,\($0 + 10),2" }
    let data = try TemporaryData([
      "x/sweep.yml": "faulty: exclude\n",
      "x/t.csv": table("a,100,0,10,2") + rows.joined(separator: "\n") + "\n",
    ])
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.name) == ["a"])
    #expect(sweep.exclusions.count == count)
    #expect(sweep.exclusions.allSatisfy { $0.why.utf8.count < 300 })
    #expect(sweep.findings.count == 1)
  }

  @Test(.timeLimit(.minutes(1))) func aProposalLooksAt20000FoldersAtMost() throws {
    // With the folder itself there is one too many.
    let data = try TemporaryData()
    for index in 1...20_000 {
      try FileManager.default.createDirectory(
        atPath: data.root + "/\(index)", withIntermediateDirectories: false)
    }
    let fault = try #require(throws: LogFault.self) { try LogSurvey(Door(data.root)) }
    #expect(fault.message == "there are more than 20,000 folders")
    #expect(fault.fix == "give the folder of one sweep")
    try FileManager.default.removeItem(atPath: data.root + "/1")
    #expect(throws: Never.self) { try LogSurvey(Door(data.root)) }
  }

  /// Names that Unicode holds equal are one name; the message says why they look alike.
  @Test func runFoldersThatDifferInNormalFormSaySo() throws {
    func data(_ second: String) throws -> TemporaryData {
      let data = try TemporaryData([
        "x/sweep.yml": "faulty: exclude\n", "x/runs/a/metrics.csv": log("3"),
        "x/runs/\u{E9}/metrics.csv": log("2"),
      ])
      try data.write("x/runs/e\u{301}/metrics.csv", log(second))
      return data
    }
    func log(_ loss: String) -> String {
      "dense_params,sparsity,tokens,val_loss\n100,0,10,\(loss)\n"
    }
    let unequal = try data("1.5").sweep()
    #expect(unequal.runs.map(\.name) == ["a"])
    #expect(unequal.exclusions.count == 2)
    for exclusion in unequal.exclusions {
      #expect(
        exclusion.why.contains(
          "metrics.csv:2 (the same characters in other Unicode scalars), with other values"),
        "\(exclusion.why)")
    }
    let equal = try data("2").sweep()
    #expect(equal.runs.count == 2)
    #expect(
      equal.warnings.contains {
        $0.contains("2 times (the same characters in other Unicode scalars) with equal values")
      })
  }
}
