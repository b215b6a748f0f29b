/// The rows of a table that are kept, as bytes: they take what their text does in the file, and 24
/// bytes each.
///
/// A cell begins with one byte: how many bytes of text follow, 0 where it is missing, or a mark.
package struct PackedRows: Sendable {
  /// The most bytes of one table, the names of its columns among them.
  package static let mostBytes = 512 << 20

  private static let pieceSize = 1 << 20
  /// What the name of a column takes beside its text.
  private static let nameSize = 64

  /// Where a row stands; 24 bytes.
  private struct Place {
    var piece: UInt32
    var start: UInt32
    var columns: UInt32
    var line: UInt32
    var number: UInt32
    /// Whether all cells are short texts, which stand as the fields of a record do.
    var isPlain: Bool
  }

  private var pieces: [[UInt8]] = []
  private var places: [Place] = []
  private var size = 0
  /// The columns of rows, those of equal names once.
  private var columns: [ColumnNames] = []
  private var columnsByNames: [[String]: Int] = [:]
  private var columnsByIdentity: [ObjectIdentifier: Int] = [:]

  private let most: Int

  package init(atMost most: Int = Self.mostBytes) { self.most = most }

  package var count: Int { places.count }
  package var isEmpty: Bool { places.isEmpty }

  /// Adds a row, the `number`th record of its table.
  package mutating func append(_ row: Row, number: Int) throws(Fault) {
    let columns = place(of: row.columns)
    if pieces.last.map({ $0.count > Self.pieceSize - 1 << 14 }) ?? true {
      pieces.append([])
      pieces[pieces.count - 1].reserveCapacity(Self.pieceSize)
    }
    let last = pieces.count - 1
    let start = pieces[last].count
    let isPlain = row.pack(into: &pieces[last])
    size += pieces[last].count - start
    guard size <= most else {
      throw Fault(
        "the table holds more than \(ByteStream.shown(size: most))",
        fix: "log fewer steps or columns, or part it into several tables")
    }
    places.append(
      Place(
        piece: UInt32(last), start: UInt32(start), columns: UInt32(columns),
        line: UInt32(clamping: row.line ?? 0), number: UInt32(clamping: number), isPlain: isPlain))
  }

  private mutating func place(of names: ColumnNames) -> Int {
    if let known = columnsByIdentity[ObjectIdentifier(names)] { return known }
    if let known = columnsByNames[names.names] { return known }
    // Only what is kept is known by its identity, which others may have after it.
    columnsByIdentity[ObjectIdentifier(names)] = columns.count
    columnsByNames[names.names] = columns.count
    columns.append(names)
    size += names.names.reduce(0) { $0 + $1.utf8.count + Self.nameSize }
    return columns.count - 1
  }

  /// Gives each row with its number, or those at some places, in that order.
  package func read(at chosen: [Int]? = nil, _ body: (Row, Int) throws -> Void) rethrows {
    // Filled again for each row.
    var fields = Fields()
    for index in 0..<(chosen?.count ?? count) {
      let place = places[chosen?[index] ?? index]
      let (columns, bytes) = (columns[Int(place.columns)], pieces[Int(place.piece)])
      let line = place.line == 0 ? nil : Int(place.line)
      let row: Row
      if place.isPlain {
        fields.unpack(columns.names.count, bytes, at: Int(place.start))
        row = Row(columns: columns, fields: fields, line: line)
      } else {
        row = Row(columns: columns, packed: bytes, at: Int(place.start), line: line)
      }
      try body(row, Int(place.number))
    }
  }

  /// Lets go of the rows that are not wanted.
  package mutating func keep(where isWanted: (Row) -> Bool) {
    var wanted: [Bool] = []
    wanted.reserveCapacity(count)
    read { row, _ in wanted.append(isWanted(row)) }
    places = zip(places, wanted).filter(\.1).map(\.0)
  }

  /// The places of rows by texts of theirs, the groups in the order of their first rows; nil where
  /// there are more than `most`.
  package func groups(
    atMost most: Int, by key: (Row) -> [String]
  ) -> [(key: [String], places: [Int])]? {
    var known: [[String]: Int] = [:]
    var groups: [(key: [String], places: [Int])] = []
    var (place, last) = (0, 0)
    read { row, _ in
      defer { place += 1 }
      guard groups.count <= most else { return }
      let own = key(row)
      // Neighbours are of one group, as a rule.
      if groups.isEmpty || groups[last].key != own { last = known[own] ?? groups.count }
      if last == groups.count {
        known[own] = last
        groups.append((own, []))
      }
      groups[last].places.append(place)
    }
    return groups.count > most ? nil : groups
  }
}

/// Cells as bytes.
extension Row {
  private enum Mark {
    static let longText: UInt8 = 250
    static let number: UInt8 = 251
    static let null: UInt8 = 252
    static let list: UInt8 = 253
    static let no: UInt8 = 254
    static let yes: UInt8 = 255
  }
  /// The longest text whose length is its first byte.
  static let longestShortText = Int(Mark.longText) - 1

  /// Adds the cells to bytes; whether all are short texts, each behind its length.
  fileprivate func pack(into bytes: inout [UInt8]) -> Bool {
    if packFields(into: &bytes) { return true }
    for position in columns.names.indices { Self.pack(self[position], into: &bytes) }
    return false
  }

  private static func pack(_ value: Value, into bytes: inout [UInt8]) {
    switch value {
    case .missing: bytes.append(0)
    case .null: bytes.append(Mark.null)
    case .list: bytes.append(Mark.list)
    case .boolean(let flag): bytes.append(flag ? Mark.yes : Mark.no)
    case .number(let number):
      bytes.append(Mark.number)
      withUnsafeBytes(of: number.bitPattern) { bytes += $0 }
    case .text(let text):
      let count = text.utf8.count
      if (1...longestShortText).contains(count) {
        bytes.append(UInt8(count))
      } else {
        bytes.append(Mark.longText)
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: count)) { bytes += $0 }
      }
      bytes += text.utf8
    }
  }

  /// Reads as many cells as there are columns.
  fileprivate init(columns: ColumnNames, packed bytes: [UInt8], at start: Int, line: Int?) {
    var at = start
    func take<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
      defer { at += MemoryLayout<Number>.size }
      return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: at, as: type) }
    }
    func text(_ count: Int) -> Value {
      defer { at += count }
      return .text(String(decoding: bytes[at..<at + count], as: UTF8.self))
    }
    let values = columns.names.map { _ -> Value in
      let mark = take(UInt8.self)
      switch mark {
      case 0: return .missing
      case Mark.null: return .null
      case Mark.list: return .list
      case Mark.no, Mark.yes: return .boolean(mark == Mark.yes)
      case Mark.number: return .number(Double(bitPattern: take(UInt64.self)))
      case Mark.longText: return text(Int(take(UInt32.self)))
      default: return text(Int(mark))
      }
    }
    self.init(columns: columns, values: values, line: line)
  }
}
