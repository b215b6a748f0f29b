import RunLogs
import Testing

@Suite struct MappingTests {
  @Test func conventionalNamesNeedNoSettings() throws {
    let sweep = try TemporaryData([
      "x/t.csv":
        "name,Non-Zero Params,weight_sparsity,total_examples,eval/loss,loss\na,50,.5,7,2,9\n"
    ]).sweep()
    let run = try #require(sweep.runs.first)
    #expect(run.name == "a")
    #expect(run.denseParameters == 100)
    #expect(run.data == 7)
    #expect(run.loss == 2)
    #expect(sweep.dataUnit == "examples")
    #expect(
      sweep.columns.map(\.column) == [
        "eval/loss", "total_examples", "Non-Zero Params", "weight_sparsity", "name",
      ])
  }

  @Test func aBareCountIsTheDenseOneAndSaidToBe() throws {
    let sweep = try TemporaryData(["x/t.csv": "params,sparsity,tokens,loss\n100,.5,7,2\n"]).sweep()
    #expect(sweep.runs[0].nonZeroParameters == 50)
    #expect(sweep.warnings.count == 1)
    #expect(sweep.warnings[0].contains("column \"params\" is read as dense_params"))
  }

  @Test func twoColumnsOfOneMeaningAreAnErrorWithBoth() throws {
    let text = "params,sparsity,tokens,tokens_seen,eval_loss,val_loss\n100,.5,7,8,2,3\n"
    #expect(
      try lines(TemporaryData(["x/t.csv": text]).errors()) == [
        "Data/x: Data/x/t.csv has several columns that may be loss: \"eval_loss\", \"val_loss\"; "
          + "choose one in sweep.yml, as in `loss: {column: eval_loss}`",
        "Data/x: Data/x/t.csv has several columns that may be data: \"tokens\", \"tokens_seen\"; "
          + "choose one in sweep.yml, as in `data: {column: tokens}`",
      ])
    let sweep = try TemporaryData([
      "x/t.csv": text, "x/sweep.yml": "loss: {column: val_loss}\ndata: {column: tokens, times: 3}",
    ]).sweep()
    #expect(sweep.runs[0].loss == 3)
    #expect(sweep.runs[0].data == 21)
  }

  @Test func aDenseSweepNeedsSparsityZeroInSoManyWords() throws {
    let text = "params,tokens,loss\n100,7,2\n"
    let errors = try TemporaryData(["x/t.csv": text]).errors()
    #expect(errors[0].fix?.contains("if all runs are dense write `sparsity: 0`") == true)
    let sweep = try TemporaryData(["x/t.csv": text, "x/sweep.yml": "sparsity: 0"]).sweep()
    #expect(sweep.runs[0].pattern == .dense)
    #expect(sweep.runs[0].nonZeroParameters == 100)
  }

  @Test func aTableOfOtherThingsIsPassedOverByConventionAlone() throws {
    let files = ["x/t.csv": table("a,100,0,10,2"), "x/jobs.jsonl": #"{"run": "a"}"#]
    let sweep = try TemporaryData(files).sweep()
    #expect(sweep.runs.map(\.name) == ["a"])
    #expect(sweep.warnings == ["Data/x/jobs.jsonl is not a table of runs and was not read further"])
  }

  @Test func aMappedColumnThatAllRunFoldersLackIsAnErrorOfTheSweep() throws {
    let log = #"{"tokens": 1, "eval_loss": 2, "sparsity": 0, "dense_params": 9}"#
    let data = try TemporaryData([
      "x/sweep.yml": "loss:\n  column: val_loss", "x/a/metrics.jsonl": log,
      "x/b/metrics.jsonl": log,
    ])
    #expect(
      try lines(data.errors()) == [
        "Data/x/sweep.yml:2:11: there is no column \"val_loss\" in Data/x/a/metrics.jsonl; the "
          + "columns there are \"eval_loss\", \"tokens\", \"sparsity\", \"dense_params\"; did you "
          + "mean \"eval_loss\"?"
      ])
    try data.write("x/b/metrics.jsonl", log.replacing("eval_loss", with: "val_loss"))
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.name) == ["b"])
    #expect(sweep.exclusions[0].why.hasPrefix("Data/x/a/metrics.jsonl: there is no column"))
  }

  static let sizes: [(header: String, row: String, expected: (Double, Double, Double)?)] = [
    ("dense_params,nonzero_params", "100,25", (100, 25, 0.75)),
    ("dense_params,nonzero_params", "100,100", (100, 100, 0)),
    ("dense_params,nonzero_params", "25,100", nil),
    ("dense_params,sparsity", "100,0.75", (100, 25, 0.75)),
    ("dense_params,sparsity", "100,0.999", nil),
    ("nonzero_params,sparsity", "25,0.75", (100, 25, 0.75)),
    ("nonzero_params,sparsity", "1e30,0.75", nil),
    ("dense_params,nonzero_params,sparsity", "1000,252,0.75", (1000, 252, 0.75)),
    ("dense_params,nonzero_params,sparsity", "1000,253,0.75", nil),
    ("dense_params,nonzero_params,sparsity", "1000,247,0.75", nil),
    ("dense_params,nonzero_params,sparsity", "1000,,0.75", (1000, 250, 0.75)),
    ("dense_params,sparsity", "100,-1e-12", (100, 100, 0)),
  ]

  @Test(arguments: sizes.indices)
  func anyTwoSizesGiveTheThird(index: Int) throws {
    let (header, row, expected) = Self.sizes[index]
    let sweep = try TemporaryData([
      "x/t.csv": "run,tokens,loss,\(header)\na,7,2,\(row)\nb,7,2,\(Self.filler(header))\n"
    ]).sweep()
    guard let expected else {
      #expect(sweep.exclusions.map(\.run) == ["a"])
      return
    }
    let run = try #require(sweep.runs.first)
    #expect(run.name == "a")
    #expect(run.denseParameters == expected.0)
    #expect(run.nonZeroParameters == expected.1)
    #expect(run.sparsity == expected.2)
  }

  private static func filler(_ header: String) -> String {
    header.replacing("dense_params", with: "4").replacing("nonzero_params", with: "4")
      .replacing("sparsity", with: "0")
  }

  @Test(arguments: [
    ("dense,0", SparsityPattern.dense), (",0", .dense), (",0.5", .unstructured),
    ("unstructured,0", .unstructured), ("2:4,0.5", .blocked(n: 2, m: 4)), ("none,0.5", nil),
    ("4:2,0.5", nil), ("0:4,0.5", nil), ("2:4:8,0.5", nil), ("99999999999999999999:4,0.5", nil),
    ("dense,0.5", nil),
  ])
  func patternsAreReadStrictly(cells: String, pattern: SparsityPattern?) throws {
    let sweep = try TemporaryData([
      "x/t.csv": "run,tokens,loss,dense_params,pattern,sparsity\na,7,2,100,\(cells)\nb,1,2,100,,0\n"
    ]).sweep()
    #expect(sweep.runs.first { $0.name == "a" }?.pattern == pattern)
    #expect(sweep.exclusions.isEmpty == (pattern != nil))
  }
}
