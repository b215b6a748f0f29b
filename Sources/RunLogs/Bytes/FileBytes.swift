import Foundation

/// The bytes of a regular file as they stand on the disk, or of an array, in pieces.
///
/// Files come through a `Door` alone.
package final class FileBytes {
  /// The most bytes of a file, as a sparse one may have more than any disk.
  static let largest = 16 << 30

  private let descriptor: Int32
  /// How many bytes there are, as they are stored.
  let size: Int
  private var memory: [UInt8]?
  private let pieceSize: Int
  private let ledger: Door.Ledger?

  /// Takes over what a door has opened; throws a `Fault` unless it is a regular file.
  init(descriptor: Int32, pieceSize: Int, ledger: Door.Ledger) throws(Fault) {
    self.descriptor = descriptor
    self.ledger = ledger
    var status = stat()
    let code = fstat(descriptor, &status) == 0 ? 0 : errno
    size = Int(status.st_size)
    // No larger than the file needs, and the longest mark at its start fits.
    self.pieceSize = max(4, min(size, pieceSize))
    guard code == 0 else { throw .system("cannot be read", code) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Door.isFolder
    default: throw Door.isNoFile
    }
    guard size <= Self.largest else {
      throw Fault("is larger than \(Self.largest >> 30) GiB", fix: "part it, or log fewer steps")
    }
  }

  init(_ bytes: [UInt8]) {
    descriptor = -1
    ledger = nil
    memory = bytes
    size = bytes.count
    pieceSize = bytes.count
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Replaces `piece` by the next bytes; false at the end of the file, where it is left empty.
  package func next(_ piece: inout [UInt8]) throws(Fault) -> Bool {
    if descriptor < 0 {
      piece = memory ?? []
      memory = nil
      return !piece.isEmpty
    }
    if piece.count != pieceSize { piece = [UInt8](repeating: 0, count: pieceSize) }
    let count = try read(into: &piece)
    if count < piece.count { piece.removeLast(piece.count - count) }
    return count > 0
  }

  /// Adds bytes to a short piece until it has `count` or the file ends.
  func extend(_ piece: inout [UInt8], to count: Int) throws(Fault) {
    guard descriptor >= 0 else { return }
    while piece.count < count {
      var more = [UInt8](repeating: 0, count: count - piece.count)
      let got = try read(into: &more)
      guard got > 0 else { return }
      piece += more[..<got]
    }
  }

  /// Reads at most as many bytes as there are; 0 at the end of the file.
  private func read(into bytes: inout [UInt8]) throws(Fault) -> Int {
    while true {
      let count = bytes.withUnsafeMutableBytes { buffer in
        Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      }
      if count >= 0 {
        ledger?.bytesRead += count
        return count
      }
      guard errno == EINTR else { throw .system("cannot be read", errno) }
    }
  }
}
