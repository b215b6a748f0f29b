/// Weights & Biases' run-*.wandb, the file that a run writes, offline too: its history.
///
/// Each history record of wandb's protocol (wandb_internal.proto) is a row; what is no number
/// is left out. The configuration in the file gives the run's constants. A run that was resumed may
/// have several files, which go on from one to the next.
package enum WandbRunFormat {
  static let format = LogFormat(
    name: "Weights & Biases run file", rank: 2, countsRecords: true, isContinued: true,
    role: { $0.hasSuffix(".wandb") ? .history : nil }, constants: constants, stream: read)

  @Sendable package static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws
  {
    var columns = ColumnNames([])
    try forEach(bytes) { number, field, content in
      guard field == 2 else { return }
      var cells: [(name: String, value: Value)] = []
      for item in items(content) { cells += self.cells(item) }
      guard !cells.isEmpty else { return }
      if !columns.names.elementsEqual(cells.lazy.map(\.name)) {
        columns = ColumnNames(cells.map(\.name))
      }
      try record(.row(Row(columns: columns, values: cells.map(\.value), line: number)))
    } note: {
      try record(.note($0))
    }
  }

  /// The run's configuration, its display name, and `failed` as status where it ended with a code.
  @Sendable package static func constants(_ bytes: ByteStream) throws -> [Constant] {
    var constants: [Constant] = []
    func add(_ config: ArraySlice<UInt8>) {
      for item in items(config) {
        constants += cells(item).filter { $0.name != "_wandb" && !$0.name.hasPrefix("_wandb.") }
          .map { Constant(name: $0.name, value: $0.value, line: nil) }
      }
    }
    var status = "running"
    try forEach(bytes) { _, field, content in
      switch field {
      case 5: add(content)
      case 17:
        var fields = WireReader(content)
        while let (number, field) = fields.next() {
          if number == 4, case .bytes(let config) = field { add(config) }
          if number == 8, case .bytes(let text) = field, let name = UTF8Text.read(text) {
            constants.append(Constant(name: "run_name", value: .text(name), line: nil))
          }
        }
      case 18:
        status = "finished"
        var fields = WireReader(content)
        while let (number, field) = fields.next() {
          if number == 1, case .varint(let code) = field, code != 0 { status = "failed" }
        }
      default: break
      }
    } note: { _ in
    }
    constants.append(Constant(name: "status", value: .text(status), line: nil))
    // A value that is set again counts.
    var seen: Set<String> = []
    return constants.reversed().filter { seen.insert($0.name).inserted }.reversed()
  }

  /// Gives each record's payload with the record's number, from 1, and the field number in
  /// `Record`.
  private static func forEach(
    _ bytes: ByteStream, _ body: (Int, UInt64, ArraySlice<UInt8>) throws -> Void,
    note: (String) throws -> Void
  ) throws {
    var records = try LevelDBLogReader(bytes)
    var damaged = 0
    var count = 0
    reading: while let next = try records.next() {
      count += 1
      switch next {
      case .content(let content):
        var fields = WireReader(content[...])
        while let (number, field) = fields.next() {
          guard case .bytes(let payload) = field else { continue }
          try body(count, number, payload)
        }
        if fields.isMalformed { damaged += 1 }
      case .damaged: damaged += 1
      case .cutOff:
        try note("the file is cut off: the writer was stopped or is still at work")
        break reading
      }
    }
    if damaged > 0 {
      try note("\(damaged) record\(damaged == 1 ? " was" : "s were") damaged and passed over")
    }
  }

  /// The items of a list, the first field of a message.
  private static func items(_ content: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var items: [ArraySlice<UInt8>] = []
    var fields = WireReader(content)
    while let (number, field) = fields.next() {
      if number == 1, case .bytes(let item) = field { items.append(item) }
    }
    return items
  }

  /// The cells of an item: a key, which may be nested, and its value as JSON.
  private static func cells(_ item: ArraySlice<UInt8>) -> [(name: String, value: Value)] {
    var key: String?
    var nested: [String] = []
    var json: ArraySlice<UInt8>?
    var fields = WireReader(item)
    while let (number, field) = fields.next() {
      guard case .bytes(let bytes) = field else { continue }
      switch number {
      case 1: key = UTF8Text.read(bytes)
      case 2: if let part = UTF8Text.read(bytes) { nested.append(part) }
      case 16: json = bytes
      default: break
      }
    }
    let name = nested.isEmpty ? key ?? "" : nested.joined(separator: ".")
    guard !name.isEmpty, !name.utf8.contains(0), let json else { return [] }
    var cells: [Constant] = []
    var reader = JSONReader(Array(json))
    do {
      try reader.addCells(name, to: &cells)
      try reader.finish()
    } catch {
      return []
    }
    return cells.map { ($0.name, $0.value) }
  }
}
