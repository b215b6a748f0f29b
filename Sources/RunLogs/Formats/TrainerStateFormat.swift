/// Hugging Face Trainer's trainer_state.json: the rows of `log_history`.
///
/// Training and evaluation rows interleave there, and NaN and Infinity stand bare. The document is
/// read value by value, so memory does not grow with it.
package enum TrainerStateFormat {
  static let format = LogFormat(
    name: "Hugging Face trainer_state.json", places: checkpoints,
    role: { $0 == fileName ? .history : nil }, constants: constants, read: read)
  private static let fileName = "trainer_state.json"
  private static let history = "log_history"
  /// The values beside `log_history` that say how long the run was to be.
  package static let lengths: Set = [
    "global_step", "max_steps", "num_train_epochs", "train_batch_size",
  ]

  /// The folders of checkpoints, the last one first.
  @Sendable private static func checkpoints(_ names: [String]) -> [String] {
    names.compactMap { name -> (step: Int, name: String)? in
      guard name.hasPrefix("checkpoint-") else { return nil }
      return Int(name.dropFirst("checkpoint-".count)).map { ($0, name) }
    }.sorted { $0.step > $1.step }.map(\.name)
  }

  @Sendable package static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws
  {
    var rows = JSONRowReader()
    var text: [UInt8] = []
    var hasHistory = false
    try members(bytes) { name, cursor in
      guard name == history else {
        _ = try cursor.value()
        return
      }
      guard try cursor.peek() == UInt8(ascii: "[") else { throw missingHistory }
      hasHistory = true
      try cursor.elements { cursor in
        _ = try cursor.peek()
        let (line, column) = (cursor.line, cursor.column)
        try cursor.read(into: &text)
        do {
          if let row = try rows.row(text, line: line) {
            try record(.row(row))
          } else {
            try record(
              .fault(LogFault(line: line, "the row of `\(history)` is not an object")))
          }
        } catch let failure as JSONParser.Failure {
          throw TextPlaces(text).fault(failure, line: line, column: column)
        }
      }
    }
    guard hasHistory else { throw missingHistory }
  }

  private static var missingHistory: LogFault {
    LogFault(line: 1, "holds no `\(history)`", fix: "is this the Trainer's state?")
  }

  /// The constants beside `log_history` that say how long the run was to be.
  @Sendable package static func constants(_ bytes: ByteStream) throws -> [Configuration.Constant] {
    var found: [Configuration.Constant] = []
    try members(bytes) { name, cursor in
      guard lengths.contains(name) else { return try cursor.skip() }
      _ = try cursor.peek()
      let line = cursor.line
      guard let value = try cursor.value().cell else { return }
      found.append(Configuration.Constant(name: name, value: value, line: line))
    }
    return found
  }

  /// Goes through the members of the document, an object; `body` passes each one's value.
  private static func members(
    _ bytes: ByteStream, _ body: (String, inout JSONCursor) throws -> Void
  ) throws {
    var cursor = JSONCursor(bytes)
    guard try cursor.peek() == UInt8(ascii: "{") else {
      throw LogFault(line: 1, "is not a JSON object")
    }
    try cursor.members(body)
    guard try cursor.peek() == nil else {
      throw cursor.fault("there is more after the end of the value")
    }
  }
}
