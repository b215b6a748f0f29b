import Foundation
import RunLogs
import Testing

/// Charts that Weights & Biases exports, with the table of runs beside them and without.
@Suite struct ChartTests {
  static let header =
    #""Step","a - b - eval/loss","a - b - eval/loss__MIN","a - b - eval/loss__MAX""#

  func chart(_ rows: String...) -> String {
    ([Self.header] + rows).joined(separator: "\n") + "\n"
  }

  @Test(arguments: [nil, "runs: ['*.csv']\ndata: {product: [Step, batch_size, seq_len]}"])
  func chartsAndTheTableOfRuns(settings: String?) throws {
    let fixtures = FormatFixtureTests()
    guard let settings else {
      let data = try TemporaryData()
      try FileManager.default.copyItem(
        at: FormatFixtureTests.fixtures.appendingPathComponent("wandb/charts"),
        to: URL(fileURLWithPath: data.root + "/x"))
      let errors = try data.errors()
      #expect(errors.count == 1)
      #expect(errors[0].fix?.contains("`data: {product: [Step, batch_size, seq_len]}`") == true)
      return
    }
    let sweep = try fixtures.load("wandb/charts", settings: settings)
    fixtures.check(sweep)
    let run = try #require(sweep.runs.first { $0.name == "small-s50" })
    #expect(run.history.map(\.data) == (1...10).map { Double($0) * 20_480 })
    #expect(run.history.compactMap(\.loss).count == 5)
    #expect(run.location.description == "Data/x/loss.csv:11")
    #expect(sweep.warnings.isEmpty && sweep.findings.isEmpty)
    #expect(
      Set(sweep.inputs.map(\.path)) == [
        "x/sweep.yml", "x/loss.csv", "x/runs.csv", "x/sparsity.csv",
      ])
  }

  @Test func aChartAloneSaysWhatToExport() throws {
    let data = try TemporaryData(["x/chart.csv": chart(#""10","2","2","2""#)])
    let errors = lines(try data.errors())
    #expect(
      errors.contains {
        $0.contains("two of dense_params, nonzero_params and sparsity are needed")
          && $0.contains("export the table of runs, too, with Name and the columns")
      }, "\(errors)")
    try data.write("x/sweep.yml", "data: {column: Step, times: 64}\ndense_params: 100\nsparsity: 0")
    let run = try #require(try data.sweep().runs.first)
    #expect(run.name == "a - b" && run.loss == 2 && run.data == 640)
  }

  @Test func aRunThatTheTableLacksIsLeftOutAndSoIsARowWithoutAChart() throws {
    let header = Self.header + "," + Self.header.dropFirst(7).replacing("a - b", with: "c")
    let sweep = try TemporaryData([
      "x/sweep.yml": "data: {column: Step, times: 64}",
      "x/chart.csv": header + "\n10,2,2,2,3,3,3\n",
      "x/runs.csv": "Name,ID,dense_params,sparsity\na - b,x1,100,0\nother,x2,100,0\n",
    ]).sweep()
    #expect(sweep.runs.map(\.name) == ["a - b"])
    #expect(sweep.exclusions.map(\.run) == ["c"])
    #expect(sweep.exclusions[0].why.contains("no row of the table of runs has this run's name"))
    #expect(sweep.warnings == ["Data/x/runs.csv: 1 row is of runs that no chart shows"])
  }

  /// A table that holds the last loss as well completes the charts, and its other runs count.
  @Test func aWholeTableGivesItsOtherRunsToo() throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": "loss: {take: min}",
      "x/chart.csv": Self.header + "\n10,2,2,2\n20,3,3,3\n",
      "x/runs.csv":
        "Name,State,dense_params,sparsity,tokens,eval/loss\na - b,finished,100,0,640,3\n"
        + "other,finished,100,0,640,4\n",
    ]).sweep()
    #expect(sweep.runs.map(\.name) == ["other", "a - b"])
    #expect(sweep.runs.map(\.loss) == [4, 2])
    #expect(sweep.runs.map(\.data) == [640, 640])
  }

  @Test func aStatusInTheTableCounts() throws {
    let header = Self.header + "," + Self.header.dropFirst(7).replacing("a - b", with: "c")
    let sweep = try TemporaryData([
      "x/sweep.yml": "data: {column: Step, times: 64}",
      "x/chart.csv": header + "\n10,2,2,2,3,3,3\n",
      "x/runs.csv":
        "Name,State,dense_params,sparsity\na - b,crashed,100,0\nc,finished,100,0\nd,x\n",
    ]).sweep()
    #expect(sweep.runs.map(\.role) == [.excluded, .heldOut])
    #expect(sweep.findings.map(\.kind) == [.unfinished])
    #expect(sweep.exclusions.map(\.run) == ["runs.csv:3", "a - b"])
  }

  @Test func initSaysWhatAChartLacks() throws {
    let data = try TemporaryData(["x/chart.csv": chart("10,2,2,2")])
    let proposal = try SweepProposal(folder: data.root + "/x")
    #expect(proposal.recognised == ["chart export chart.csv: 1 run"])
    #expect(proposal.text.contains("loss: {column: eval/loss, take: last}"))
    #expect(proposal.text.contains("# A chart does not hold them: export the table of runs, too"))
    #expect(
      proposal.questions == ["how much data is one step?", "where are parameters and sparsity?"])
  }

  static let faults: [(chart: String, other: String?, why: String)] = [
    (
      header + "," + header.dropFirst(7) + "\n10,2,2,2,3,3,3\n", nil,
      "Data/x/chart.csv:1: several runs are called \"a - b\""
    ),
    (header + "\nten,2,2,2\n", nil, "Data/x/chart.csv:2: Step is \"ten\""),
    (header + "\n10,two,2,2\n", nil, "Data/x/chart.csv:2: eval/loss is \"two\", not a number"),
    (header + "\n10,NaN,NaN,NaN\n", nil, "Data/x/chart.csv:2: eval/loss is NaN"),
    (
      header + "\n10,2,2,2\n", header.replacing("Step", with: "tokens") + "\n10,2,2,2\n",
      "Data/x/other.csv:1: the x axis is \"tokens\", and \"Step\" in chart.csv"
    ),
  ]

  @Test(arguments: faults.indices)
  func whatIsWrongIsSaid(index: Int) throws {
    let (chart, other, why) = Self.faults[index]
    let data = try TemporaryData([
      "x/sweep.yml": "data: {column: Step, times: 64}\ndense_params: 100\nsparsity: 0",
      "x/chart.csv": chart,
    ])
    if let other { try data.write("x/other.csv", other) }
    let errors = lines(try data.errors())
    #expect(errors.contains { $0.contains(why) }, "\(errors)")
  }

  @Test func meansAreSaidToBe() throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": "data: {column: Step, times: 64}\ndense_params: 100\nsparsity: 0",
      "x/chart.csv": chart("10,2,1,3", "20,2,2,2"),
    ]).sweep()
    #expect(
      sweep.warnings == [
        "Data/x/chart.csv: 1 values have another __MIN or __MAX: they are means, of a group of "
          + "runs or of neighbouring steps; export without grouping"
      ])
  }

  @Test func aTableIsNoChart() throws {
    let sweep = try TemporaryData([
      "x/t.csv":
        "run,a - loss,a - loss__MIN,a - loss__MAX,dense_params,sparsity,tokens,val_loss\n"
        + "r,1,1,1,100,0,10,2\n"
    ]).sweep()
    #expect(sweep.runs.map(\.loss) == [2])
  }
}
