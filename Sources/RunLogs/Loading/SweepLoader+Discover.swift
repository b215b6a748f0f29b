import Foundation

extension SweepLoader {
  package static let settingsFile = "sweep.yml"

  /// The sweeps of a data root, by name: its folders that hold a sweep.yml or recognisable logs,
  /// or the root itself.
  ///
  /// - Parameters:
  ///   - dataRoot: a path, relative to the working directory or absolute.
  ///   - only: the names of the sweeps that are wanted; empty for all.
  /// - Throws: `SweepError`: `unreadable` if the root cannot be read; `invalid` if it holds no
  ///   sweep, or none of a name in `only`.
  public static func discover(dataRoot: String, only: [String] = []) throws -> [SweepFolder] {
    let root = try absolutePath(dataRoot)
    let rootName = root == "/" ? "data" : URL(fileURLWithPath: root).lastPathComponent
    let place = SourceLocation(file: rootName)
    let names: [String]
    switch FileTree.kind(root) {
    case .absent:
      throw SweepError(
        "there is no folder \(dataRoot.quoted)", fix: "give the folder of the sweeps",
        kind: .unreadable)
    case .file, .other:
      throw SweepError(
        "\(dataRoot.quoted) is not a folder", fix: "give the folder of the sweeps",
        kind: .unreadable)
    case .folder:
      do {
        names = try FileTree.names(in: root)
      } catch {
        throw SweepError("the folder \(dataRoot.quoted) cannot be read", kind: .unreadable)
      }
    }
    let folders = sweeps(in: root, rootName, names)
    guard !folders.isEmpty else {
      if names.contains("sweep.yaml") {
        throw SweepError(location: place, "the sweep is described in sweep.yaml", fix: rename)
      }
      throw SweepError(
        location: place, "there is no sweep here",
        fix: "put a sweep.yml beside the logs, or give the folder that holds the sweeps")
    }
    for folder in folders where !FileTree.isInside(folder.path, root) {
      throw SweepError(
        location: SourceLocation(file: folder.shown),
        "the folder is a symbolic link that leads out of the data root", fix: "copy it there")
    }
    return try choose(only, from: folders, place)
  }

  private static let rename = "rename it to sweep.yml"

  private static func sweeps(
    in root: String, _ rootName: String, _ names: [String]
  ) -> [SweepFolder] {
    let itself = SweepFolder(name: rootName, path: root, root: root, rootName: rootName)
    if names.contains(settingsFile) { return [itself] }
    let inner = names.map {
      SweepFolder(name: $0, path: root + "/" + $0, root: root, rootName: rootName)
    }.filter { FileTree.kind($0.path) == .folder }
    let described = inner.filter {
      FileTree.kind($0.absolute(settingsFile)) != .absent
        || FileTree.isLink($0.absolute(settingsFile))
    }
    // Run folders or tables directly in the root make it a sweep, unless it holds described ones.
    if described.isEmpty, SourceFinder.hasLogs(root) { return [itself] }
    return inner.filter { folder in described.contains(folder) || SourceFinder.hasLogs(folder.path)
    }
  }

  private static func choose(
    _ only: [String], from folders: [SweepFolder], _ place: SourceLocation
  ) throws -> [SweepFolder] {
    guard !only.isEmpty else { return folders }
    let known = folders.map(\.name)
    for name in only where !known.contains(name) {
      let shown = byLikeness(to: name, known).prefix(8).map(\.visible).joined(separator: ", ")
      throw SweepError(
        location: place, "there is no sweep named \(name.quoted)",
        fix: "the sweeps here are \(shown)\(known.count > 8 ? ", ..." : "")")
    }
    return folders.filter { only.contains($0.name) }
  }

  private static func absolutePath(_ path: String) throws -> String {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw SweepError("the data root is not a path", kind: .unreadable)
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
