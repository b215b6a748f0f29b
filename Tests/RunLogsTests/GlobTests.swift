import RunLogs
import Testing

@Suite struct GlobTests {
  @Test func matchesWholeNames() {
    for (pattern, name, matches) in [
      ("*", "", true), ("a*", "abc", true), ("*c", "abc", true), ("a*c*e", "abcde", true),
      ("a?c", "abc", true), ("a?c", "ac", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false),
      ("[]]", "]", true), ("[a", "[a", true), ("a\\*", "a*", true), ("a\\*", "ab", false),
      ("n?rd", "nörd", true), ("abc", "ab", false), ("", "a", false),
    ] {
      #expect(Glob(pattern).matches(name) == matches, "\(pattern) \(name)")
    }
    let slow = String(repeating: "a*", count: 200) + "b"
    #expect(!Glob(slow).matches(String(repeating: "a", count: 5_000)))
  }

  @Test func expandsFoldersInOrderOfBytes() throws {
    let data = try TemporaryData([
      "b/r 2/x.csv": "", "b/r10/x.csv": "", "B/r1/x.csv": "", ".h/r1/x.csv": "",
      "b/r10/deep/x.csv": "",
    ])
    try data.link("b/loop", to: "..")
    #expect(
      try Glob.expand("*/r*/x.csv", in: Door(data.root)) == [
        "B/r1/x.csv", "b/r 2/x.csv", "b/r10/x.csv",
      ])
    #expect(
      try Glob.expand("**/x.csv", in: Door(data.root))
        == ["B/r1/x.csv", "b/r 2/x.csv", "b/r10/deep/x.csv", "b/r10/x.csv"])
    let many = String(repeating: "**/", count: 40) + "x.csv"
    #expect(
      try Glob.expand(many, in: Door(data.root)) == Glob.expand("**/x.csv", in: Door(data.root)))
    #expect(try Glob.expand("./b/r10/x.csv", in: Door(data.root)) == ["b/r10/x.csv"])
    #expect(try Glob.expand("b/none*", in: Door(data.root)) == [])
  }

  @Test(.timeLimit(.minutes(1))) func manyWalksInADeepChainListEachFolderOnce() throws {
    let names = (1...80).map { "d\($0)" }
    let chain = names.joined(separator: "/")
    let data = try TemporaryData([chain + "/x.csv": ""])
    let door = Door(data.root)
    let clock = ContinuousClock()
    let many = String(repeating: "**/*/", count: 20)
    var found: [String] = []
    let time = try clock.measure { found = try Glob.expand(many + "x.csv", in: door) }
    #expect(found == [chain + "/x.csv"])
    #expect(time < .seconds(10), "\(time)")
    // One `**` goes 32 folders below the nearest path found, two of them twice as deep.
    func deepest(_ pattern: String) throws -> Int? {
      try Glob.expand(pattern, in: door).map { $0.split(separator: "/").count }.max()
    }
    #expect(try deepest("**") == 32)
    #expect(try deepest("**/**") == 64)
    #expect(try deepest("d1/d2/**") == 34)
    #expect(try Glob.expand("**/x.csv", in: door) == [])
  }
}
