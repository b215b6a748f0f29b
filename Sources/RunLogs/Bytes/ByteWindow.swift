/// The next bytes of a binary log, of which as many as are needed are looked at together.
struct ByteWindow {
  private let stream: ByteStream
  private var buffer: [UInt8] = []
  private var position = 0
  /// Where the next byte is, from the start of the file as it is decompressed.
  private(set) var offset = 0

  init(_ stream: ByteStream) {
    stream.isText = false
    self.stream = stream
  }

  /// How many of so many bytes there are: fewer at the end of the file alone.
  mutating func available(_ count: Int) throws -> Int {
    if buffer.count - position < count {
      buffer.removeFirst(position)
      position = 0
      while buffer.count < count, try stream.nextChunk({ buffer += $0 }) {}
    }
    return min(count, buffer.count - position)
  }

  /// The next bytes, which must be available.
  func next(_ count: Int) -> ArraySlice<UInt8> { buffer[position..<position + count] }

  /// Passes bytes, which must be available.
  mutating func pass(_ count: Int) {
    position += count
    offset += count
  }

  /// Passes bytes however many; false where the file ends before.
  mutating func skip(_ count: Int) throws -> Bool {
    var left = count
    while left > 0 {
      let step = try available(min(left, 1 << 18))
      guard step > 0 else { return false }
      pass(step)
      left -= step
    }
    return true
  }
}
