/// The bytes of a log, read in chunks: memory does not grow with the file.
///
/// A file in gzip, which its first bytes tell, is decompressed on the way. A byte order mark of
/// UTF-8 is skipped; one of UTF-16 or UTF-32 is an error.
package final class ByteStream {
  private static let chunkSize = 1 << 18
  /// A file in gzip may hold so many bytes, or so many times its own: a few kilobytes must not keep
  /// a reader busy without end.
  package static let mostExpanded = 16 << 20
  package static let mostExpansion = 100

  private let file: FileBytes
  private var piece: [UInt8] = []
  private var gzip: GzipReader?
  private var expanded = 0
  private var isStarted = false
  /// Whether a byte order mark is looked for; formats that are no text turn it off.
  package var isText = true

  /// Reads what a door has opened.
  init(_ file: FileBytes) {
    self.file = file
  }

  /// Reads from memory.
  package init(_ bytes: [UInt8]) {
    file = FileBytes(bytes)
  }

  /// Gives the next bytes to `body`, or returns false at the end of the file.
  package func nextChunk(_ body: (ArraySlice<UInt8>) -> Void) throws -> Bool {
    let isFirst = !isStarted
    if isFirst { try start() }
    var chunk: ArraySlice<UInt8>
    if gzip != nil {
      guard let next = try gzip?.next() else { return false }
      chunk = next
      expanded += chunk.count
      guard expanded <= max(Self.mostExpanded, Self.mostExpansion * file.size) else {
        throw Fault(
          "the compressed data expand to more than \(Self.mostExpansion) times their size",
          fix: "write the file without compression, if it is wanted")
      }
    } else {
      if !isFirst {
        guard try file.next(&piece) else { return false }
      }
      chunk = piece[...]
    }
    if isFirst, isText { chunk = try Self.withoutByteOrderMark(chunk) }
    guard !chunk.isEmpty else { return gzip != nil || isFirst ? try nextChunk(body) : false }
    body(chunk)
    return true
  }

  /// All bytes, for formats that cannot be streamed; throws if there are more than `maximum`.
  ///
  /// - Parameter fix: what to do about a file that is too large.
  package func all(atMost maximum: Int, fix: String? = nil) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while try nextChunk({ bytes += $0 }) {
      guard bytes.count <= maximum else {
        throw Fault("is larger than \(Self.shown(size: maximum))", fix: fix)
      }
    }
    return bytes
  }

  /// A size for people: in MiB, or in bytes where it is not whole ones.
  static func shown(size: Int) -> String {
    size >= 1 << 20 ? "\(size >> 20) MiB" : "\(grouped(Double(size))) bytes"
  }

  /// Reads the first bytes: a mark at the start must not be cut in two.
  private func start() throws {
    isStarted = true
    guard try file.next(&piece) else { return }
    try file.extend(&piece, to: 4)
    guard piece.starts(with: GzipReader.magic) else { return }
    let file = file
    gzip = try GzipReader(piece, pieceSize: Self.chunkSize) { try file.next(&$0) }
    piece = []
  }

  private static func withoutByteOrderMark(
    _ bytes: ArraySlice<UInt8>
  ) throws -> ArraySlice<UInt8> {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return bytes.dropFirst(3) }
    if let fault = ForeignFormats.fault(startingWith: bytes) { throw fault }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || bytes.starts(with: [0, 0, 0xFE, 0xFF])
    {
      throw Fault(line: 1, "is in UTF-16 or UTF-32", fix: "save it as UTF-8")
    }
    return bytes
  }
}
