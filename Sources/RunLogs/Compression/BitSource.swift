/// The bits of a stream of bytes, lowest bit first, as Deflate packs them.
struct BitSource {
  static let cutOff = LogFault(
    "the compressed data are cut off", fix: "copy the file again; was its writer interrupted?")

  private let refill: (inout [UInt8]) throws -> Bool
  private var input: [UInt8]
  private var position = 0
  private var isAtEnd = false
  private var failure: (any Error)?
  /// Bits that were read and not yet dropped, and how many.
  private(set) var buffer: UInt64 = 0
  private(set) var count = 0

  /// Reads `input`, then what `refill` replaces it with until it returns false.
  init(_ input: [UInt8], refill: @escaping (inout [UInt8]) throws -> Bool) {
    self.input = input
    self.refill = refill
  }

  /// Takes in bits until at least 48 are there or no more come.
  mutating func fill() {
    while count <= 48 {
      if position == input.count {
        guard !isAtEnd else { return }
        do {
          isAtEnd = try !refill(&input)
        } catch {
          failure = error
          isAtEnd = true
        }
        if isAtEnd { input = [] }
        position = 0
        if input.isEmpty { return }
      }
      buffer |= UInt64(input[position]) << UInt64(count)
      position += 1
      count += 8
    }
  }

  mutating func drop(_ number: Int) {
    buffer >>= UInt64(number)
    count -= number
  }

  /// Takes up to 16 bits as a number.
  mutating func take(_ number: Int) throws -> Int {
    if count < number { fill() }
    guard count >= number else { throw failure ?? Self.cutOff }
    let value = Int(buffer & (1 << UInt64(number) - 1))
    drop(number)
    return value
  }

  mutating func skipToByte() { drop(count & 7) }

  /// The next byte, or nil at the end; only at the edge of a byte.
  mutating func byte() throws -> UInt8? {
    if count < 8 { fill() }
    if let failure { throw failure }
    guard count >= 8 else { return nil }
    return UInt8(try take(8))
  }
}
