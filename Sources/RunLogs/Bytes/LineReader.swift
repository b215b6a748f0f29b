import Foundation

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

  /// Whether all lines that were returned ended in LF, the last one too.
  private(set) var isEndMarked = true

  package init(_ stream: ByteStream) {
    self.stream = stream
  }

  /// What the next line is.
  package enum Status {
    case line
    case tooLong
    case end
  }

  /// Puts the next line in the place of what `line` holds, whose memory is used again.
  package mutating func next(into line: inout [UInt8]) throws -> Status {
    line.removeAll(keepingCapacity: true)
    var searched = position
    var isTooLong = false
    while true {
      if let end = lineFeed(from: searched) {
        let start = position
        number += 1
        position = end + 1
        if isTooLong { return .tooLong }
        copy(start..<end, into: &line)
        return .line
      }
      if isAtEnd {
        guard position < buffer.count || isTooLong else { return .end }
        isEndMarked = false
        number += 1
        if !isTooLong { copy(position..<buffer.count, into: &line) }
        buffer = []
        position = 0
        return isTooLong ? .tooLong : .line
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

  /// Cuts the next line into fields where it stands; false, and nothing is read, where that takes a
  /// closer look.
  ///
  /// - Parameter isShared: whether the fields share this reader's memory since `next(into:)` was
  ///   called last.
  mutating func next(_ fields: inout Fields, isShared: Bool, separator: UInt8) -> Bool {
    // A line that starts with a blank may be blank as a whole.
    guard position < buffer.count, buffer[position] > 0x20 else { return false }
    if !isShared { fields.share(buffer) }
    guard let end = fields.cutLine(from: position, separator: separator) else { return false }
    position = end
    number += 1
    return true
  }

  private func lineFeed(from start: Int) -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, 0x0A, bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  /// Adds bytes of the buffer without a CR at their end.
  private func copy(_ range: Range<Int>, into line: inout [UInt8]) {
    buffer.withUnsafeBufferPointer { bytes in
      var slice = bytes[range]
      if slice.last == UInt8(ascii: "\r") { slice.removeLast() }
      line.append(contentsOf: UnsafeBufferPointer(rebasing: slice))
    }
  }
}
