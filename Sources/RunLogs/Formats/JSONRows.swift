/// Makes rows of JSON objects, and quickly so of those with the names of an earlier one.
package struct JSONRows {
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

  /// The row of the next value, an object, with inner objects' cells named `outer.inner`; nil, and
  /// the value is passed, if it is none.
  ///
  /// Names are compared as bytes with those of earlier rows while they agree; only names that no
  /// earlier row had in this place are made into strings.
  package mutating func row(_ json: inout JSONReader, line: Int) throws -> Row? {
    guard try json.peek() == UInt8(ascii: "{") else {
      try json.skip()
      return nil
    }
    try json.enter(UInt8(ascii: "{"))
    var values: [Value] = []
    var shape = shapes.first
    values.reserveCapacity(shape?.keys.count ?? 0)
    while let known = shape {
      if values.isEmpty, try json.peek() == UInt8(ascii: "}") { break }
      guard let found = try match(values.count, known, &json) else { break }
      shape = found
      guard try json.peek() != UInt8(ascii: "{") else {
        return try rest(&json, found, values, isInner: true, line)
      }
      values.append(try json.cell() ?? .missing)
      if try json.closes(UInt8(ascii: "}")) {
        guard values.count < found.keys.count else {
          return Row(columns: found.columns, values: values, line: line)
        }
        return row(Array(found.columns.names.prefix(values.count)), values, isFlat: true, line)
      }
    }
    return try rest(&json, shape, values, isInner: false, line)
  }

  /// The shape, this one or another that agrees so far, whose name in a place is the next in the
  /// text; the name is passed.
  private func match(_ index: Int, _ shape: Shape, _ json: inout JSONReader) throws -> Shape? {
    if index < shape.keys.count, try json.passes(name: shape.keys[index]) { return shape }
    for other in shapes
    where index < other.keys.count && other.keys[..<index] == shape.keys[..<index] {
      if try json.passes(name: other.keys[index]) { return other }
    }
    return nil
  }

  /// Reads the rest of an object of which so many cells agree with a shape.
  ///
  /// - Parameter isInner: whether the name behind them was passed, too, and its value is an object.
  private mutating func rest(
    _ json: inout JSONReader, _ shape: Shape?, _ values: [Value], isInner: Bool, _ line: Int
  ) throws -> Row {
    let known = shape?.columns.names ?? []
    var cells = zip(known, values).map { Constant(name: $0, value: $1, line: line) }
    var isFlat = !isInner
    if isInner { try json.addCells(known[values.count], to: &cells) }
    let isEmpty = try !isInner && cells.isEmpty && json.peek() == UInt8(ascii: "}")
    if try !(isInner || isEmpty) || !json.closes(UInt8(ascii: "}")) {
      let names = JSONReader.SeenNames(known.prefix(values.count + (isInner ? 1 : 0)))
      try json.members(after: names) { name, json in
        if try json.addCells(name, to: &cells) { isFlat = false }
      }
    }
    return row(cells.map(\.name), cells.map(\.value), isFlat: isFlat, line)
  }

  private mutating func row(
    _ names: [String], _ values: [Value], isFlat: Bool, _ line: Int
  ) -> Row {
    if columns.names != names {
      if let known = shapes.first(where: { $0.columns.names == names }) {
        columns = known.columns
      } else {
        columns = ColumnNames(names)
        let isPlain = names.allSatisfy { name in
          name.utf8.allSatisfy {
            $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
          }
        }
        if isFlat, isPlain, !names.isEmpty, shapes.count < Self.mostShapes {
          shapes.append(Shape(columns: columns, keys: names.map { Array("\"\($0)\"".utf8) }))
        }
      }
    }
    return Row(columns: columns, values: values, line: line)
  }
}

/// Lists of rows in a document.
extension JSONRows {
  /// Reads the objects of a list, the next value, each as a row; what is no object is at fault.
  ///
  /// - Parameter what: the list's name for messages; nil for the document itself.
  package mutating func read(
    _ json: inout JSONReader, what: String? = nil, record: (LogRecord) throws -> Void
  ) throws {
    try json.array { json in
      _ = try json.peek()
      let line = json.line
      if let row = try row(&json, line: line) {
        try record(.row(row))
      } else {
        let of = what.map { " of `\($0)`" } ?? ""
        try record(.fault(Fault(line: line, "the row\(of) is not an object")))
      }
    }
  }

