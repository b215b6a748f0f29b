import RunLogs
import Testing

/// Several sweeps of one table, and the best of a search.
@Suite struct SearchTests {
  static let text = """
    run,family,lr,batch,seed,dense_params,sparsity,tokens,val_loss
    a1,GPT neo,0.1,8,0,100,0,1000,3.0
    a2,GPT neo,0.2,8,0,100,0,1004,2.9
    a3,GPT neo,0.4,8,0,100,0,1000,3.2
    a4,GPT neo,0.2,16,0,100,0,1000,3.05
    b1,GPT neo,0.1,8,0,100,0.5,1000,3.3
    b2,GPT neo,0.2,8,0,100,0.5,1000,3.4
    c1,T5,0.1,8,0,200,0,1000,2.5
    c2,T5,0.1,8,1,200,0,1000,2.7
    c3,T5,0.2,8,0,200,0,1000,2.55
    c4,T5,0.2,8,1,200,0,1000,2.55
    """

  private func data(_ settings: String, _ text: String = Self.text) throws -> TemporaryData {
    try TemporaryData(["x/t.csv": text + "\n", "x/sweep.yml": settings + "\nholdout: none"])
  }

  @Test func theBestOfEachSettingIsKept() throws {
    let sweep = try data("keep: {best: [lr, batch]}").sweep()
    #expect(sweep.runs.map(\.name) == ["a2", "b1", "c3", "c4"])
    #expect(sweep.runs.map(\.standsFor) == [4, 2, 4, 4])
    #expect(sweep.keptBest == KeptBest(over: ["lr", "batch"], notBest: 6))
    #expect(sweep.runsRead == 10 && sweep.exclusions.isEmpty)
    #expect(sweep.warnings.isEmpty, "\(sweep.warnings)")
  }

  /// Runs that differ in anything else are not compared.
  @Test func otherSettingsPartTheRuns() throws {
    let sweep = try data("keep: {best: [lr]}").sweep()
    #expect(sweep.runs.map(\.name) == ["a2", "a4", "b1", "c3", "c4"])
    #expect(sweep.runs.map(\.standsFor) == [3, 1, 2, 4, 4])
  }

  @Test func aSearchThatEndsAtItsEdgeIsSaid() throws {
    let sweep = try data("keep: {best: [lr]}", Self.text.replacing("3.2", with: "2.2")).sweep()
    #expect(sweep.warnings.count == 0)
    let one = try data(
      "keep: {best: [lr]}\nwhere: {dense_params: 100, sparsity: 0, batch: 8}",
      Self.text.replacing("3.2", with: "2.2")
    ).sweep()
    #expect(one.warnings.count == 1 && one.warnings[0].contains("in 1 of 1 searches the best lr"))
  }

