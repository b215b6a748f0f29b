/// The canonical Huffman code of a Deflate block (RFC 1951, section 3.2.2).
///
/// Codes of up to nine bits are looked up at once; longer ones go on bit by bit through the
/// canonical order, which takes little room and is needed for rare symbols only.
struct HuffmanTable {
  private static let fastBits = 9
  static let longest = 15

  /// For the next nine bits: the symbol times 16 plus its length; 0 where the code is longer.
  private var fast = [UInt16](repeating: 0, count: 1 << fastBits)
  /// How many codes have each length, and the symbols in order of their codes.
  private var counts = [UInt16](repeating: 0, count: longest + 1)
  private var symbols: [UInt16] = []

  /// The code without symbols.
  static let empty = HuffmanTable()

  private init() {}

  /// Builds the code from the length of each symbol's code, 0 for a symbol that does not occur;
  /// nil where lengths contradict each other.
  ///
  /// A code that leaves bits unused is allowed only if it is a single code of one bit, or empty,
  /// as for distances (RFC 1951, section 3.2.7).
  init?(lengths: ArraySlice<UInt8>) {
    for length in lengths { counts[Int(length)] += 1 }
    counts[0] = 0
    var left = 1
    for length in 1...Self.longest {
      left = left * 2 - Int(counts[length])
      guard left >= 0 else { return nil }
    }
    let used = counts.reduce(0) { $0 + Int($1) }
    guard left == 0 || used == 0 || (used == 1 && counts[1] == 1) else { return nil }

    var offsets = [Int](repeating: 0, count: Self.longest + 2)
    var codes = [Int](repeating: 0, count: Self.longest + 2)
    for length in 1...Self.longest {
      offsets[length + 1] = offsets[length] + Int(counts[length])
      codes[length + 1] = (codes[length] + Int(counts[length])) << 1
    }
    symbols = [UInt16](repeating: 0, count: used)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let length = Int(length)
      symbols[offsets[length]] = UInt16(symbol)
      offsets[length] += 1
      let code = codes[length]
      codes[length] += 1
      guard length <= Self.fastBits else { continue }
      // Bits arrive with the code's first bit lowest.
      var reversed = 0
      for bit in 0..<length where code >> bit & 1 == 1 { reversed |= 1 << (length - 1 - bit) }
      let entry = UInt16(symbol << 4 | length)
      for index in stride(from: reversed, to: 1 << Self.fastBits, by: 1 << length) {
        fast[index] = entry
      }
    }
  }

  /// Decodes the symbol that the lowest bits begin with; nil if `available` bits do not hold one.
  func decode(_ bits: UInt64, available: Int) -> (symbol: Int, length: Int)? {
    let entry = Int(fast[Int(bits & UInt64(1 << Self.fastBits - 1))])
    if entry != 0 {
      let length = entry & 15
      return length <= available ? (entry >> 4, length) : nil
    }
    var code = 0
    var first = 0
    var index = 0
    for length in 1...Self.longest {
      guard length <= available else { return nil }
      code |= Int(bits >> UInt64(length - 1) & 1)
      let count = Int(counts[length])
      if code - first < count { return (Int(symbols[index + code - first]), length) }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return nil
  }
}