  /// The paths of a document's lists of objects, each of names with points between them.
  package static func lists(_ bytes: ByteStream) throws -> [[String]] {
    var json = JSONReader(bytes)
    guard try json.peek() == UInt8(ascii: "{") else { return [] }
    var found: [[String]] = []
    func members(_ json: inout JSONReader, _ path: [String]) throws {
      try json.object { name, json in
        switch try json.peek() {
        case UInt8(ascii: "{"): try members(&json, path + [name])
        case UInt8(ascii: "["):
          var isOfObjects: Bool?
          try json.array { json in
            if isOfObjects == nil { isOfObjects = try json.peek() == UInt8(ascii: "{") }
            try json.skip()
          }
          // A name with a point in it has no place in a path.
          let path = path + [name]
          if isOfObjects == true, found.count < 16,
            path.allSatisfy({ !$0.isEmpty && !$0.utf8.contains(UInt8(ascii: ".")) })
          {
            found.append(path)
          }
        default: try json.skip()
        }
      }
    }
    try members(&json, [])
    try json.finish()
    return found
  }

  /// Reads the list of rows at a path of names in a document, and gives the cells outside of the
  /// list, too, named `outer.inner`; false where there is no such list.
  package static func read(
    _ bytes: ByteStream, at path: [String], record: (LogRecord) throws -> Void,
    other: (Constant) throws -> Void
  ) throws -> Bool {
    var rows = JSONRows()
    let what = path.joined(separator: ".")
    return try visit(
      bytes, at: path, list: { try rows.read(&$0, what: what, record: record) }, other: other)
  }

  /// The cells outside of the list, which is passed over unread.
  package static func cells(
    _ bytes: ByteStream, around path: [String]
  ) throws -> [Constant] {
    var cells: [Constant] = []
    _ = try visit(bytes, at: path, list: { try $0.skip() }, other: { cells.append($0) })
    return cells
  }

  /// Goes through a document; false where no list stands at the path.
  private static func visit(
    _ bytes: ByteStream, at path: [String], list: (inout JSONReader) throws -> Void,
    other: (Constant) throws -> Void
  ) throws -> Bool {
    var json = JSONReader(bytes)
    guard try json.peek() == UInt8(ascii: "{") else {
      throw Fault(line: 1, "is not a JSON object")
    }
    var isFound = false
    var others = 0
    func members(_ json: inout JSONReader, _ rest: ArraySlice<String>, _ prefix: String) throws {
      try json.object { name, json in
        let first = try json.peek()
        let line = json.line
        let isOnPath = name == rest.first
        if isOnPath, rest.count == 1, first == UInt8(ascii: "[") {
          isFound = true
          try list(&json)
        } else if first == UInt8(ascii: "{") {
          try members(&json, isOnPath ? rest.dropFirst() : [], prefix + name + ".")
        } else if let value = try json.cell() {
          others += 1
          guard others <= JSONReader.mostNames else {
            throw Fault(line: line, "there are too many names outside of the list of rows")
          }
          try other(Constant(name: prefix + name, value: value, line: line))
        }
      }
    }
    try members(&json, path[...], "")
    try json.finish()
    return isFound
  }
}

/// One JSON document a run, whose rows are a list in it, with the run's constants beside that.
enum JSONRowsFormat {
  static func format(at path: [String]) -> LogFormat {
    let name = path.joined(separator: ".")
    return LogFormat(
      name: "JSON", constants: { try JSONRows.cells($0, around: path) },
      stream: { bytes, record in
        var names: [String] = []
        let isFound = try JSONRows.read(bytes, at: path, record: record) { cell in
          if names.count < 12 { names.append(cell.name) }
        }
        guard !isFound else { return }
        throw Fault(
          line: 1, "holds no list `\(name)`",
          fix: "`rows` is the path of a list of objects, as in `rows: history.evaluations`"
            + (names.isEmpty
              ? "" : "; beside it are \(names.map(\.quoted).joined(separator: ", "))"))
      })
  }
}