  @Test func whatIsWrongIsSaid() throws {
    #expect(
      try data("keep: {best: [lrr]}").errors().map(\.description) == [
        "Data/x/sweep.yml: `keep` names \"lrr\", which no run has; did you mean \"lr\"?"
      ])
    #expect(
      try data("keep: {best: [lr]}\nwhere: {run: [a1, b1, c1]}").sweep().warnings[0]
        .contains("finds no runs that differ in lr alone"))
    #expect(try data("keep: {best: []}").errors()[0].message.hasPrefix("`keep` needs the columns"))
  }

  @Test func aColumnOfALongTableIsASetting() throws {
    let long = """
      model,lr,step,params,sparsity,tokens,val_loss
      s,1,1,100,0,10,4
      s,1,2,100,0,20,3
      s,2,1,100,0,10,3.5
      s,2,2,100,0,20,2.5
      """
    let sweep = try data(
      "runs: {path: t.csv, run: [model, lr], step: step}\nkeep: {best: [lr]}", long
    ).sweep()
    #expect(sweep.runs.map(\.name) == ["s-2"])
    #expect(sweep.runs[0].standsFor == 2)
  }

  private func parts(_ data: TemporaryData) throws -> [Sweep] {
    try SweepLoader.discover(dataRoot: data.root).map { try SweepLoader.load($0).get() }
  }

  @Test func everyValueIsASweep() throws {
    let sweeps = try parts(data("title: Both\nsweeps_by: family"))
    #expect(sweeps.map(\.name) == ["x-gpt-neo", "x-t5"])
    #expect(sweeps.map(\.title) == ["Both: GPT neo", "Both: T5"])
    #expect(
      sweeps.map { $0.runs.map(\.name) } == [
        ["a1", "a2", "a3", "a4", "b1", "b2"], ["c1", "c2", "c3", "c4"],
      ])
    #expect(sweeps[1].inputs.map(\.path).sorted() == ["x/sweep.yml", "x/t.csv"])
  }

  @Test func numbersThatAreEqualAreOneSweep() throws {
    let sweeps = try parts(
      data("sweeps_by: lr\nwhere: {batch: 8}", Self.text.replacing("c1,T5,0.1", with: "c1,T5,0.10"))
    )
    #expect(sweeps.map(\.name) == ["x-0.1", "x-0.2", "x-0.4"])
    #expect(sweeps.map(\.runs.count) == [4, 4, 1])
  }

  @Test func oneOfThemIsChosenByItsName() throws {
    let data = try data("sweeps_by: family")
    #expect(try SweepLoader.discover(dataRoot: data.root, only: ["x-t5"]).map(\.name) == ["x-t5"])
  }

  @Test(arguments: [
    ("T5", "gpt-neo", "\"GPT neo\" and \"gpt-neo\" in \"family\" give two sweeps one name"),
    ("T5", "é", "\"é\" in \"family\" gives a sweep no name"),
  ])
  func namesThatAreNoneAreRefused(old: String, new: String, message: String) throws {
    let data = try data("sweeps_by: family", Self.text.replacing(old, with: new))
    let error = try #require(throws: Fault.self) {
      try SweepLoader.discover(dataRoot: data.root)
    }
    #expect(error.message == message)
  }

  @Test func manyValuesAndNoneAreRefused() throws {
    let rows = (0..<70).map { "r\($0),f\($0),100,0,10,2" }.joined(separator: "\n")
    let many = try data(
      "sweeps_by: family", "run,family,dense_params,sparsity,tokens,val_loss\n" + rows)
    let error = try #require(throws: Fault.self) {
      try SweepLoader.discover(dataRoot: many.root)
    }
    #expect(error.message.contains("more than 64 sweeps"))
    let errors = try data("sweeps_by: famly").errors()
    #expect(errors[0].message == "`sweeps_by` names \"famly\", which no row of a table has")
  }

  /// Whatever becomes of the keys and of the table, there are sweeps or a reason why not.
  @Test func mutationsComeBack() throws {
    let settings = """
      sweeps_by: family
      keep: {best: [lr, batch]}
      where: {lr: [0.1, 0.2, 0.4]}
      loss: {column: val_loss, offset: 0.5}
      data: {column: tokens, times: 2}
      dense_params: {column: family, labels: {GPT neo: 100, T5: 200}}
      runs: [{path: t.csv, run: none}]
      """
    let data = try data(settings)
    #expect(try parts(data).map(\.runs.count) == [2, 2])
    var random = MutationTests.Generator(state: 77)
    for round in 0..<(400 * MutationTests.factor) {
      let isTable = round % 3 == 0
      let original = isTable ? Self.text + "\n" : settings
      let path = isTable ? "x/t.csv" : "x/sweep.yml"
      try data.write(path, random.mutate(Array(original.utf8)))
      do {
        for folder in try SweepLoader.discover(dataRoot: data.root) {
          MutationTests().check(SweepLoader.load(folder))
        }
      } catch let error as Fault {
        #expect(!error.message.isEmpty)
      }
      try data.write(path, original)
    }
  }
}
