/// Hugging Face Trainer's trainer_state.json: the rows of `log_history`.
///
/// Training and evaluation rows interleave there, and NaN and Infinity stand bare. Python writes
/// the document whole, so it is held in memory and may not be larger than 256 MiB.
package enum TrainerStateFormat: LogFormat {
  package static let name = "Hugging Face trainer_state.json"
  package static let fileName = "trainer_state.json"

  package static func role(ofFileNamed name: String) -> LogRole? {
    name == fileName ? .history : nil
  }

  /// A document that was parsed, with its constants and rows.
  package struct Document {
    let members: [JSONValue.Member]
    let places: TextPlaces
  }

  package static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws {
    try read(parse(bytes), record: record)
  }

  package static func parse(_ bytes: ByteStream) throws -> Document {
    let text = try bytes.all(atMost: JSONTableFormat.largest)
    let places = TextPlaces(text)
    do {
      guard case .object(let members) = try JSONParser.parse(text) else {
        throw LogFault(line: 1, "is not a JSON object")
      }
      return Document(members: members, places: places)
    } catch let failure as JSONParser.Failure {
      throw places.fault(failure)
    }
  }

  package static func read(
    _ document: Document, record: (LogRecord) throws -> Void
  ) throws {
    guard let history = document.members.first(where: { $0.key == "log_history" }),
      case .array(let rows) = history.value
    else {
      throw LogFault(line: 1, "holds no `log_history`", fix: "is this the Trainer's state?")
    }
    var columns = ColumnNames([])
    for row in rows {
      let line = document.places.line(of: row.offset)
      guard case .object(let members) = row.value else {
        try record(.fault(LogFault(line: line, "the row of `log_history` is not an object")))
        continue
      }
      let cells = JSONValue.flatten(members)
      if !columns.names.elementsEqual(cells.lazy.map(\.name)) {
        columns = ColumnNames(cells.map(\.name))
      }
      try record(.row(Row(columns: columns, values: cells.map(\.value), line: line)))
    }
  }

  /// The constants beside `log_history` that say how long the run was to be.
  package static func constants(_ document: Document) -> [Configuration.Constant] {
    let names = ["global_step", "max_steps", "num_train_epochs", "train_batch_size"]
    return document.members.compactMap { member in
      guard names.contains(member.key), let value = member.value.cell else { return nil }
      return Configuration.Constant(
        name: member.key, value: value, line: document.places.line(of: member.offset))
    }
  }
}
