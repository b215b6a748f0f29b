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

  /// However they come: a run a row, a run of several rows, a checkpoint, a series of a chart.
  @Test(arguments: ["rows", "groups", "checkpoints", "charts"])
  func moreThan10000RunsAreRefused(kind: String) throws {
    func data(_ count: Int) throws -> TemporaryData {
      let settings = "sparsity: 0\ndense_params: 100\ndata: 10\n"
      let shape = "runs: {path: t.csv, run: [r], step: step"
      switch kind {
      case "rows":
        let rows = (0..<count).map { "r\($0),100,0,\($0 + 10),2" }
        return try TemporaryData(["x/t.csv": table(rows.joined(separator: "\n"))])
      case "charts":
        let names = (0..<count).map { "r\($0) - val_loss" }.joined(separator: ",")
        let values = [String](repeating: "2", count: count).joined(separator: ",")
        return try TemporaryData([
          "x/sweep.yml": settings, "x/t.csv": "Step,\(names)\n1,\(values)\n",
        ])
      default:
        let isGroups = kind == "groups"
        let rows = (0..<count).map { isGroups ? "r\($0),1,2" : "r,\($0),2" }
        return try TemporaryData([
          "x/sweep.yml": settings + shape + (isGroups ? "}\n" : ", checkpoints: all}\n"),
          "x/t.csv": "r,step,val_loss\n" + rows.joined(separator: "\n") + "\n",
        ])
      }
    }
    #expect(try data(10_000).sweep().runs.count == 10_000)
    let errors = try data(10_001).errors()
    #expect(errors.count == 1)
    let error = "\(try #require(errors.first))"
    switch kind {
    case "checkpoints": #expect(error.contains("10,001 checkpoints, more than a sweep may have"))
    default: #expect(error.hasPrefix("Data/x/t.csv: the sweep has more than 10,000 runs; choose"))
    }
  }

  /// The bound is the sweep's: of two tables the second is past it.
  @Test func runsOfAllSourcesCountTogether() throws {
    func rows(_ name: String) -> String {
      table((0..<6_000).map { "\(name)\($0),100,0,\($0 + 10),2" }.joined(separator: "\n"))
    }
    let data = try TemporaryData(["x/a.csv": rows("a"), "x/b.csv": rows("b")])
    #expect(try data.errors().map(\.place?.file) == ["Data/x/b.csv"])
  }

  /// Those of all runs are held in memory together: a million, about.
  @Test func ofManyRunsFewerRowsAreKept() {
    for (count, most) in [(1, 2_048), (512, 2_048), (2_000, 524), (10_000, 128)] {
      #expect(LoggedRow.most(ofRuns: count) == most)
    }
  }

  @Test func moreThan256SweepsAreRefused() throws {
    let data = try TemporaryData()
    for number in 1...256 { try data.write("s\(number)/sweep.yml", Array("title: t".utf8)) }
    #expect(try SweepLoader.discover(dataRoot: data.root).count == 256)
    try data.write("s257/sweep.yml", Array("title: t".utf8))
    let fault = try #require(throws: Fault.self) { try SweepLoader.discover(dataRoot: data.root) }
    #expect(fault.message == "there are more than 256 sweeps")
    #expect(try SweepLoader.discover(dataRoot: data.root, only: ["s7"]).map(\.name) == ["s7"])
  }

  @Test func checkpointsAreChosenFrom100000LossesAtMost() throws {
    func data(_ count: Int) throws -> TemporaryData {
      try TemporaryData([
        "x/sweep.yml": """
        runs: {path: t.csv, run: [r], step: step, checkpoints: {at: [1, 99999]}}
        sparsity: 0
        dense_params: 100
        """,
        "x/t.csv": "r,step,tokens,val_loss\n"
          + (0..<count).map { "r,\($0),\($0 + 10),2\n" }.joined(),
      ])
    }
    #expect(try data(100_000).sweep().runs.map(\.name) == ["r@1", "r@99,999"])
    let error = try #require(try data(100_001).errors().first)
    #expect(
      error.description.contains(
        "Data/x/t.csv: the run has more than 100,000 losses to choose `checkpoints` from"))
  }

  /// All runs of all charts together.
  @Test func chartsOfTooManyValuesAreRefused() throws {
    let data = try TemporaryData([
      "x/sweep.yml": "sparsity: 0\ndense_params: 100\ndata: 10\n",
      "x/a.csv": "Step,a - val_loss,b - val_loss\n1,3,3\n2,2,\n",
      "x/b.csv": "Step,c - val_loss\n1,3\n2,2\n",
    ])
    let folder = try #require(try SweepLoader.discover(dataRoot: data.root).first)
    guard case .failure(let errors) = SweepLoader.load(folder, mostRows: 9, mostChartValues: 4)
    else {
      Issue.record("five values were read where four are allowed")
      return
    }
    #expect(
      errors.errors.first?.description
        == "Data/x/b.csv: the charts hold more than 4 values; export fewer points or runs, or part "
        + "them into several sweeps")
    let sweep = try SweepLoader.load(folder, mostRows: 9, mostChartValues: 5).get()
    #expect(sweep.runs.count == 3)
    #expect(StepRows.mostValues == 2_000_000)
  }

  @Test func moreThan10000RowsAtFaultAreRefused() throws {
    let rows = [String](repeating: "short", count: 10_001).joined(separator: "\n")
    let data = try TemporaryData(["x/t.csv": table("a,100,0,10,2", rows)])
    #expect(
      try lines(data.errors()) == [
        "Data/x/t.csv: more than 10,000 rows cannot be read; the first, line 3: the row is too "
          + "short: 1 fields where the header has 5; write the table again"
      ])
  }

  /// 6 MB whose settings would take 200 MB.
  @Test func settingsWithoutEndAreRefused() throws {
    let count = 5_000
    let names = (0..<count).map { ",lr_\($0)" }.joined()
    let values = String(repeating: ",1", count: count)
    let rows = (0..<600).map { "r\($0),100,0,\($0 + 10),2\(values)\n" }.joined()
    let data = try TemporaryData([
      "x/t.csv": "run,dense_params,sparsity,tokens,val_loss\(names)\n\(rows)"
    ])
    #expect(
      try lines(data.errors()) == [
        "Data/x: the settings of the runs take more than 128 MiB; leave out columns or constants "
          + "that are no settings, or part the runs into several sweeps"
      ])
  }

  /// A name, a cell and a column's name of 100 KB each enter messages shortened.
  @Test func longTextsAreShortened() throws {
    let long = String(repeating: "\u{1F40C}x", count: 20_000)
    let header = "run,dense_params,sparsity,tokens,val_loss,parent\n"
    let good = "a,100,0,10,2,\nb,100,0,20,1.9,\nc,200,0,20,1.8,\n"
    for row in ["\(long),100,0,10,2,", "d,\(long),0,10,2,", "d,100,0,10,2,\(long)"] {
      let sweep = try TemporaryData(["x/t.csv": header + good + row + "\n"]).sweep()
      #expect(sweep.runs.count == 3)
      #expect(sweep.exclusions.count == 1)
      for exclusion in sweep.exclusions {
        for text in [exclusion.run, exclusion.why, exclusion.kind ?? "", exclusion.remedy ?? ""] {
          #expect(text.utf8.count <= 2_000)
        }
      }
    }
    let named = try TemporaryData([
      "x/sweep.yml": "runs: {path: t.csv, run: [run, key], step: step}\n",
      "x/t.csv": "run,key,step,dense_params,sparsity,tokens,val_loss\n"
        + "a,b,1,100,0,10,2\na,\(long),1,100,0,10,2\n",
    ])
    let sweep = try named.sweep()
    #expect(sweep.runs.map(\.name) == ["a-b"])
    #expect(
      sweep.exclusions.allSatisfy { $0.run.utf8.count <= 2_000 && $0.why.utf8.count <= 2_000 })
    let errors = try TemporaryData([
      "x/sweep.yml": "loss: {column: '\(long)'}\n", "x/t.csv": header + good,
    ]).errors()
    #expect(!errors.isEmpty && errors.allSatisfy { $0.message.utf8.count <= 2_000 })
    let finding = Finding(
      run: long, kind: .damaged, location: .init(file: "f"), message: long, action: long)
    #expect([finding.run, finding.message, finding.action].allSatisfy { $0.utf8.count <= 2_000 })
    #expect(long.shortened.utf8.count >= 1_990 && long.shortened.hasSuffix("..."))
    #expect(String(repeating: "x", count: 2_000).shortened.utf8.count == 2_000)
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

  /// Blanks in gzip, a member for each MiB.
  private static func blanks(mebibytes count: Int) throws -> [UInt8] {
    let member = try mebibyte.get()
    return (0..<count).flatMap { _ in member }
  }
  private static let mebibyte = Result {
    try CompressionTests.compress([[], [UInt8](repeating: UInt8(ascii: " "), count: 1 << 20)])[1]
  }

  @Test(.enabled(if: CompressionTests.hasPython, CompressionTests.isSkipped))
  func filesInGzipExpandTo100TimesTheirSizeAtMost() throws {
    func count(_ bytes: [UInt8]) throws -> Int {
      var count = 0
      let stream = ByteStream(bytes)
      while try stream.nextChunk({ count += $0.count }) {}
      return count
    }
    #expect(try count(Self.blanks(mebibytes: 16)) == 16 << 20)
    let fault = try #require(throws: Fault.self) {
      try count(Self.blanks(mebibytes: 17))
    }
    #expect(fault.message == "the compressed data expand to more than 100 times their size")
    // A larger file may hold more.
    let noise = try CompressionTests.compress([CompressionTests.sample(7, count: 1 << 20)])[0]
    #expect(noise.count > 200_000)
    #expect(try count(noise + Self.blanks(mebibytes: 17)) == 18 << 20)
  }

  /// A sparse file takes no room on the disk.
  @Test func aFileIsNoLargerThan16GiB() throws {
    let data = try TemporaryData(["x/t.csv": table("a,100,0,10,2")])
    #expect(truncate(data.root + "/x/t.csv", 16 << 30) == 0)
    #expect(throws: Never.self) { try Door(data.root).file("x/t.csv") }
    #expect(truncate(data.root + "/x/t.csv", 16 << 30 + 1) == 0)
    #expect(
      try lines(data.errors()) == [
        "Data/x/t.csv: is larger than 16 GiB; part it, or log fewer steps"
      ])
  }

  /// A small file that expands to 8 MiB, as a file of constants beside a log.
  @Test(
    .enabled(if: CompressionTests.hasPython, CompressionTests.isSkipped),
    arguments: [
      ("config.yaml.gz", "1 MiB"), ("config.yaml", "1 MiB"), ("hparams.yml", "1 MiB"),
      ("config.json.gz", "4 MiB"), ("params.json", "4 MiB"),
    ])
  func aSideFileThatExpandsWithoutEndCostsItsRun(name: String, most: String) throws {
    let bomb = try Self.blanks(mebibytes: 8)
    #expect(bomb.count < 64 << 10)
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

  @Test func aProposalLooksAt20000FoldersAtMost() throws {
    let data = try TemporaryData(["1/2/3/a.txt": "", "4/b.txt": ""])
    // With the folder itself there are five.
    let door = Door(data.root)
    let fault = try #require(throws: Fault.self) { try LogSurvey(door, mostFolders: 4) }
    #expect(fault.message == "there are more than 4 folders")
    #expect(fault.fix == "give the folder of one sweep")
    #expect(throws: Never.self) { try LogSurvey(door, mostFolders: 5) }
    #expect(LogSurvey.mostFolders == 20_000)
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
