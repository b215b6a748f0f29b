import Foundation

/// The one door to the files below a folder whose content may be a stranger's: logs, their side
/// files, sweep.yml, and a committed Output alike.
///
/// What comes through it is a regular file below the root. No symbolic link is followed on the way
/// from the root to the file, neither in the last part of a path nor before it, so no `..` and no
/// link leads out; pipes, sockets and devices are refused and never waited for. Each part of a path
/// is opened from the folder before it (`openat` with `O_NOFOLLOW`), so that nothing can be put in
/// its place between a look and the opening. The root itself may be reached through links: the user
/// named it.
///
/// Whatever is opened is noted in the `ledger`, in order, with the bytes that were read. A door to a
/// folder further in (`folder(_:)`) shares the root and the ledger.
///
///     let door = Door("Data")
///     let bytes = try door.bytes("x/sweep.yml", atMost: 1 << 20)   // as they are stored
///     let log = try door.stream("x/runs/r1/metrics.jsonl.gz")      // decompressed on the way
///     door.ledger.paths                                            // both, from the root
///
/// Every failure is a `Fault`. It names the file where `within(_:)` stands around what reads it.
package struct Door {
  /// What stands at a path.
  package enum Kind: Equatable, Sendable {
    case file
    case folder
    /// A symbolic link, there or on the way there. It is never followed.
    case link
    /// A pipe, socket or device.
    case other
    case absent
    /// The operating system does not let it be looked at.
    case unreadable
  }

  /// What was opened.
  package final class Ledger {
    /// The files, from the root, in the order in which they were first opened.
    package private(set) var paths: [String] = []
    /// How many bytes were read from them, as they are stored.
    package internal(set) var bytesRead = 0
    private var known: Set<PathKey> = []

    package init() {}

    /// Notes paths as opened.
    package func note(_ more: [String]) {
      for path in more where known.insert(PathKey(path)).inserted { paths.append(path) }
    }

    package func contains(_ path: String) -> Bool { known.contains(PathKey(path)) }
  }

  /// The path of the root, through which every other is reached.
  package let root: String
  /// What messages call the root.
  private let name: String
  package let ledger: Ledger
  /// Where this door stands, from the root.
  private let place: [String]

  /// A door to a folder, with a ledger of its own; messages call it `name`, or as it is.
  package init(_ root: String, name: String? = nil) {
    self.init(root, name ?? root, [], Ledger())
  }

  private init(_ root: String, _ name: String, _ place: [String], _ ledger: Ledger) {
    self.root = root
    self.name = name
    self.place = place
    self.ledger = ledger
  }

  /// A door to a folder below this one, with the same root and ledger.
  package func folder(_ path: String) throws(Fault) -> Door {
    Door(root, name, try parts(path), ledger)
  }

  /// A path below this door as messages name it: from the parent of the root.
  package func shown(_ path: String = ".") -> String {
    ([name] + place + (path == "." ? [] : [path])).joined(separator: "/")
  }

  /// Runs `body`, to whose faults the file at a path is added.
  package func within<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let fault as Fault {
      throw fault.at(file: shown(path))
    }
  }

  /// A path below this door, from the root and without `.` and `..`.
  package func fromRoot(_ path: String) throws(Fault) -> String {
    try parts(path).joined(separator: "/")
  }
}

/// Looking and opening.
extension Door {
  /// What stands at a path.
  package func kind(_ path: String = ".") -> Kind {
    do throws(Fault) {
      let parts = try parts(path)
      guard let name = parts.last else { return Self.kind(ofRoot: root) }
      return try Self.kind(of: name, in: descend(parts.dropLast()))
    } catch {
      return error.found
    }
  }

