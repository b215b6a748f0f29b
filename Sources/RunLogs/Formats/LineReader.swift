/// Cuts a stream into lines at LF, without the LF and a CR before it.
package struct LineReader {
  /// Lines longer than this are read past and reported, so that memory stays bounded.
  package static let longestLine = 16 << 20

  private let stream: ByteStream
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  /// The number of the line last returned, from 1.
  package private(set) var number = 0

  package init(_ stream: ByteStream) {
    self.stream = stream
  }

  package enum Line: Equatable {
    case bytes([UInt8])
    case tooLong
  }

  /// The next line, or nil at the end of the file.
  package mutating func next() throws -> Line? {
    var searched = position
    var isTooLong = false
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        number += 1
        let line = isTooLong ? Line.tooLong : .bytes(withoutReturn(position..<end))
        position = end + 1
        return line
      }
      if isAtEnd {
        guard position < buffer.count || isTooLong else { return nil }
        number += 1
        let line = isTooLong ? Line.tooLong : .bytes(withoutReturn(position..<buffer.count))
        buffer = []
        position = 0
        return line
      }
      if buffer.count - position > Self.longestLine {
        isTooLong = true
        position = buffer.count
      }
      buffer.removeFirst(position)
      position = 0
      searched = buffer.count
      isAtEnd = try !stream.nextChunk { buffer += $0 }
    }
  }

  private func withoutReturn(_ range: Range<Int>) -> [UInt8] {
    let slice = buffer[range]
    return Array(slice.last == UInt8(ascii: "\r") ? slice.dropLast() : slice)
  }
}
