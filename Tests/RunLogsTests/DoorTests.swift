import Foundation
import RunLogs
import Testing

/// Nothing is read that is not a regular file below the root, whatever stands in its place.
@Suite struct DoorTests {
  @Test func whatIsNoFileBelowTheRootIsRefused() throws {
    let outside = try TemporaryData(["secret": "s3cret", "folder/secret": "s3cret"])
    let data = try TemporaryData(["a/f": "inside", "g": "inside"])
    try data.link("a/file", to: outside.root + "/secret")
    try data.link("a/folder", to: outside.root + "/folder")
    try data.link("a/near", to: "../g")
    try data.link("a/self", to: "self")
    try data.link("a/gone", to: "nowhere")
    try #require(mkfifo(data.root + "/a/pipe", 0o600) == 0)
    let door = Door(data.root)
    for (path, kind) in [
      ("a", Door.Kind.folder), ("a/f", .file), ("a/file", .link), ("a/folder", .link),
      ("a/folder/secret", .link), ("a/near", .link), ("a/self", .link), ("a/gone", .link),
      ("a/pipe", .other), ("a/none", .absent), ("a/f/x", .absent), ("../g", .absent),
      (".", .folder),
    ] { #expect(door.kind(path) == kind, "\(path)") }
    for path in ["a/file", "a/folder/secret", "a/near", "a/self", "a/gone"] {
      let fault = try #require(throws: Fault.self) { try door.bytes(path, atMost: 100) }
      #expect(fault.kind == .link, "\(path)")
    }
    for path in ["a/pipe", "a", "", "../Data/g", "/etc/hostname", "a/../../x", "a/f\0"] {
      #expect(throws: Fault.self, "\(path)") { try door.bytes(path, atMost: 100) }
    }
    #expect(throws: Fault.self) { try Door("/dev").bytes("null", atMost: 100) }
    #expect(throws: Fault.self) { try door.names(in: "a/folder") }
    #expect(throws: Fault.self) { try door.folder("..") }
    #expect(door.ledger.paths == [])
    #expect(try door.folder("a").bytes("../g", atMost: 6) == Array("inside".utf8))
    #expect(throws: Fault.self) { try door.folder("a").bytes("f", atMost: 5) }
    #expect(door.ledger.paths == ["g", "a/f"])
    #expect(door.ledger.bytesRead == 12)
  }

  /// The root may be reached through a link: it is the user who named it.
  @Test func theRootMayBeALink() throws {
    let data = try TemporaryData(["x/f": "inside"])
    try data.link("root", to: data.root + "/x")
    #expect(try Door(data.root + "/root").bytes("f", atMost: 100).count == 6)
  }

  /// Files below one of the fixtures, from its folder: of each name and depth the first, as the runs
  /// of a fixture are alike.
  private static func files(in fixture: String) throws -> [String] {
    let folder = FormatFixtureTests.fixtures.appendingPathComponent(fixture)
    var seen: Set<String> = []
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().filter {
      let parts = $0.split(separator: "/")
      guard seen.insert("\(parts.count) \(parts.last ?? "")").inserted else { return false }
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(
        atPath: folder.appendingPathComponent($0).path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }

  private static let fixtures = [
    "pandas/csv", "pandas/csv-gz", "pandas/tsv", "pandas/jsonl", "pandas/json-rows", "huggingface",
    "keras", "lightning", "tensorboard", "wandb-offline", "wandb/folders", "wandb/charts",
    "wandb/export", "mlflow",
  ]

  /// Each file of each format, side files and sweep.yml included, is replaced by a link to its like
  /// outside, by a pipe and by a device, and each folder by a link to its like; both verbs are tried.
  @Test(arguments: fixtures)
  func noFormatGoesRoundTheDoor(fixture: String) throws {
    let source = FormatFixtureTests.fixtures.appendingPathComponent(fixture)
    let manager = FileManager.default
    for file in try Self.files(in: fixture) {
      var targets = [file]
      let parts = file.split(separator: "/")
      for count in 1..<max(parts.count, 1) {
        targets.append(parts.prefix(count).joined(separator: "/"))
      }
      for target in targets {
        for obstacle in ["link", "pipe", "device"] where target == file || obstacle == "link" {
          let data = try TemporaryData()
          try manager.copyItem(at: source, to: URL(fileURLWithPath: data.root + "/x"))
          let path = data.root + "/x/" + target
          try manager.removeItem(atPath: path)
          switch obstacle {
          case "pipe": try #require(mkfifo(path, 0o600) == 0)
          case "device": try data.link("x/" + target, to: "/dev/zero")
          default: try data.link("x/" + target, to: source.path + "/" + target)
          }
          let folder = SweepFolder("x", root: data.root, rootName: "Data")
          if case .success(let sweep) = SweepLoader.load(folder) {
            let inside = "x/" + target
            #expect(
              !sweep.inputs.contains { $0.path == inside || $0.path.hasPrefix(inside + "/") },
              "\(obstacle) at \(target)")
          }
          _ = try? SweepProposal(folder: data.root + "/x")
        }
      }
    }
  }

  /// What names a file to the system, outside of the door: the file of Sources, the call, and what
  /// it is for. None reads for a report or a check what lies in a data folder or committed Output.
  private static let exceptions = [
    "ReportPipeline/Output/OutputStage.swift: open(": "writes new files (O_EXCL), locks a folder",
    "ReportPipeline/Output/OutputStage.swift: FileHandle": "writes what it has opened",
    "ReportPipeline/Output/OutputStage.swift: stat(": "copies the mode of the user's folders",
    "ReportPipeline/Output/OutputStage.swift: copyItem(": "keeps a user's file, never shown",
    "ReportPipeline/Output/OutputStage.swift: contentsOfDirectory": "folders that runs left behind",
    "ReportPipeline/Output/OutputFolder.swift: realpath(": "where the folder that is named stands",
    "ReportPipeline/Templating/TemplateLibrary.swift: contentsOfDirectory": "an empty folder?",
    "ReportPipeline/Templating/TemplateLibrary.swift: subpathsOfDirectory": "templates are code",
    "ReportPipeline/Templating/TemplateLibrary.swift: contentsOf:": "templates are code",
    "report/Console.swift: FileHandle": "the standard streams",
    "report/Generate.swift: fileExists(": "where the summary that is named goes",
    "report/Initialise.swift: FileHandle": "writes what it has opened",
    "report/Initialise.swift: open(": "makes sweep.yml (O_EXCL)",
    "report/Report.swift: fileExists(": "is the word on the command line a folder?",
  ]

  /// The door is the only place where anything is opened or listed but for what is named above.
  @Test func nothingElseOpensFiles() throws {
    let sources = packageFolder.appendingPathComponent("Sources")
    let calls = [
      "open(", "openat(", "opendir(", "stat(", "statat(", "readlink(", "realpath(", "mmap(",
      "FileHandle", "InputStream", "contentsOf:", "contentsOfFile", "contentsOfDirectory",
      "contents(atPath", "subpaths(", "subpathsOfDirectory", "enumerator(", "fileExists(",
      "attributesOfItem", "copyItem(", "FileWrapper", "from_png(", "FT_New", "URLSession",
      "Process()", "posix_spawn", "popen(", "system(", "socket(",
    ]
    var found: Set<String> = []
    var seen = 0
    for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    where path.hasSuffix(".swift") && !path.hasPrefix("RunLogs/Bytes/") {
      seen += 1
      let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
      let code = text.replacing(/\/\/[^\n]*/, with: "")
        .replacing(/\(\s+/, with: "(")
        // These add to an array, a record or an open file.
        .replacing("append(contentsOf:", with: "").replacing("write(contentsOf:", with: "")
      for call in calls where code.contains(call) { found.insert("\(path): \(call)") }
    }
    #expect(seen > 300)
    #expect(found.subtracting(Self.exceptions.keys).sorted() == [])
    #expect(Set(Self.exceptions.keys).subtracting(found).sorted() == [], "no longer there")
  }

  @Test func aFolderOfTooManyNamesIsRefused() throws {
    let data = try TemporaryData(["a": "", "b": "", "c": "", ".hidden": ""])
    let door = Door(data.root)
    #expect(try door.names(atMost: 3) == ["a", "b", "c"])
    let fault = try #require(throws: Fault.self) { try door.names(atMost: 2) }
    #expect(fault.message == "the folder holds more than 2 names")
    #expect(throws: Fault.self) { try door.names(hidden: true, atMost: 3) }
    #expect(Door.mostNames == 1_000_000)
  }

  @Test func aSlashBeforeACombiningMarkIsASlash() throws {
    let data = try TemporaryData()
    try data.write("\u{301}secret", "secret")
    try data.write("x/a", "a")
    let door = Door(data.root + "/x")
    for path in ["../\u{301}secret", "y/../../\u{301}secret", "..\u{2F}\u{301}secret"] {
      #expect(throws: Fault.self) { try door.bytes(path, atMost: 100) }
    }
  }
}
