import Foundation

/// The bytes of a file, read in chunks: memory does not grow with the file.
///
/// Only regular files are opened, so that a pipe or a device cannot make the program wait.
/// A byte order mark of UTF-8 is skipped; one of UTF-16 or UTF-32 is an error.
package final class ByteStream {
  private var chunk: [UInt8]
  private var limit: Int
  private var descriptor: Int32
  private var isStarted = false

  /// Opens a file; throws a `LogFault` if that cannot be done.
  package init(path: String, chunkSize: Int = 1 << 18) throws {
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    limit = 0
    guard descriptor >= 0 else {
      chunk = []
      throw Self.failure("cannot be opened", errno)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      descriptor = -1
      chunk = []
      throw Self.failure("cannot be read", code)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      descriptor = -1
      chunk = []
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw LogFault(
        isFolder ? "is a directory where a file is meant" : "is not a regular file")
    }
    // No larger than the file needs, and the longest byte order mark fits.
    let size = max(0, min(Int(status.st_size), chunkSize))
    chunk = [UInt8](repeating: 0, count: max(4, size))
  }

  /// Reads from memory.
  package init(_ bytes: [UInt8]) {
    chunk = bytes
    limit = bytes.count
    descriptor = -1
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Gives the next bytes to `body`, or returns false at the end of the file.
  package func nextChunk(_ body: (ArraySlice<UInt8>) -> Void) throws -> Bool {
    if descriptor >= 0 {
      limit = try fill(from: 0)
      // A byte order mark must not be cut in two.
      while !isStarted, (1..<4).contains(limit) {
        let more = try fill(from: limit)
        if more == 0 { break }
        limit += more
      }
    }
    var start = 0
    if !isStarted {
      isStarted = true
      start = try Self.byteOrderMark(chunk[..<limit])
    }
    guard start < limit else { return false }
    body(chunk[start..<limit])
    if descriptor < 0 { limit = 0 }
    return true
  }

  /// All bytes, for formats that cannot be streamed; throws if there are more than `maximum`.
  package func all(atMost maximum: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while try nextChunk({ bytes += $0 }) {
      guard bytes.count <= maximum else {
        throw LogFault(
          "is larger than \(maximum >> 20) MiB", fix: "write it as JSON Lines, which is streamed")
      }
    }
    return bytes
  }

  private func fill(from start: Int) throws -> Int {
    while true {
      let count = chunk.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
      }
      if count >= 0 { return count }
      guard errno == EINTR else { throw Self.failure("cannot be read", errno) }
    }
  }

  private static func byteOrderMark(_ bytes: ArraySlice<UInt8>) throws -> Int {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return 3 }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || bytes.starts(with: [0, 0, 0xFE, 0xFF])
    {
      throw LogFault(line: 1, "is in UTF-16 or UTF-32", fix: "save it as UTF-8")
    }
    return 0
  }

  private static func failure(_ what: String, _ code: Int32) -> LogFault {
    LogFault("\(what): \(String(cString: strerror(code)))", isUnreadable: true)
  }
}
