/// Turns offsets into a text into lines and columns.
package struct TextPlaces {
  private let lineStarts: [Int]

  package init(_ bytes: [UInt8]) {
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(index + 1)
    }
    lineStarts = starts
  }

  /// The line of an offset, from 1.
  package func line(of offset: Int) -> Int {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The column of an offset, from 1, in bytes.
  package func column(of offset: Int) -> Int { offset - lineStarts[line(of: offset) - 1] + 1 }

  /// A failure in the text as a fault; the text may be part of a file, starting at a line and
  /// column of it.
  package func fault(
    _ failure: JSONParser.Failure, line first: Int = 1, column start: Int = 1
  ) -> LogFault {
    let line = line(of: failure.offset)
    let column = column(of: failure.offset)
    return LogFault(
      line: first + line - 1, column: line == 1 ? start + column - 1 : column,
      failure.isTruncated ? "the JSON document is cut off" : failure.message)
  }
}
