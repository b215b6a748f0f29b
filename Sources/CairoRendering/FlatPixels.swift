/// The pixel data of a PNG, compressed as suits figures: rows less the row above (PNG filter 2), runs
/// of equal pixels as repeats, and one Huffman code for the whole image.
///
/// zlib looks for repeats of any text at any distance, which takes it five times as long for a sixth
/// less.
///
/// Sources: RFC 1950 and 1951; PNG specification, section 9.
struct FlatPixels {
  /// Bytes 0...255, and repeats: of the last byte or of the last pixel, plus their length less 3.
  private var symbols: [UInt16] = []
  /// The sums of Adler-32.
  private var checksum = (low: 1, high: 0)

  /// Red, green and blue of a 32-bit pixel.
  private static let colour: UInt32 = 0xFF_FFFF
  private static let (byteRepeat, pixelRepeat) = (256, 512)
  private static let modulus = 65_521

  /// Appends a row of 32-bit pixels in the machine's byte order, blue lowest.
  mutating func append(_ row: UnsafeRawBufferPointer, above: UnsafeRawBufferPointer, width: Int) {
    func pixel(_ bytes: UnsafeRawBufferPointer, _ column: Int) -> UInt32 {
      bytes.load(fromByteOffset: 4 * column, as: UInt32.self)
    }
    /// Byte by byte, modulo 256.
    func difference(_ column: Int) -> UInt32 {
      let (a, b) = (pixel(row, column), pixel(above, column))
      return (((a | 0x8080_8080) &- (b & 0x7F7F_7F7F)) ^ ((a ^ ~b) & 0x8080_8080)) & Self.colour
    }
    // The filter: less the row above.
    symbols.append(2)
    checksum.low += 2
    checksum.high += checksum.low
    var column = 0
    while column < width {
      let value = difference(column)
      var end = column + 1
      if value == 0 {
        let both = UInt64(Self.colour) << 32 | UInt64(Self.colour)
        while end + 1 < width {
          let a = row.loadUnaligned(fromByteOffset: 4 * end, as: UInt64.self)
          let b = above.loadUnaligned(fromByteOffset: 4 * end, as: UInt64.self)
          guard (a ^ b) & both == 0 else { break }
          end += 2
        }
      }
      while end < width, difference(end) == value { end += 1 }
      run(value, count: end - column)
      column = end
    }
    checksum = (checksum.low % Self.modulus, checksum.high % Self.modulus)
  }

  /// Appends equal pixels: the first byte or, but for zeros, the first pixel, and repeats of it.
  private mutating func run(_ pixel: UInt32, count: Int) {
    guard pixel == 0 else {
      for place in 0..<3 * count {
        let byte = Int(pixel >> (16 - 8 * (place % 3)) & 0xFF)
        if place < 3 { symbols.append(UInt16(byte)) }
        checksum.low += byte
        checksum.high += checksum.low
      }
      return repeats(3 * (count - 1), of: Self.pixelRepeat)
    }
    symbols.append(0)
    checksum.high += 3 * count * checksum.low
    repeats(3 * count - 1, of: Self.byteRepeat)
  }

  private mutating func repeats(_ bytes: Int, of first: Int) {
    var left = bytes
    while left >= 3 {
      let length = min(left, 258)
      symbols.append(UInt16(first + length - 3))
      left -= length
    }
    // Only of zeros.
    for _ in 0..<left { symbols.append(0) }
  }

  /// The code of a repeat, and its extra bits (RFC 1951, section 3.2.5).
  private static func code(ofRepeat symbol: UInt16) -> (code: Int, extra: Int, bits: Int) {
    let length = Int(symbol) & 0xFF
    guard length < 255 else { return (285, 0, 0) }
    let bits = max(Int.bitWidth - length.leadingZeroBitCount - 3, 0)
    return (257 + 4 * bits + length >> bits, length & (1 << bits - 1), bits)
  }

  /// A zlib stream of one block.
  func compressed() -> [UInt8] {
    let endOfBlock = 256
    var counts = [Int](repeating: 0, count: 286)
    for symbol in symbols {
      counts[symbol < 256 ? Int(symbol) : Self.code(ofRepeat: symbol).code] += 1
    }
    counts[endOfBlock] = 1
    let lengths = Self.codeLengths(counts)
    let codes = Self.codes(lengths)
    var output = BitWriter()
    output.bytes = [0x78, 0x01]
    // The last block, with a code of its own: 286 lengths, 3 of distances, 19 of lengths.
    for (value, count) in [(1, 1), (2, 2), (29, 5), (2, 5), (15, 4)] { output.write(value, count) }
    // Lengths stand as they are, in four bits; their repeats, the first three, are not used.
    for place in 0..<19 { output.write(place < 3 ? 0 : 4, 3) }
    // Of distances the first and the third are used, 1 and 3.
    for length in lengths + [1, 0, 1] { output.write(Self.reversed(length, 4), 4) }
    for symbol in symbols {
      guard symbol >= 256 else {
        output.write(codes[Int(symbol)], lengths[Int(symbol)])
        continue
      }
      let (code, extra, bits) = Self.code(ofRepeat: symbol)
      output.write(codes[code], lengths[code])
      output.write(extra, bits)
      output.write(Int(symbol) >> 9, 1)
    }
    output.write(codes[endOfBlock], lengths[endOfBlock])
    output.write(0, 7)
    let sum = checksum.high << 16 | checksum.low
    return output.bytes + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
  }

  /// Code lengths of at most 15 bits, near the logarithms of frequency (Shannon), with what they
  /// leave given to the most frequent, since a code must be complete.
  private static func codeLengths(_ counts: [Int]) -> [Int] {
    let least = max(counts.reduce(0, +) >> 13, 1)
    let counts = counts.map { $0 == 0 ? 0 : max($0, least) }
    let total = counts.reduce(0, +)
    var lengths = counts.map { count in
      count == 0 ? 0 : max((1...15).first { count << $0 >= total } ?? 15, 1)
    }
    var left = 1 << 15 - lengths.reduce(0) { $0 + ($1 == 0 ? 0 : 1 << (15 - $1)) }
    let order = counts.indices.filter { counts[$0] > 0 }.sorted {
      (counts[$0], $1) > (counts[$1], $0)
    }
    while left > 0 {
      for symbol in order where lengths[symbol] > 1 && 1 << (15 - lengths[symbol]) <= left {
        left -= 1 << (15 - lengths[symbol])
        lengths[symbol] -= 1
      }
    }
    return lengths
  }

  /// The canonical codes of RFC 1951, section 3.2.2, first bit lowest.
  private static func codes(_ lengths: [Int]) -> [Int] {
    var codes = [Int](repeating: 0, count: lengths.count)
    var next = 0
    for length in 1...15 {
      for symbol in lengths.indices where lengths[symbol] == length {
        codes[symbol] = reversed(next, length)
        next += 1
      }
      next <<= 1
    }
    return codes
  }

  private static func reversed(_ value: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 << 1 | value >> $1 & 1 }
  }
}

/// Bits in the order of RFC 1951: the lowest of a byte first.
private struct BitWriter {
  var bytes: [UInt8] = []
  private var pending = 0
  private var count = 0

  mutating func write(_ value: Int, _ bits: Int) {
    pending |= value << count
    count += bits
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count -= 8
    }
  }
}
