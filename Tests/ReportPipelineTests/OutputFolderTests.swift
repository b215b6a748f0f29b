import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("The output folder and what stands in it")
struct OutputFolderTests {
  @Test func foreignFilesStay() throws {
    let place = try Workplace()
    try place.run()
    try place.folder.write("Output/NOTES.txt", "mine")
    try place.folder.write("Output/sweep/figures/sketch.png", "mine too")
    try place.folder.write("Output/drafts/deep/er/x.md", "and mine")
    try FileManager.default.createSymbolicLink(
      atPath: place.options.output + "/link", withDestinationPath: "NOTES.txt")
    try place.run()
    #expect(try place.folder.text("Output/NOTES.txt") == "mine")
    #expect(try place.folder.text("Output/sweep/figures/sketch.png") == "mine too")
    #expect(try place.folder.text("Output/drafts/deep/er/x.md") == "and mine")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: place.options.output + "/link")
        == "NOTES.txt")
  }

  @Test func filesThatAreNoLongerMadeGo() throws {
    let place = try Workplace()
    place.options.formats = [.svg, .pdf]
    try place.run()
    #expect(place.folder.exists("Output/sweep/figures/fit-quality.pdf"))
    place.options.formats = [.svg]
    try place.run()
    #expect(!place.folder.exists("Output/sweep/figures/fit-quality.pdf"))
    #expect(place.folder.exists("Output/sweep/figures/fit-quality.svg"))
  }

  @Test func aFolderWithoutOurManifestIsRefused() throws {
    let place = try Workplace()
    try place.folder.write("Output/sweep/report.md", "my thesis")
    try place.folder.write("Output/sweep/results.json/deep/thesis.txt", "my thesis")
    let refusal = "was not made by this program"
    func refuses() -> Bool {
      guard case .unreadable(let messages)? = place.faults() else { return false }
      return messages.joined().contains(refusal)
    }
    let before = try place.folder.files("Output")
    #expect(refuses())
    for forged in [
      "", "{}", "not JSON", #"{"schema": 1, "outputs": []}"#,
    ] {
      try place.folder.write("Output/sweep/manifest.json", forged)
      #expect(refuses())
    }
    try FileManager.default.removeItem(
      at: place.folder.url.appending(path: "Output/sweep/manifest.json"))
    #expect(try place.folder.files("Output") == before)
  }

  @Test func aForgedManifestDeletesNothing() throws {
    let place = try Workplace()
    place.options.formats = [.svg, .pdf]
    try place.run()
    let thesis = Data("my thesis".utf8)
    let path = "Output/sweep/manifest.json"
    let honest = try place.folder.text(path)
    try place.folder.write("Output/sweep/thesis.txt", thesis)
    try place.folder.write("Output/sweep/figures/mine.pdf", thesis)
    try place.folder.write("Output/sweep/figures/photo.pdf", thesis)
    func forge(_ name: String, _ digest: String) throws {
      var manifest = try JSONDecoder().decode(Manifest.self, from: Data(honest.utf8))
      manifest.outputs.append(.init(path: name, sha256: digest))
      try place.folder.write(path, try JSONText.encode(manifest))
    }
    // A name that the program never gives makes the manifest one that it never wrote.
    for name in [
      "thesis.txt", "../../thesis.txt", "/etc/passwd", "figures/../thesis.txt", "figures",
    ] {
      try forge(name, Digest.sha256(thesis))
      #expect(place.faults() != nil, "\(name)")
      #expect(try place.folder.text("Output/sweep/thesis.txt") == "my thesis")
    }
    // A name that it may give, and another content.
    try forge("figures/mine.pdf", Digest.sha256(Data("something else".utf8)))
    let summary = try place.run()
    #expect(try place.folder.text("Output/sweep/figures/mine.pdf") == "my thesis")
    #expect(summary.notices.contains { $0.contains("figures/mine.pdf is no longer made") })
    #expect(try place.folder.text("Output/sweep/figures/photo.pdf") == "my thesis")
  }

  @Test func nothingIsRemovedToMakeRoomForAFile() throws {
    let place = try Workplace()
    try place.run()
    let manager = FileManager.default
    func expectRefusal(_ path: String, _ make: (URL) throws -> Void) throws {
      let target = place.folder.url.appending(path: "Output/sweep/\(path)")
      let aside = place.folder.url.appending(path: "aside")
      try manager.moveItem(at: target, to: aside)
      try make(target)
      let before = try place.folder.files("Output")
      #expect(place.faults() != nil, "\(path)")
      #expect(try place.folder.files("Output") == before)
      try manager.removeItem(at: target)
      try manager.moveItem(at: aside, to: target)
    }
    for path in ["report.md", "figures/fit-quality.svg"] {
      try expectRefusal(path) {
        try manager.createDirectory(
          at: $0.appending(path: "deep"), withIntermediateDirectories: true)
      }
      try expectRefusal(path) {
        try manager.createSymbolicLink(atPath: $0.path, withDestinationPath: "/etc/hostname")
      }
    }
    try expectRefusal("figures") { try Data("mine".utf8).write(to: $0) }
    try expectRefusal("figures") {
      try manager.createSymbolicLink(atPath: $0.path, withDestinationPath: "../..")
    }
    try place.run()
  }

  @Test func aHardLinkAtANewOutputsPathIsNotWrittenThrough() throws {
    let place = try Workplace()
    try place.run()
    try place.folder.write("precious.txt", "mine")
    try FileManager.default.linkItem(
      at: place.folder.url.appending(path: "precious.txt"),
      to: place.folder.url.appending(path: "Output/sweep/figures/fit-quality.pdf"))
    place.options.formats = [.svg, .pdf]
    try place.run()
    #expect(try place.folder.text("precious.txt") == "mine")
    #expect(
      try Data(
        contentsOf: place.folder.url.appending(
          path: "Output/sweep/figures/fit-quality.pdf")
      ).starts(with: Data("%PDF".utf8)))
  }

  @Test func emptyFoldersPermissionsAndPipesStay() throws {
    let place = try Workplace()
    try place.run()
    let manager = FileManager.default
    let own = place.folder.url.appending(path: "Output/own/empty")
    try manager.createDirectory(at: own, withIntermediateDirectories: true)
    chmod(own.path, 0o750)
    let pipe = place.folder.url.appending(path: "Output/own/pipe")
    mkfifo(pipe.path, 0o600)
    try place.run()
    let mode = try manager.attributesOfItem(atPath: own.path)[.posixPermissions] as? Int
    #expect(mode == 0o750)
    #expect(access(pipe.path, F_OK) == 0)
  }

  @Test func sweepsThatWouldShareAFolderAreRefused() throws {
    let place = try Workplace(["Sweep": Design(), "sweep": Design()])
    guard case .invalid(let messages)? = place.faults() else {
      Issue.record("another error")
      return
    }
    #expect(messages[0].contains("would stand in the place of"))
  }

  @Test(arguments: ["a\nb", "a\u{1B}b", "a\u{202E}b", "a\u{2028}b", "\u{600}a"])
  func aSweepThatNoMediumCanNameIsRefused(name: String) throws {
    let place = try Workplace([name: Design()])
    guard case .invalid(let messages)? = place.faults() else {
      Issue.record("another error")
      return
    }
    #expect(messages[0].contains("characters that nobody can see"))
  }

  @Test func aManifestCannotNameFilesOutsideItsSweep() throws {
    let place = try Workplace()
    try place.run()
    try place.folder.write("Output/other/keep.txt", "mine")
    try place.folder.write("keep.txt", "mine")
    let manifest = try place.folder.text("Output/sweep/manifest.json")
    for path in ["../other/keep.txt", "../../keep.txt"] {
      try place.folder.write(
        "Output/sweep/manifest.json", manifest.replacing("\"numbers.tex\"", with: "\"\(path)\""))
      #expect(place.faults() != nil)
      #expect(place.folder.exists("Output/other/keep.txt"))
      #expect(place.folder.exists("keep.txt"))
    }
  }

  @Test func otherSweepsStayAsTheyAre() throws {
    let place = try Workplace(["a": Design(), "b": Design(aS: 12)])
    try place.run()
    let before = try place.folder.files("Output/b")
    place.options.sweeps = ["a"]
    place.options.formats = [.pdf]
    try place.run()
    #expect(try place.folder.files("Output/b") == before)
    #expect(place.folder.exists("Output/a/figures/fit-quality.pdf"))
    #expect(!place.folder.exists("Output/a/figures/fit-quality.svg"))
    let index = try place.folder.text("Output/README.md")
    #expect(index.contains("a/report.md") && index.contains("b/report.md"))
  }

  @Test func whatCannotBeAnOutputFolderIsRefused() throws {
    let place = try Workplace()
    let before = try place.folder.files()
    func refusal(_ output: String) -> String {
      place.options.output = output
      guard case .unreadable(let messages)? = place.faults() else { return "" }
      return messages.joined(separator: "\n")
    }
    let root = place.folder.path
    #expect(refusal(root + "/Data").contains("overlaps the data folder"))
    #expect(refusal(root + "/Data/inner").contains("overlaps the data folder"))
    #expect(refusal(root + "/Data/../Data/sweep").contains("overlaps the data folder"))
    #expect(refusal(root).contains("overlaps the data folder"))
    #expect(refusal("/").contains("overlaps the data folder"))
    #expect(refusal("").contains("is not a path"))
    #expect(try place.folder.files() == before)

    try place.folder.write("file", "mine")
    #expect(refusal(root + "/file").contains("is not a folder"))
    #expect(try place.folder.text("file") == "mine")

    try place.folder.write("Project/README.md", "# My project")
    #expect(refusal(root + "/Project").contains("README.md that is not the index of a report"))
    #expect(try place.folder.files("Project") == ["README.md": Data("# My project".utf8)])

    try FileManager.default.createSymbolicLink(
      atPath: root + "/link", withDestinationPath: "Project")
    #expect(refusal(root + "/link").contains("is a symbolic link"))
    #expect(refusal(root + "/link/").contains("is a symbolic link"))
    try FileManager.default.createSymbolicLink(atPath: root + "/into", withDestinationPath: "Data")
    #expect(refusal(root + "/into/x").contains("overlaps the data folder"))
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func aFolderWithoutPermissionIsRefused() throws {
    let place = try Workplace()
    let locked = place.folder.url.appending(path: "locked")
    try FileManager.default.createDirectory(
      at: locked, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o555])
    place.options.output = locked.appending(path: "Output").path
    guard case .unreadable(let messages)? = place.faults() else {
      Issue.record("another error")
      return
    }
    #expect(messages[0].contains("cannot be written"))
  }

  @Test func aSweepCannotTakeTheNameOfTheIndex() throws {
    let place = try Workplace(["README.md": Design(), "sweep": Design()])
    guard case .invalid(let messages)? = place.faults() else {
      Issue.record("another error")
      return
    }
    #expect(
      messages == [
        "\"README.md\": its report would stand in the place of the index; rename the folder"
      ])
    #expect(!place.folder.exists("Output"))
  }

  @Test func aFailingRunLeavesTheOldReport() throws {
    let place = try Workplace(["good": Design(), "other": Design()])
    try place.run()
    let before = try place.folder.files("Output")
    try place.settings("los: {column: val_loss}\n", of: "other")
    #expect(place.faults() != nil)
    #expect(try place.folder.files("Output") == before)
    try place.settings("holdout: none\n", of: "other")
    try place.folder.write("Data/other/runs.csv", Design(sizes: [1e5, 2e5]).csv)
    #expect(place.faults() != nil)
    #expect(try place.folder.files("Output") == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: place.folder.path).sorted()
        == ["Data", "Output"])
  }

  @Test func stagesOfRunsThatDiedAreRemovedAndOthersAreNot() throws {
    let place = try Workplace()
    // No process has this number: it is above the kernel's limit.
    try place.folder.write(".Output.new-99999999/sweep/report.md", "half")
    try place.folder.write(".Output.new-\(getppid())/sweep/report.md", "running")
    try place.folder.write(".Output.new-notes/x", "mine")
    try place.folder.write(".Other.new-99999999/x", "of another folder")
    try place.run()
    #expect(!place.folder.exists(".Output.new-99999999"))
    #expect(place.folder.exists(".Output.new-\(getppid())"))
    #expect(place.folder.exists(".Output.new-notes/x"))
    #expect(place.folder.exists(".Other.new-99999999/x"))
    #expect(!place.folder.exists(".Output.new-\(getpid())"))
  }

  /// A stranger who guesses the number of the process may put a link there.
  @Test func aLinkInPlaceOfTheStageIsNotFollowed() throws {
    let place = try Workplace()
    try place.folder.write("victim/mine.txt", "x")
    let stage = place.folder.url.appending(
      path: ".Output.new-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createSymbolicLink(
      at: stage, withDestinationURL: place.folder.url.appending(path: "victim"))
    let fault = try #require(place.faults())
    #expect(fault.description.hasPrefix("\(place.options.output): cannot be written: "))
    #expect(try place.folder.files("victim").keys.sorted() == ["mine.txt"])
    #expect(!FileManager.default.fileExists(atPath: place.options.output))
  }

  @Test func theOldReportIsNotWrittenThrough() throws {
    let place = try Workplace()
    try place.run()
    // Another name for a file of the old report keeps the old content.
    let kept = place.folder.url.appending(path: "kept.json")
    let report = place.folder.url.appending(path: "Output/sweep/results.json")
    try FileManager.default.linkItem(at: report, to: kept)
    let before = try Data(contentsOf: kept)
    try place.folder.write("Data/sweep/runs.csv", Design(aS: 15).csv)
    try place.run()
    #expect(try Data(contentsOf: kept) == before)
    #expect(try Data(contentsOf: report) != before)
  }

  @Test func anIndexListsEverySweepInTheFolder() throws {
    let place = try Workplace(["a": Design(), "b": Design()])
    place.options.sweeps = ["b"]
    try place.run()
    #expect(try !place.folder.text("Output/README.md").contains("a/report.md"))
    place.options.sweeps = ["a"]
    try place.run()
    let index = try place.folder.text("Output/README.md")
    let (a, b) = (index.firstRange(of: "a/report.md"), index.firstRange(of: "b/report.md"))
    #expect(try #require(a).lowerBound < #require(b).lowerBound)
  }
}
