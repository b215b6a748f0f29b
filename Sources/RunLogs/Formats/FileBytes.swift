import Foundation

/// The bytes of a regular file as they stand on the disk, or of an array, in pieces.
///
/// Only regular files are opened, so that a pipe or a device cannot make the program wait.
final class FileBytes {
  private var descriptor: Int32
  private var memory: [UInt8]?
  private let pieceSize: Int

  /// Opens a file; throws a `LogFault` if that cannot be done.
  init(path: String, pieceSize: Int) throws {
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    var status = stat()
    guard descriptor >= 0 else {
      self.pieceSize = 0
      throw Self.failure("cannot be opened", errno)
    }
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      descriptor = -1
      self.pieceSize = 0
      throw Self.failure("cannot be read", code)
    }
    // No larger than the file needs, and the longest mark at its start fits.
    self.pieceSize = max(4, min(Int(status.st_size), pieceSize))
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      descriptor = -1
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw LogFault(
        isFolder ? "is a directory where a file is meant" : "is not a regular file")
    }
  }

  init(_ bytes: [UInt8]) {
    descriptor = -1
    memory = bytes
    pieceSize = bytes.count
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Replaces `piece` by the next bytes; false at the end of the file, where it is left empty.
  func next(_ piece: inout [UInt8]) throws -> Bool {
    if descriptor < 0 {
      piece = memory ?? []
      memory = nil
      return !piece.isEmpty
    }
    if piece.count != pieceSize { piece = [UInt8](repeating: 0, count: pieceSize) }
    let count = try read(into: &piece, from: 0)
    if count < piece.count { piece.removeLast(piece.count - count) }
    return count > 0
  }

  /// Adds bytes to a short piece until it has `count` or the file ends.
  func extend(_ piece: inout [UInt8], to count: Int) throws {
    guard descriptor >= 0 else { return }
    while piece.count < count {
      var more = [UInt8](repeating: 0, count: count - piece.count)
      let got = try read(into: &more, from: 0)
      guard got > 0 else { return }
      piece += more[..<got]
    }
  }

  private func read(into bytes: inout [UInt8], from start: Int) throws -> Int {
    while true {
      let count = bytes.withUnsafeMutableBytes { buffer in
        Foundation.read(
          descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
      }
      if count >= 0 { return count }
      guard errno == EINTR else { throw Self.failure("cannot be read", errno) }
    }
  }

  private static func failure(_ what: String, _ code: Int32) -> LogFault {
    LogFault("\(what): \(String(cString: strerror(code)))", isUnreadable: true)
  }
}
