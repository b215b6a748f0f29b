/// Decompresses a Deflate stream (RFC 1951) piece by piece, in memory that does not grow with it.
///
/// Written here rather than taken from zlib so that the package needs one C library, Cairo, and no
/// more. It holds the last 32 KiB, which matches may reach back to, and what is asked for at once.
struct Inflater {
  private enum State {
    case blockStart
    case stored(Int)
    case compressed(literals: HuffmanTable, distances: HuffmanTable)
    case done
  }

  static let window = 1 << 15
  private static let broken = LogFault(
    "the compressed data are damaged", fix: "compress the file again from the original")

  private var state = State.blockStart
  private var isLastBlock = false
  private(set) var bits: BitSource
  /// The window, and after it what was made since the last piece was handed out.
  private var output: [UInt8] = []
  private var handedOut = 0

  init(_ bits: BitSource) {
    self.bits = bits
  }

  /// The source, for what comes after the stream.
  consuming func finish() -> BitSource { bits }

  var isDone: Bool {
    if case .done = state { return true }
    return false
  }

  /// The next piece, about `size` bytes; empty at the end of the stream.
  mutating func next(about size: Int) throws -> ArraySlice<UInt8> {
    if output.count > Self.window {
      output.removeFirst(output.count - Self.window)
    }
    handedOut = output.count
    let limit = output.count + size
    while output.count < limit {
      switch state {
      case .blockStart:
        if isLastBlock {
          state = .done
        } else {
          try startBlock()
        }
      case .stored(let left):
        let count = min(left, limit - output.count)
        for _ in 0..<count { output.append(UInt8(try bits.take(8))) }
        state = left > count ? .stored(left - count) : .blockStart
      case .compressed(let literals, let distances):
        if try decode(literals, distances, until: limit) { state = .blockStart }
      case .done: return output[handedOut...]
      }
    }
    return output[handedOut...]
  }

  private mutating func startBlock() throws {
    isLastBlock = try bits.take(1) == 1
    switch try bits.take(2) {
    case 0:
      bits.skipToByte()
      let length = try bits.take(16)
      guard try bits.take(16) == ~length & 0xFFFF else { throw Self.broken }
      state = .stored(length)
    case 1:
      state = .compressed(literals: Self.fixedLiterals, distances: Self.fixedDistances)
    case 2: try readCodes()
    default: throw Self.broken
    }
  }

  /// Reads the codes of a block that brings its own (RFC 1951, section 3.2.7).
  private mutating func readCodes() throws {
    let literals = try bits.take(5) + 257
    let distances = try bits.take(5) + 1
    let codes = try bits.take(4) + 4
    guard literals <= 286, distances <= 30 else { throw Self.broken }
    var codeLengths = [UInt8](repeating: 0, count: 19)
    for place in Self.codeLengthOrder.prefix(codes) {
      codeLengths[place] = UInt8(try bits.take(3))
    }
    guard let table = HuffmanTable(lengths: codeLengths[...]) else { throw Self.broken }
    var lengths: [UInt8] = []
    while lengths.count < literals + distances {
      let symbol = try read(table)
      switch symbol {
      case 0..<16: lengths.append(UInt8(symbol))
      case 16:
        guard let last = lengths.last else { throw Self.broken }
        lengths += [UInt8](repeating: last, count: try bits.take(2) + 3)
      case 17: lengths += [UInt8](repeating: 0, count: try bits.take(3) + 3)
      default: lengths += [UInt8](repeating: 0, count: try bits.take(7) + 11)
      }
    }
    guard lengths.count == literals + distances, lengths[256] > 0,
      let literalTable = HuffmanTable(lengths: lengths[..<literals]),
      let distanceTable = HuffmanTable(lengths: lengths[literals...])
    else { throw Self.broken }
    state = .compressed(literals: literalTable, distances: distanceTable)
  }

  private mutating func read(_ table: HuffmanTable) throws -> Int {
    bits.fill()
    guard let (symbol, length) = table.decode(bits.buffer, available: bits.count) else {
      throw bits.count < HuffmanTable.longest ? BitSource.cutOff : Self.broken
    }
    bits.drop(length)
    return symbol
  }

  /// Decodes symbols; true at the end of the block, false once there is enough.
  private mutating func decode(
    _ literals: HuffmanTable, _ distances: HuffmanTable, until limit: Int
  ) throws -> Bool {
    while output.count < limit {
      let symbol = try read(literals)
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return true }
      guard symbol - 257 < Self.lengthBase.count else { throw Self.broken }
      let length = Self.lengthBase[symbol - 257] + (try bits.take(Self.lengthExtra[symbol - 257]))
      let code = try read(distances)
      guard code < Self.distanceBase.count else { throw Self.broken }
      let distance = Self.distanceBase[code] + (try bits.take(Self.distanceExtra[code]))
      guard distance <= output.count else { throw Self.broken }
      // A match may overlap what it makes, so it is copied byte by byte.
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
    return false
  }

  private static let codeLengthOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]
  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthExtra = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBase = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537,
    2_049, 3_073, 4_097, 6_145, 8_193, 12_289, 16_385, 24_577,
  ]
  private static let distanceExtra = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]
  private static let fixedLiterals = fixed(
    [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
      + [UInt8](repeating: 7, count: 24) + [UInt8](repeating: 8, count: 8))
  private static let fixedDistances = fixed([UInt8](repeating: 5, count: 32))

  /// A code of RFC 1951, section 3.2.6.
  private static func fixed(_ lengths: [UInt8]) -> HuffmanTable {
    HuffmanTable(lengths: lengths[...]) ?? .empty
  }
}