  /// The names in a folder in order of their bytes; without those that start with a dot unless
  /// `hidden` is set. Throws where there are more than `most`.
  package func names(
    in path: String = ".", hidden: Bool = false, atMost most: Int = mostNames
  ) throws(Fault) -> [String] {
    let folder = try descend(try parts(path)[...])
    guard let list = fdopendir(folder.release()) else { throw .system("cannot be read", errno) }
    defer { closedir(list) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(list) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if name == "." || name == ".." || (!hidden && name.utf8.first == UInt8(ascii: ".")) {
        continue
      }
      guard names.count < most else {
        throw Fault("the folder holds more than \(grouped(Double(most))) names")
      }
      names.append(name)
    }
    guard errno == 0 else { throw .system("cannot be read", errno) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Opens a file for reading as it is stored.
  package func file(_ path: String, pieceSize: Int = 1 << 18) throws(Fault) -> FileBytes {
    let parts = try parts(path)
    guard let name = parts.last else { throw Self.isFolder }
    let folder = try descend(parts.dropLast())
    let descriptor = openat(
      folder.number, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      switch Self.kind(of: name, in: folder) {
      case .link: throw .link
      // A socket or device may not even be opened.
      case .other: throw Self.isNoFile
      default: throw .system("cannot be opened", code)
      }
    }
    let file = try FileBytes(descriptor: descriptor, pieceSize: pieceSize, ledger: ledger)
    ledger.note([parts.joined(separator: "/")])
    return file
  }

  /// Opens a log: decompressed on the way where it is in gzip, without a byte order mark.
  package func stream(_ path: String, pieceSize: Int = 1 << 18) throws(Fault) -> ByteStream {
    ByteStream(try file(path, pieceSize: pieceSize))
  }

  /// All bytes of a file as they are stored; throws where there are more than `most`.
  package func bytes(_ path: String, atMost most: Int) throws(Fault) -> [UInt8] {
    let file = try file(path)
    var bytes: [UInt8] = []
    var piece: [UInt8] = []
    while try file.next(&piece) {
      bytes += piece
      guard bytes.count <= most else {
        throw Fault("is larger than \(ByteStream.shown(size: most))")
      }
    }
    return bytes
  }

  /// The files below a folder, at most 8 folders deep, without those that start with a dot; what is
  /// no folder counts as a file.
  func files(below path: String) throws(Fault) -> [String] {
    guard kind(path) != .absent else { return [] }
    var paths: [String] = []
    func add(_ path: String, _ depth: Int) throws(Fault) {
      for name in try names(in: path) {
        let inner = path + "/" + name
        if kind(inner) == .folder {
          if depth < 8 { try add(inner, depth + 1) }
        } else {
          guard paths.count < Self.mostFiles else {
            throw Fault("there are more than \(grouped(Double(Self.mostFiles))) files")
          }
          paths.append(inner)
        }
      }
    }
    do {
      try add(path, 1)
    } catch {
      throw error.at(file: shown(path))
    }
    return paths
  }

  /// The most files below one folder.
  private static let mostFiles = 100_000
  /// The most names in one folder, and the most parts of a path.
  package static let mostNames = 1_000_000
  static let mostParts = 256

  static let isFolder = Fault("is a directory where a file is meant")
  static let isNoFile = Fault("is not a regular file")

  /// The parts of a path from the root; throws where it leads out of it.
  private func parts(_ path: String) throws(Fault) -> [String] {
    guard !path.utf8.contains(0) else { throw Fault("there is a NUL in the path") }
    var parts = place
    for part in path.pathParts where part != "." {
      guard part == ".." else {
        parts.append(part)
        continue
      }
      guard parts.popLast() != nil else { throw Fault("leads out of the data root") }
    }
    guard parts.count <= Self.mostParts else {
      throw Fault("is more than \(Self.mostParts) folders deep")
    }
    return parts
  }

  /// Opens the folder that parts of a path lead to, one by one.
  private func descend(_ parts: ArraySlice<String>) throws(Fault) -> Descriptor {
    let flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC
    var folder = Descriptor(open(root, flags))
    guard folder.number >= 0 else { throw .system("cannot be opened", errno) }
    for part in parts {
      let next = Descriptor(openat(folder.number, part, flags | O_NOFOLLOW))
      guard next.number >= 0 else {
        let code = errno
        if Self.kind(of: part, in: folder) == .link { throw .link }
        throw .system("cannot be opened", code)
      }
      folder = next
    }
    return folder
  }

  private static func kind(of name: String, in folder: borrowing Descriptor) -> Kind {
    var status = stat()
    guard fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      return Fault.system("", errno).found
    }
    return kind(status)
  }

  /// The path of a root without symbolic links; as it is where nothing is there.
  package static func real(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// What the path of a root leads to, through links.
  package static func kind(ofRoot path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return Fault.system("", errno).found }
    return kind(status)
  }

  /// Refuses a root that is no folder, which messages call as the user did.
  static func checkRoot(_ path: String, shown: String, fix: String? = nil) throws(Fault) {
    switch kind(ofRoot: path) {
    case .folder: break
    case .absent: throw Fault("there is no folder \(shown.quoted)", fix: fix, kind: .unreadable)
    case .unreadable: throw Fault("the folder \(shown.quoted) cannot be read", kind: .unreadable)
    case .file, .other, .link:
      throw Fault("\(shown.quoted) is not a folder", fix: fix, kind: .unreadable)
    }
  }

  private static func kind(_ status: stat) -> Kind {
    switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }

  /// An open folder, which is closed with the value's life.
  private struct Descriptor: ~Copyable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    /// Gives the descriptor away.
    consuming func release() -> Int32 {
      let number = number
      discard self
      return number
    }

    deinit { if number >= 0 { close(number) } }
  }
}

extension Fault {
  /// What the operating system refused.
  static func system(_ what: String, _ code: Int32) -> Fault {
    Fault(
      "\(what): \(String(cString: strerror(code)))",
      kind: code == ENOENT || code == ENOTDIR ? .absent : .unreadable)
  }

  /// A symbolic link on the way to a file.
  package static var link: Fault {
    Fault(
      "is a symbolic link, or in a folder that is one, and links are not followed",
      fix: "copy the files there", kind: .link)
  }

  /// What a look at a path found that ended in this fault.
  fileprivate var found: Door.Kind {
    switch kind {
    case .link: .link
    case .absent, .invalid: .absent
    case .unreadable: .unreadable
    }
  }
}

/// A path or name told apart by its bytes. Swift's strings are equal where they look alike, as "é"
/// in one scalar and in two; file systems tell them apart.
package struct PathKey: Hashable, Sendable {
  private let bytes: [UInt8]

  package init(_ path: String) { bytes = Array(path.utf8) }
}
