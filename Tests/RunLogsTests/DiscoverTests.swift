import Foundation
import RunLogs
import Testing

@Suite struct DiscoverTests {
  @Test func findsFoldersWithSettingsOrLogsAndNothingElse() throws {
    let data = try TemporaryData([
      "README.md": "", "b/sweep.yml": "title: b", "a/runs/r1/metrics.jsonl": "{}",
      "c/t.csv": table(), "notes/README.md": "", ".hidden/sweep.yml": "title: h",
    ])
    let folders = try SweepLoader.discover(dataRoot: data.root)
    #expect(folders.map(\.name) == ["a", "b", "c"])
  }

  @Test(arguments: ["", "/", "/.", "/../Data"])
  func rootItselfMayBeTheSweep(ending: String) throws {
    let data = try TemporaryData(["sweep.yml": "title: x", "t.csv": table("a,100,0,10,2")])
    let folders = try SweepLoader.discover(dataRoot: data.root + ending)
    #expect(folders.map(\.name) == ["Data"])
    let sweep = try SweepLoader.load(folders[0]).get()
    #expect(sweep.runs.map(\.location.description) == ["Data/t.csv:2"])
    #expect(sweep.inputs.map(\.path) == ["sweep.yml", "t.csv"])
  }

  @Test func runFoldersInTheRootMakeItASweep() throws {
    let data = try TemporaryData(["r1/metrics.csv": "a\n", "r2/metrics.jsonl": "{}"])
    #expect(try SweepLoader.discover(dataRoot: data.root).map(\.name) == ["Data"])
  }

  @Test func choosesByName() throws {
    let data = try TemporaryData(["byte-lm/sweep.yml": "", "t5/sweep.yml": "", "vit/sweep.yml": ""])
    #expect(
      try SweepLoader.discover(dataRoot: data.root, only: ["vit", "t5"]).map(\.name) == [
        "t5", "vit",
      ])
    let error = try #require(throws: Fault.self) {
      try SweepLoader.discover(dataRoot: data.root, only: ["bytelm"])
    }
    #expect(
      error.description
        == "Data: there is no sweep named \"bytelm\"; the sweeps here are byte-lm, t5, vit")
    #expect(error.kind == .invalid)
  }

  @Test func aRootThatCannotBeReadIsUnreadable() throws {
    let data = try TemporaryData(["file": ""])
    for (path, message) in [
      (data.root + "/absent", "there is no folder \""), (data.root + "/file", "is not a folder"),
      ("", "the data root is not a path"),
    ] {
      let error = try #require(throws: Fault.self) {
        try SweepLoader.discover(dataRoot: path)
      }
      #expect(error.kind == .unreadable)
      #expect(error.message.contains(message))
    }
  }

  @Test func aRootWithoutSweepsIsInvalid() throws {
    for files in [[:], ["README.md": "x"], ["x/notes.txt": "x"]] {
      let data = try TemporaryData(files)
      let error = try #require(throws: Fault.self) {
        try SweepLoader.discover(dataRoot: data.root)
      }
      #expect(error.kind == .invalid)
    }
  }

  /// A sweep is not read without the settings that were written for it under another name.
  @Test(arguments: ["sweep.yaml", "Sweep.yml", "SWEEP.YML", "sweep.yml.txt", "sweep.txt"])
  func settingsOfAnotherNameAreAnError(name: String) throws {
    for prefix in ["", "x/"] {
      let data = try TemporaryData([
        prefix + name: "exclude: [{run: a, why: broken}]", prefix + "t.csv": table("a,100,0,10,2"),
      ])
      #expect(
        try lines(data.errors()) == [
          "Data/\(prefix)\(name): the sweep is described in \"\(name)\"; rename it to sweep.yml"
        ])
    }
  }

  @Test func foldersThatDifferInNormalFormAreToldApart() throws {
    let data = try TemporaryData(["\u{E9}/t.csv": table("a,100,0,10,2")])
    try data.write("e\u{301}/t.csv", table("a,100,0,10,2"))
    let error = try #require(throws: Fault.self) {
      try SweepLoader.discover(dataRoot: data.root)
    }
    #expect(error.message == "two folders are called \"\u{E9}\", in other Unicode scalars")
  }

  @Test func aLinkOutOfTheRootIsRefused() throws {
    let outside = try TemporaryData(["sweep.yml": "title: x"])
    let data = try TemporaryData(["a/sweep.yml": "title: a"])
    try data.link("b", to: outside.root)
    let error = try #require(throws: Fault.self) {
      try SweepLoader.discover(dataRoot: data.root)
    }
    #expect(
      error.description.hasPrefix("Data/b: the folder is a symbolic link; links are not followed"))
  }
}
