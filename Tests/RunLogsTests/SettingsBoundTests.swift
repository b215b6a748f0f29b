import RunLogs
import Testing

/// A sweep.yml of a mebibyte is read in a moment, whatever it holds, and told of in few words.
@Suite struct SettingsBoundTests {
  private static let rows = table("a,100,0,10,2", "b,100,0,20,1.9", "c,200,0,20,1.8")

  private func errors(_ settings: String, _ files: [String: String] = [:]) throws -> [String] {
    let all = ["x/t.csv": Self.rows, "x/sweep.yml": settings].merging(files) { $1 }
    return try lines(TemporaryData(all).errors())
  }

  @Test func fiftyFaultsAreTold() throws {
    let errors = try errors((0..<20_000).map { "a\($0): 1\n" }.joined())
    #expect(errors.count == 51)
    #expect(errors[49].hasPrefix("Data/x/sweep.yml:50:1: unknown key \"a49\""))
    #expect(errors[50] == "Data/x/sweep.yml:50:1: there are more faults than these")
    #expect(try self.errors((0..<49).map { "a\($0): 1\n" }.joined()).count == 49)
  }

  @Test(arguments: [
    ("title", 2_000), ("source", 2_000), ("notes", 20_000), ("sweeps_by", 2_000), ("law", 2_000),
  ])
  func textsHaveALength(key: String, most: Int) throws {
    func text(_ count: Int) -> String { "\(key): \(String(repeating: "é", count: count / 2))\n" }
    let longest = try TemporaryData(["x/t.csv": Self.rows, "x/sweep.yml": text(most)])
    #expect(try longest.loadFaults("longer than").isEmpty)
    #expect(
      try errors(text(most + 2)) == [
        "Data/x/sweep.yml:1:\(key.utf8.count + 3): `\(key)` is longer than \(grouped(Double(most)))"
          + " bytes"
      ])
  }

  @Test(arguments: [
    ("runs: [", "t.csv", "]", "runs", 256),
    ("exclude: [", "{run: x, why: y}", "]", "exclude", 256),
    ("data: {product: [", "tokens", "]}", "data.product", 64),
    ("keep: {best: [", "run", "]}", "keep.best", 64),
    ("runs: {path: t.csv, lines: [", "'a{b}'", "]}", "runs.lines", 64),
    ("runs: {path: t.csv, run: [", "run", "]}", "runs.run", 64),
    ("holdout: {runs: [", "a", "]}", "holdout.runs", 10_000),
    ("where: {run: [", "a", "]}", "where.run", 10_000),
    (
      "published: [", "{name: p, law: dense, coefficients: {c_S: 1, b_N: 1, a_D: 1, b_D: 1, c: 1}}",
      "]", "published", 16
    ),
  ])
  func listsHaveALength(
    start: String, element: String, end: String, name: String, most: Int
  ) throws {
    func list(_ count: Int) -> String {
      start + [String](repeating: element, count: count).joined(separator: ", ") + end
    }
    #expect(
      try TemporaryData(["x/t.csv": Self.rows, "x/sweep.yml": list(most)]).loadFaults(
        "`\(name)` has"
      )
      .isEmpty)
    let faults = try TemporaryData(["x/t.csv": Self.rows, "x/sweep.yml": list(most + 1)])
      .loadFaults("`\(name)` has")
    #expect(
      faults.count == 1
        && faults[0].contains(
          "`\(name)` has \(grouped(Double(most + 1))) elements, more than \(grouped(Double(most)))"),
      "\(faults)")
  }

  /// Thirty times `**`, tried one by one, would take longer than the world is old.
  @Test(.timeLimit(.minutes(1))) func starsDoNotMultiply() throws {
    let deep = (0..<30).map { "d\($0)" }.joined(separator: "/")
    let stars = String(repeating: "**/", count: 30)
    let sweep = try TemporaryData([
      "x/sweep.yml": """
      runs:
        - {path: '**/t.csv', run: none}
        - {path: '\(stars)u.csv', optional: true, run: [run]}
        - {path: '\(stars)d29/*', run: [run]}
      """,
      "x/t.csv": table("a,100,0,10,2"), "x/\(deep)/t.csv": table("b,100,0,20,2"),
      "x/d0/t.csv": table("c,100,0,30,2"),
    ]).sweep()
    #expect(sweep.runs.map(\.name).sorted() == ["b", "d0/t.csv:2", "t.csv:2"])
  }

  /// Each name against each pattern of many stars.
  @Test func patternsOfLongNamesAreRefused() throws {
    let name = String(repeating: "a", count: 900)
    let rows = (0..<5_000).map { "\(name)\($0),100,0,\($0 + 10),2\n" }.joined()
    let settings = "exclude:\n" + String(repeating: "- {run: '*a*a*a*ab', why: x}\n", count: 200)
    let many = try errors(settings, ["x/t.csv": table("a,100,0,10,2") + rows])
    #expect(
      many == [
        "Data/x/sweep.yml: `exclude` and `holdout` have too many patterns for names of this length; "
          + "write fewer and shorter ones, or shorten the names of the runs"
      ])
    // Plain names are no patterns.
    let plain = "holdout: {runs: [\((0..<900).map { "\(name)\($0)" }.joined(separator: ", "))]}\n"
    let sweep = try TemporaryData([
      "x/t.csv": table("a,100,0,10,2") + rows, "x/sweep.yml": plain,
    ]).sweep()
    #expect(sweep.runs.count { $0.role == .heldOut } == 900)
  }

  /// Values that a column may have are looked up, equal numbers among them, however they are written.
  @Test func valuesAreTextsOrEqualNumbers() throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": "where: {lr: [1e-1, 'high', 3]}\n",
      "x/t.csv": "run,dense_params,sparsity,tokens,val_loss,lr\n"
        + "a,100,0,10,2,0.10\nb,100,0,20,2,high\nc,100,0,30,2,3.0\nd,100,0,40,2,0.3\ne,9,0,50,2,\n",
    ]).sweep()
    #expect(sweep.runs.map(\.name) == ["a", "b", "c"])
  }
}

extension TemporaryData {
  /// The faults that say something.
  fileprivate func loadFaults(_ words: String) throws -> [String] {
    guard case .failure(let errors) = try load() else { return [] }
    return lines(errors.errors).filter { $0.contains(words) }
  }
}
