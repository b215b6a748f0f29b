/// The names of a row's columns, shared by the rows that have the same ones.
package final class ColumnNames: Sendable {
  package let names: [String]
  private let positions: [String: Int]
  /// Names that occur more than once.
  package let repeated: Set<String>

  package init(_ names: [String]) {
    self.names = names
    var positions: [String: Int] = [:]
    var repeated: Set<String> = []
    for (index, name) in names.enumerated() {
      if positions.updateValue(index, forKey: name) != nil { repeated.insert(name) }
    }
    self.positions = positions
    self.repeated = repeated
  }

  /// Where a column stands, from 0; of several of one name the last.
  package func position(of name: String) -> Int? { positions[name] }
}

/// Where columns stand in rows, looked up once for neighbours that have the same ones.
struct ColumnPlaces {
  private let names: [String]
  private var columns: ColumnNames?
  private var places: [Int?] = []

  init(_ names: [String]) { self.names = names }

  /// The place of each name in a row; nil where the row has no such column.
  mutating func `in`(_ row: Row) -> [Int?] {
    if row.columns !== columns {
      columns = row.columns
      places = names.map(row.columns.position)
    }
    return places
  }
}

/// One row of a log: a value for each column, and its line in the file. Many are kept as
/// `PackedRows`.
package struct Row {
  package let columns: ColumnNames
  /// The line, or 0 where there is none to tell.
  private let place: UInt32
  /// The cells: as values, or as the bytes of a table's record, of which most are never looked at.
  private let made: [Value]?
  private let fields: Fields

  package var line: Int? { place == 0 ? nil : Int(place) }

  package init(columns: ColumnNames, values: [Value], line: Int?) {
    self.columns = columns
    place = UInt32(clamping: line ?? 0)
    made = values
    fields = Fields()
  }

  init(columns: ColumnNames, fields: Fields, line: Int?) {
    self.columns = columns
    place = UInt32(clamping: line ?? 0)
    made = nil
    self.fields = fields
  }

  /// The value in a column, by its position; `missing` where the row is too short.
  package subscript(position: Int) -> Value {
    if let made { return position < made.count ? made[position] : .missing }
    return position < fields.count ? fields.value(position) : .missing
  }

  /// The value of a column; `missing` where the row has no such column.
  package subscript(name: String) -> Value {
    columns.position(of: name).map { self[$0] } ?? .missing
  }

  /// The cell in a column as a finite number; nil where it is missing or no such number.
  package func finite(_ position: Int) -> Double? {
    guard let made else { return position < fields.count ? fields.finite(position) : nil }
    guard position < made.count else { return nil }
    if case .number(let value) = made[position] { return value.isFinite ? value : nil }
    guard case .number(let value) = made[position].number else { return nil }
    return value
  }

  /// All values in the order of the columns.
  package var values: [Value] { made ?? (0..<fields.count).map(fields.value) }

  /// Adds the fields of a table's record to bytes; false where not each column has
  /// one, or one is long.
  func packFields(into bytes: inout [UInt8]) -> Bool {
    made == nil && fields.count == columns.names.count
      && fields.pack(into: &bytes, longest: Self.longestShortText)
  }
}
