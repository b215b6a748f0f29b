import Foundation

extension SweepLoader {
  package static let settingsFile = "sweep.yml"

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
    let rootName = root == "/" ? "data" : URL(fileURLWithPath: root).lastPathComponent
    let place = SourceLocation(file: rootName)
    let door = Door(root)
    switch Door.kind(ofRoot: root) {
    case .absent:
      throw Fault(
        "there is no folder \(dataRoot.quoted)", fix: "give the folder of the sweeps",
        kind: .unreadable)
    case .file, .other, .link:
      throw Fault(
        "\(dataRoot.quoted) is not a folder", fix: "give the folder of the sweeps",
        kind: .unreadable)
    case .folder, .unreadable: break
    }
    guard let names = try? door.names() else {
      throw Fault("the folder \(dataRoot.quoted) cannot be read", kind: .unreadable)
    }
    let folders = try sweeps(in: door, rootName, names)
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
    var known: Set<String> = []
    if let twice = parted.first(where: { !known.insert($0.name).inserted }) {
      throw Fault(
        at: place,
        "a folder and a part of another, by `sweeps_by`, are both called \(twice.name.quoted)",
        fix: "rename the folder")
    }
    return try choose(only, from: parted, place)
  }

  /// Whether a name was meant to be that of the settings.
  static func isMisnamedSettings(_ name: String) -> Bool {
    guard name != settingsFile else { return false }
    return ["sweep.yml", "sweep.yaml", "sweep.yml.txt", "sweep.yaml.txt", "sweep.txt"]
      .contains(name.lowercased())
  }

  /// The sweeps among the folders of a root with these names, or the root itself.
  private static func sweeps(
    in door: Door, _ rootName: String, _ names: [String]
  ) throws -> [SweepFolder] {
    let root = door.root
    let itself = SweepFolder(name: rootName, path: root, root: root, rootName: rootName)
    if names.contains(where: { $0 == settingsFile || isMisnamedSettings($0) }) { return [itself] }
    var inner: [(folder: SweepFolder, isDescribed: Bool)] = []
    for name in names {
      let folder = SweepFolder(
        name: name, path: root + "/" + name, root: root, rootName: rootName)
      switch door.kind(name) {
      case .folder: break
      case .link where Door.kind(ofRoot: folder.path) == .folder:
        throw Fault(
          at: SourceLocation(file: folder.shown), "the folder is a symbolic link",
          fix: "links are not followed: copy it there")
      default: continue
      }
      do {
        let isDescribed = try door.names(in: name).contains {
          $0 == settingsFile || isMisnamedSettings($0)
        }
        inner.append((folder, isDescribed))
      } catch {
        throw Fault(
          at: SourceLocation(file: folder.shown), "the folder cannot be read",
          kind: .unreadable)
      }
    }
    do throws(Fault) {
      // Run folders or tables directly in the root make it a sweep, unless it holds described ones.
      let hasDescribed = inner.contains { $0.isDescribed }
      if !hasDescribed {
        if try SourceFinder.hasLogs(door) { return [itself] }
      }
      var found: [SweepFolder] = []
      for (folder, isDescribed) in inner {
        let isSweep = isDescribed ? true : try SourceFinder.hasLogs(folder.door())
        if isSweep { found.append(folder) }
      }
      return found
    } catch {
      throw error.at(file: rootName)
    }
  }

  private static func choose(
    _ only: [String], from folders: [SweepFolder], _ place: SourceLocation
  ) throws -> [SweepFolder] {
    guard !only.isEmpty else { return folders }
    let known = folders.map(\.name)
    for name in only where !known.contains(name) {
      let shown = byLikeness(to: name, known).prefix(8).map(\.visible).joined(separator: ", ")
      throw Fault(
        at: place, "there is no sweep named \(name.quoted)",
        fix: "the sweeps here are \(shown)\(known.count > 8 ? ", ..." : "")")
    }
    return folders.filter { only.contains($0.name) }
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
