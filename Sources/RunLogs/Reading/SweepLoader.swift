import Foundation

/// Finds sweeps below a data root and reads them.
public enum SweepLoader {
  package static let settingsFile = "sweep.yml"

  /// The most sweeps that are read together.
  package static let mostSweeps = 256

  /// The most runs of a sweep, those left out among them: each is listed.
  package static let mostRuns = 10_000

  /// The most rows of one table, which are held in memory together.
  package static let mostRows = 2_000_000

  /// Reads a sweep; on failure gives all of its faults, not just the first.
  ///
  /// A fault of a row or run excludes that run and is no failure: see `Sweep.exclusions`.
  public static func load(_ folder: SweepFolder) -> Result<Sweep, SweepErrors> {
    load(folder, mostRows: mostRows)
  }

  /// Reads a sweep whose tables have at most so many rows each, and its charts so many values.
  package static func load(
    _ folder: SweepFolder, mostRows: Int, mostChartValues: Int = StepRows.mostValues
  ) -> Result<Sweep, SweepErrors> {
    var reader = SweepReader(folder)
    reader.mostRows = mostRows
    reader.charts.mostValues = mostChartValues
    return reader.read().map(Result.success) ?? .failure(SweepErrors(errors: reader.errors))
  }

  /// The sweeps of a data root, by name: its folders that hold a sweep.yml or recognisable logs,
  /// or the root itself.
  ///
  /// - Parameters:
  ///   - dataRoot: a path, relative to the working directory or absolute.
  ///   - only: the names of the sweeps that are wanted; empty for all.
  /// - Throws: `Fault`: `unreadable` if the root cannot be read; `invalid` if it holds no
  ///   sweep, or none of a name in `only`.
  public static func discover(dataRoot: String, only: [String] = []) throws -> [SweepFolder] {
    let root = try absolutePath(dataRoot)
    let rootName = root.pathParts.last ?? "data"
    let place = SourceLocation(file: rootName)
    try Door.checkRoot(root, shown: dataRoot, fix: "give the folder of the sweeps")
    let door = Door(root, name: rootName)
    guard let names = try? door.names() else {
      throw Fault("the folder \(dataRoot.quoted) cannot be read", kind: .unreadable)
    }
    let folders = try sweeps(names, in: door, rootName)
    guard !folders.isEmpty else {
      throw Fault(
        at: place, "there is no sweep here",
        fix: "put a sweep.yml beside the logs, or give the folder that holds the sweeps")
    }
    for (folder, next) in zip(folders, folders.dropFirst()) where folder.name == next.name {
      throw Fault(
        at: place, "two folders are called \(folder.name.quoted), in other Unicode scalars",
        fix: "rename one of them")
    }
    let parted = try folders.flatMap(parts)
    var seen: Set<String> = []
    if let twice = parted.first(where: { !seen.insert($0.name).inserted }) {
      throw Fault(
        at: place,
        "a folder and a part of another, by `sweeps_by`, are both called \(twice.name.quoted)",
        fix: "rename the folder")
    }
    let known = parted.map(\.name)
    for name in only where !known.contains(name) {
      let shown = byLikeness(to: name, known).prefix(8).map(\.visible).joined(separator: ", ")
      throw Fault(
        at: place, "there is no sweep named \(name.quoted)",
        fix: "the sweeps here are \(shown)\(known.count > 8 ? ", ..." : "")")
    }
    let chosen = only.isEmpty ? parted : parted.filter { only.contains($0.name) }
    guard chosen.count <= mostSweeps else {
      throw Fault(
        at: place, "there are more than \(mostSweeps) sweeps",
        fix: "name some with --sweep, or part them into several folders")
    }
    return chosen
  }

  /// Whether a name is that of the settings or was meant to be.
  static func isSettings(_ name: String) -> Bool {
    [settingsFile, "sweep.yaml", "sweep.yml.txt", "sweep.yaml.txt", "sweep.txt"]
      .contains(name.lowercased())
  }

  /// The sweeps among the folders of a root, or the root itself.
  private static func sweeps(
    _ names: [String], in door: Door, _ rootName: String
  ) throws -> [SweepFolder] {
    let itself = SweepFolder(root: door.root, rootName: rootName)
    if names.contains(where: isSettings) { return [itself] }
    var inner: [(name: String, isDescribed: Bool)] = []
    for name in names {
      let place = SourceLocation(file: door.shown(name))
      switch door.kind(name) {
      case .folder: break
      case .link where Door.kind(ofRoot: door.root + "/" + name) == .folder:
        throw Fault(
          at: place, "the folder is a symbolic link", fix: "links are not followed: copy it there")
      default: continue
      }
      guard let inside = try? door.names(in: name) else {
        throw Fault(at: place, "the folder cannot be read", kind: .unreadable)
      }
      inner.append((name, inside.contains(where: isSettings)))
    }
    do {
      // Run folders or tables directly in the root make it a sweep, unless it holds described ones.
      if !inner.contains(where: \.isDescribed), try SourceFinder.hasLogs(door) { return [itself] }
      return try inner.filter { try $0.isDescribed || SourceFinder.hasLogs(door.folder($0.name)) }
        .map { SweepFolder($0.name, root: door.root, rootName: rootName) }
    } catch {
      throw Fault(error).at(file: rootName)
    }
  }

  private static func absolutePath(_ path: String) throws -> String {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw Fault("the data root is not a path", kind: .unreadable)
    }
    // The folder's own name is wanted, so links are not followed.
    var parts: [Substring] = []
    let full =
      path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    for part in full.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
