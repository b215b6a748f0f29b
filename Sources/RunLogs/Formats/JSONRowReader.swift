/// Makes rows of JSON objects, and quickly so of those with the names of an earlier one.
package struct JSONRowReader {
  /// The names of objects that were met, and how each stands in the text, in quotes.
  private struct Shape {
    let columns: ColumnNames
    let keys: [[UInt8]]
  }

  /// Loggers write few kinds of rows: one for training and one for evaluation, as a rule.
  private static let mostShapes = 8
  private var shapes: [Shape] = []
  private var columns = ColumnNames([])

  package init() {}

  /// The row of an object, with inner objects named `outer.inner`; nil if the text is another
  /// value.
  package mutating func row(_ text: [UInt8], line: Int?) throws(JSONParser.Failure) -> Row? {
    for shape in shapes {
      if let values = JSONParser.values(text, keys: shape.keys) {
        return Row(columns: shape.columns, values: values, line: line)
      }
    }
    guard case .object(let members) = try JSONParser.parse(text) else { return nil }
    let cells = JSONValue.flatten(members)
    if !columns.names.elementsEqual(cells.lazy.map(\.name)) {
      columns = ColumnNames(cells.map(\.name))
      let isFlat = cells.count == members.count
      if isFlat, shapes.count < Self.mostShapes {
        shapes.append(
          Shape(columns: columns, keys: members.map { Array("\"\($0.key)\"".utf8) }))
      }
    }
    return Row(columns: columns, values: cells.map(\.value), line: line)
  }
}

extension JSONParser {
  /// The values of an object that has these names, given in quotes, in this order, and no inner
  /// object; nil for every other text, be it right or wrong.
  static func values(_ bytes: [UInt8], keys: [[UInt8]]) -> [Value]? {
    var parser = JSONParser(bytes)
    guard parser.passes(UInt8(ascii: "{")) else { return nil }
    var values: [Value] = []
    values.reserveCapacity(keys.count)
    for (index, key) in keys.enumerated() {
      if index > 0, !parser.passes(UInt8(ascii: ",")) { return nil }
      parser.skipSpace()
      guard parser.passes(key), parser.passes(UInt8(ascii: ":")),
        let value = try? parser.value(depth: 1), let cell = value.cell
      else { return nil }
      values.append(cell)
    }
    guard parser.passes(UInt8(ascii: "}")) else { return nil }
    parser.skipSpace()
    return parser.at == bytes.count ? values : nil
  }

  /// Passes blanks and a byte; false if another byte stands there.
  private mutating func passes(_ byte: UInt8) -> Bool {
    skipSpace()
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func passes(_ key: [UInt8]) -> Bool {
    guard bytes.count - at >= key.count else { return false }
    for index in key.indices where bytes[at + index] != key[index] { return false }
    at += key.count
    return true
  }
}
