/// A JSON document of runs: an array of row objects; columns as pandas writes them, each an
/// object by row label or an array; or one object that is a single row.
///
/// The document is held in memory, so it may not be larger than 256 MiB.
package enum JSONTableFormat {
  static let format = LogFormat(name: "JSON", role: role, read: read)

  package static let largest = 256 << 20

  @Sendable private static func role(ofFileNamed name: String) -> LogRole? {
    let name = name.lowercased()
    return name.hasSuffix(".json") && !Sidecars.isOne(name) ? .table : nil
  }

  @Sendable package static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws
  {
    let text = try bytes.all(
      atMost: largest, fix: "write it as JSON Lines, which is streamed")
    let places = TextPlaces(text)
    let document: JSONValue
    do {
      document = try JSONParser.parse(text)
    } catch {
      throw places.fault(error)
    }
    switch document {
    case .array(let elements): try readRows(elements, places, record)
    case .object(let members):
      if !members.isEmpty, members.allSatisfy({ $0.value.isColumn }) {
        try readColumns(members, places, record)
      } else if !members.isEmpty {
        try record(.row(row(members, line: places.line(of: 0))))
      }
    default:
      throw LogFault(line: 1, "is neither an array of rows nor an object of columns")
    }
  }

  private static func readRows(
    _ elements: [JSONValue.Element], _ places: TextPlaces, _ record: (LogRecord) throws -> Void
  ) throws {
    for element in elements {
      let line = places.line(of: element.offset)
      if case .object(let members) = element.value {
        try record(.row(row(members, line: line)))
      } else {
        try record(.fault(LogFault(line: line, "the row is not an object")))
      }
    }
  }

  private static func row(_ members: [JSONValue.Member], line: Int) -> Row {
    let cells = JSONValue.flatten(members)
    return Row(columns: ColumnNames(cells.map(\.name)), values: cells.map(\.value), line: line)
  }

  /// Reads columns, joined by row label and not by position; the first column gives the order.
  private static func readColumns(
    _ members: [JSONValue.Member], _ places: TextPlaces, _ record: (LogRecord) throws -> Void
  ) throws {
    let names = ColumnNames(members.map(\.key))
    let cells = members.map { labelled($0.value) }
    let byLabel = cells.map { column in
      Dictionary(column.map { ($0.label, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
    guard let first = cells.first else { return }
    for (column, member) in zip(cells.dropFirst(), members.dropFirst()) {
      guard column.count == first.count else {
        throw LogFault(
          line: places.line(of: member.offset),
          "column \(member.key.quoted) has \(column.count) rows where "
            + "\(members[0].key.quoted) has \(first.count)")
      }
    }
    for cell in first {
      let values = byLabel.map { $0[cell.label] ?? .missing }
      try record(.row(Row(columns: names, values: values, line: places.line(of: cell.offset))))
    }
  }

  private static func labelled(
    _ column: JSONValue
  ) -> [(label: String, offset: Int, value: Value)] {
    switch column {
    case .object(let members): members.map { ($0.key, $0.offset, $0.value.cell ?? .list) }
    case .array(let elements):
      elements.enumerated().map { ("\($0)", $1.offset, $1.value.cell ?? .list) }
    default: []
    }
  }
}

extension JSONValue {
  fileprivate var isColumn: Bool {
    switch self {
    case .object, .array: true
    default: false
    }
  }
}
