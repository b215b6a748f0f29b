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

  package func position(of name: String) -> Int? { positions[name] }
}

/// One row of a log: a value for each column, and its line in the file.
package struct Row {
  package let columns: ColumnNames
  package let values: [Value]
  package let line: Int?

  package init(columns: ColumnNames, values: [Value], line: Int?) {
    self.columns = columns
    self.values = values
    self.line = line
  }

  /// The value of a column; `missing` where the row has no such column.
  package subscript(name: String) -> Value {
    guard let index = columns.position(of: name), index < values.count else { return .missing }
    return values[index]
  }
}
