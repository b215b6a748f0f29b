/// A JSON document of runs: an array of row objects; columns as pandas writes them, each an
/// object by row label or an array; or one object that is a single row.
///
/// Rows are read one by one. Columns are held in memory, where all have the same labels in the same
/// order at some 20 bytes a cell, so their number is bounded.
enum JSONTableFormat {
  static let format = LogFormat(name: "JSON", role: role, stream: read)

  /// The most cells of a document that is written by column.
  private static let mostCells = 8_000_000

  @Sendable private static func role(ofFileNamed name: String) -> LogRole? {
    let name = name.lowercased()
    return name.hasSuffix(".json") && !Hyperparameters.isFile(name) ? .table : nil
  }

  @Sendable private static func read(
    _ bytes: ByteStream, record: (LogRecord) throws -> Void
  ) throws {
    var json = JSONReader(bytes)
    switch try json.peek() {
    case UInt8(ascii: "["):
      var rows = JSONRows()
      try rows.read(&json, record: record)
      try json.finish()
    case UInt8(ascii: "{"):
      let line = json.line
      let columns = try Self.columns(&json)
      try json.finish()
      if columns.allSatisfy({ $0.scalar == nil }), !Self.isRecord(columns) {
        try readRows(columns, record)
      } else {
        try record(.row(row(columns, line)))
      }
    default:
      try json.skip()
      try json.finish()
      throw Fault(line: 1, "is neither an array of rows nor an object of columns")
    }
  }

  /// Whether objects are the parts of one record, such as `config` and `results`: no two of them
  /// have a name in common, as columns of the same rows have all, or one is that of a loss, as no
  /// label of a row is.
  private static func isRecord(_ columns: [Column]) -> Bool {
    let first = columns.first?.labels ?? []
    let labels = columns.map { $0.isArray ? nil : $0.labels ?? first }
    guard columns.count > 1, labels.allSatisfy({ $0 != nil }) else { return false }
    let all = labels.flatMap { $0 ?? [] }
    return Set(all).count == all.count || all.contains(where: ConventionalNames.mayBeLoss)
  }

  /// What a name of the document's object stands for: one cell, or several with labels.
  private struct Column {
    var name: String
    var line: Int
    /// The cell, where it is neither an object nor an array.
    var scalar: Value?
    var isArray = false
    /// The labels of the cells; nil where they are those of the first column.
    var labels: [String]?
    var values: [Value] = []
    /// The lines of the cells; of the first column alone.
    var lines: [Int] = []
    /// The same with inner objects' cells named `outer.inner`, where there are such.
    var flat: [(name: String, value: Value)]?
  }

  /// Reads an object whose members are columns, or the cells of an only row.
  private static func columns(_ json: inout JSONReader) throws -> [Column] {
    var columns: [Column] = []
    var count = 0
    try json.object { name, json in
      guard let first = try json.peek() else { return try json.skip() }
      var column = Column(name: name, line: json.line)
      switch first {
      case UInt8(ascii: "["):
        column.isArray = true
        try json.array { json in
          count += 1
          guard count <= mostCells else { throw tooMany(json) }
          _ = try json.peek()
          if columns.isEmpty { column.lines.append(json.line) }
          column.values.append(try json.cell() ?? .list)
        }
      case UInt8(ascii: "{"):
        let expected = columns.first?.labels ?? []
        var labels: [String]? = columns.isEmpty ? [] : nil
        var cells: [Constant] = []
        try json.object { label, json in
          cells.removeAll(keepingCapacity: true)
          let index = column.values.count
          _ = try json.peek()
          let line = json.line
          let isInner = try json.addCells(label, to: &cells)
          count += max(cells.count, 1)
          guard count <= mostCells else { throw tooMany(json) }
          if isInner, column.flat == nil {
            column.flat = Array(zip(labels ?? expected, column.values))
          }
          column.flat?.append(contentsOf: cells.map { ($0.name, $0.value) })
          if labels == nil, index >= expected.count || expected[index] != label {
            labels = Array(expected.prefix(index))
          }
          labels?.append(label)
          column.values.append(isInner ? .list : cells[0].value)
          if columns.isEmpty { column.lines.append(line) }
        }
        column.labels = labels
      default: column.scalar = try json.cell()
      }
      columns.append(column)
    }
    return columns
  }

  private static func tooMany(_ json: JSONReader) -> Fault {
    Fault(
      line: json.line, "there are more than \(grouped(Double(mostCells))) cells",
      fix: "write it as JSON Lines, which is streamed")
  }

  /// The document as a single row.
  private static func row(_ columns: [Column], _ line: Int) -> Row {
    var names: [String] = []
    var values: [Value] = []
    let first = columns.first?.labels ?? []
    for column in columns {
      if column.scalar != nil || column.isArray {
        names.append(column.name)
        values.append(column.scalar ?? .list)
      } else {
        for (label, value) in column.flat ?? Array(zip(column.labels ?? first, column.values)) {
          names.append(column.name + "." + label)
          values.append(value)
        }
      }
    }
    return Row(columns: ColumnNames(names), values: values, line: line)
  }

  /// Reads columns, joined by row label and not by position; the first column gives the order.
  private static func readRows(
    _ columns: [Column], _ record: (LogRecord) throws -> Void
  ) throws {
    guard let first = columns.first else { return }
    let names = ColumnNames(columns.map(\.name))
    // Where labels differ, each column's cells by label.
    var byLabel: [Int: [String: Value]] = [:]
    for (index, column) in columns.enumerated() {
      guard column.values.count == first.values.count else {
        throw Fault(
          line: column.line,
          "column \(column.name.quoted) has \(column.values.count) rows where "
            + "\(first.name.quoted) has \(first.values.count)")
      }
      guard index > 0, column.labels != nil || column.isArray != first.isArray else { continue }
      let labels = column.labels ?? first.labels ?? []
      byLabel[index] = Dictionary(
        column.isArray
          ? column.values.enumerated().map { ("\($0)", $1) } : Array(zip(labels, column.values)),
        uniquingKeysWith: { first, _ in first })
    }
    for place in first.values.indices {
      let label = first.isArray ? "\(place)" : first.labels?[place] ?? ""
      let values = columns.indices.map { index in
        byLabel[index].map { $0[label] ?? .missing } ?? columns[index].values[place]
      }
      try record(.row(Row(columns: names, values: values, line: first.lines[place])))
    }
  }
}
