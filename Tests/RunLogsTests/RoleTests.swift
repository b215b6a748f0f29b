import RunLogs
import Testing

@Suite struct RoleTests {
  static let runs = """
    run,dense_params,sparsity,tokens,loss,pattern,parent
    small,100,0,10,3,dense,
    tiny,100,0,1,4,dense,
    sparse,190,0.5,10,2.5,unstructured,
    large,300,0,10,2,dense,
    nearly,286,0,10,2,dense,
    nm,4000,0.5,1,2,2:4,
    pruned,4000,0.5,1,2,unstructured,large

    """

  func roles(_ settings: String) throws -> [String: RunRole] {
    let sweep = try TemporaryData(["x/t.csv": Self.runs, "x/sweep.yml": settings]).sweep()
    return Dictionary(uniqueKeysWithValues: sweep.runs.map { ($0.name, $0.role) })
  }

  @Test func largestIsWithinFivePerCentAmongMainRuns() throws {
    #expect(
      try roles("title: x") == [
        "small": .fitted, "tiny": .fitted, "sparse": .fitted, "large": .heldOut,
        "nearly": .heldOut, "nm": .other, "pruned": .other,
      ])
  }

  /// 270 is 0.9 of the largest, 284 below 0.95 of it and 286 above.
  @Test(arguments: [(270, RunRole.fitted), (284, .fitted), (286, .heldOut)])
  func aSizeFurtherThanFivePerCentIsFitted(size: Int, role: RunRole) throws {
    let table = Self.runs.replacing("nearly,286", with: "nearly,\(size)")
    let sweep = try TemporaryData(["x/t.csv": table]).sweep()
    #expect(sweep.runs.first { $0.name == "nearly" }?.role == role)
  }

  /// `below: 10` and `above: 10` both leave a run of exactly 10 in.
  @Test(arguments: [("below", ["tiny"]), ("above", [])])
  func aRunAtTheBoundOfARuleStays(side: String, excluded: [String]) throws {
    let roles = try roles("exclude: [{data: {\(side): 10}, why: odd}]\nholdout: none")
    #expect(roles.filter { $0.value == .excluded }.keys.sorted() == excluded)
  }

  @Test func rulesTouchMainRunsAlone() throws {
    let settings = """
      exclude:
        - {data: {below: 5}, why: too short}
        - {nonzero_params: {above: 290}, run: l*, why: odd}
      holdout: largest
      """
    let data = try TemporaryData(["x/t.csv": Self.runs, "x/sweep.yml": settings])
    let sweep = try data.sweep()
    #expect(sweep.runs.filter { $0.role == .excluded }.map(\.name) == ["tiny", "large"])
    #expect(sweep.runs.filter { $0.role == .heldOut }.map(\.name) == ["nearly"])
    #expect(
      sweep.exclusions == [
        Exclusion(
          run: "tiny", why: "data 1 below 5: too short",
          cause: .rule("data below 5", why: "too short")),
        Exclusion(
          run: "large", why: "nonzero_params 300 above 290 and name matches \"l*\": odd",
          cause: .rule("nonzero_params above 290 and name matches \"l*\"", why: "odd")),
      ])
    #expect(sweep.runs.map(\.whyExcluded).compactMap { $0 } == sweep.exclusions.map(\.why))
    #expect(sweep.runsRead == 7)
  }

  @Test func holdoutByBoundByNameAndNotAtAll() throws {
    let bound = try roles("holdout: {nonzero_params_at_least: 100}")
    #expect(
      bound.filter { $0.value == .heldOut }.keys.sorted() == ["large", "nearly", "small", "tiny"])
    let names = try roles("holdout: {runs: [sm*, n?arly]}")
    #expect(names.filter { $0.value == .heldOut }.keys.sorted() == ["nearly", "small"])
    #expect(try !roles("holdout: none").values.contains(.heldOut))
  }

  @Test(arguments: [
    ("smal", "2:18: `holdout` \"smal\" matches no run; the nearest names are \"small\""),
    ("nm", "2:18: `holdout` \"nm\" matches \"nm\", which has an N:M pattern or a parent"),
    (
      "tiny",
      "2:18: `holdout` \"tiny\" matches \"tiny\", which is excluded: name matches \"tiny\": short"
    ),
  ])
  func aHoldoutPatternMustMatchAMainRun(pattern: String, error: String) throws {
    let settings = "exclude: [{run: tiny, why: short}]\nholdout: {runs: [\(pattern)]}"
    let data = try TemporaryData(["x/t.csv": Self.runs, "x/sweep.yml": settings])
    #expect(try lines(data.errors())[0].hasPrefix("Data/x/sweep.yml:" + error))
  }

  @Test func aRuleThatMatchesNothingIsNoted() throws {
    let settings = "exclude: [{run: gone, why: x}]"
    let sweep = try TemporaryData(["x/t.csv": Self.runs, "x/sweep.yml": settings]).sweep()
    #expect(sweep.warnings == ["Data/x/sweep.yml:1:11: this rule of `exclude` matches no run"])
  }

  @Test func withoutAnOptionalFileItsRunsMayBeHeldOut() throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": """
      runs: [t.csv, {path: more.csv, optional: true}]
      holdout: {runs: [small, xl-*]}
      """, "x/t.csv": Self.runs,
    ]).sweep()
    #expect(sweep.runs.filter { $0.role == .heldOut }.map(\.name) == ["small"])
    #expect(
      sweep.warnings == ["Data/x/sweep.yml:2:25: `holdout` \"xl-*\" matches no run that is here"])
  }

  @Test func publishedAloneIsASweep() throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": """
      published:
        name: P
        coefficients: {a_S: 0, b_S: 1, c_S: 2, b_N: 3, a_D: 4, b_D: 5, c: 0}
      """
    ]).sweep()
    let published = try #require(sweep.published.first)
    #expect(published.name == "P" && published.law == nil && sweep.published.count == 1)
    #expect(published.coefficients.map(\.name) == ["a_S", "b_S", "c_S", "b_N", "a_D", "b_D", "c"])
    #expect(published.coefficients.map(\.value) == [0, 1, 2, 3, 4, 5, 0])
    #expect(sweep.runs.isEmpty)
  }

  @Test func publishedIsAListOfLawsWithNotes() throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": """
      law: coupling
      notes: |
        One seed.
        Rates tuned on short dense runs.
      published:
        - name: P
          coefficients: {c_S: 2, b_N: 3, a_D: 4, b_D: 5, c: 0}
          note: dense
        - {name: Q, law: coupling, coefficients: {k: 0.5, a_S: -1}}
      """
    ]).sweep()
    #expect(sweep.law == "coupling")
    #expect(sweep.notes == "One seed.\nRates tuned on short dense runs.")
    #expect(sweep.published.map(\.name) == ["P", "Q"])
    #expect(sweep.published.map(\.law) == [nil, "coupling"])
    #expect(sweep.published.map(\.note) == ["dense", nil])
    #expect(sweep.published[0]["a_S"] == nil && sweep.published[0]["c_S"] == 2)
    #expect(sweep.published[1].coefficients == [.init("k", 0.5), .init("a_S", -1)])
  }

  @Test func defaultsAreThoseOfTheFormat() throws {
    let sweep = try TemporaryData(["x/t.csv": Self.runs]).sweep()
    #expect(sweep.residual == .log)
    #expect(sweep.huberDelta == nil)
    #expect(sweep.holdout == .largest)
    #expect(sweep.refit)
    #expect(
      sweep.compute == ComputeSettings(flopsPerParameter: 6, pruningStart: 0.25, pruningEnd: 0.75))
    #expect(sweep.title == "x")
  }

  @Test(arguments: [("auto", nil), ("0.001", 0.001)] as [(String, Double?)])
  func deltaIsANumberOrFromTheScatter(text: String, delta: Double?) throws {
    let sweep = try TemporaryData([
      "x/t.csv": Self.runs, "x/sweep.yml": "runs: [t.csv]\nfit: {huber_delta: \(text)}\n",
    ]).sweep()
    #expect(sweep.huberDelta == delta)
  }
}
