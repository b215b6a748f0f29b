import CZlib

/// Decompresses gzip (RFC 1952) by zlib, piece by piece and several members one after the other,
/// in memory that does not grow with the file.
final class GzipReader {
  /// The bytes with which a gzip file of the only method, Deflate, starts.
  static let magic: [UInt8] = [0x1F, 0x8B, 0x08]
  /// For zlib: the largest window, and gzip's header and trailer around it.
  private static let windowBits: Int32 = 15 + 16

  private let refill: (inout [UInt8]) throws -> Bool
  /// zlib's state points back to it, so it keeps its place.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input: [UInt8]
  private var at = 0
  private var output: [UInt8]
  /// Whether the next byte would be the first of a member.
  private var isBetweenMembers = false

  /// Reads `input`, then what `refill` replaces it with until it returns false.
  ///
  /// - Parameter size: the length of the longest piece.
  init(
    _ input: [UInt8], pieceSize size: Int, refill: @escaping (inout [UInt8]) throws -> Bool
  ) throws {
    self.input = input
    self.refill = refill
    output = [UInt8](repeating: 0, count: size)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = inflateInit2_(
      stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw Fault("zlib cannot be used: error \(status)") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// The next piece, which is never empty; nil at the end. Throws a `Fault` where the data are
  /// damaged or cut off.
  func next() throws -> ArraySlice<UInt8>? {
    var made = 0
    while made < output.count {
      if at == input.count {
        at = 0
        guard try refill(&input) else {
          input = []
          if isBetweenMembers || made > 0 { break }
          throw Fault(
            "the compressed data are cut off",
            fix: "copy the file again; was its writer interrupted?")
        }
      }
      if isBetweenMembers {
        guard try startsMember() else { break }
      }
      try inflate(&made)
    }
    return made > 0 ? output[..<made] : nil
  }

  /// Decompresses as much of the input as fits behind the bytes that were `made`.
  private func inflate(_ made: inout Int) throws {
    let status = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.pointee.next_in = input.baseAddress.map { $0 + at }
        stream.pointee.avail_in = UInt32(clamping: input.count - at)
        stream.pointee.next_out = output.baseAddress.map { $0 + made }
        stream.pointee.avail_out = UInt32(clamping: output.count - made)
        let status = CZlib.inflate(stream, Z_NO_FLUSH)
        at = input.count - Int(stream.pointee.avail_in)
        made = output.count - Int(stream.pointee.avail_out)
        return status
      }
    }
    switch status {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isBetweenMembers = true
    default: throw fault()
    }
  }

  /// Begins a member with the next byte; false where nothing but zeros is left, as is common on
  /// tapes.
  private func startsMember() throws -> Bool {
    let trailing = Fault("there is more after the compressed data")
    if input[at] == 0 {
      repeat {
        guard input[at...].allSatisfy({ $0 == 0 }) else { throw trailing }
        at = 0
      } while try refill(&input)
      input = []
      return false
    }
    guard input[at] == Self.magic[0] else { throw trailing }
    inflateReset(stream)
    isBetweenMembers = false
    return true
  }

  private func fault() -> Fault {
    switch stream.pointee.msg.map({ String(cString: $0) }) {
    case "incorrect header check": Fault("there is more after the compressed data")
    case "incorrect data check", "incorrect length check":
      Fault("the checksum of the compressed data is wrong", fix: "copy the file again")
    default:
      Fault(
        "the compressed data are damaged", fix: "compress the file again from the original")
    }
  }
}
