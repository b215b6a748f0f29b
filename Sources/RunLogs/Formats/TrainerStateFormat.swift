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

  @Sendable package static func read(
    _ bytes: ByteStream, record: (LogRecord) throws -> Void
  ) throws {
    var rows = JSONRows()
    var hasHistory = false
    try members(bytes) { name, json in
      guard name == history else { return try json.skip() }
      guard try json.peek() == UInt8(ascii: "[") else { throw missingHistory }
      hasHistory = true
      try json.array { json in
        _ = try json.peek()
        let line = json.line
        if let row = try rows.row(&json, line: line) {
          try record(.row(row))
        } else {
          try record(.fault(LogFault(line: line, "the row of `\(history)` is not an object")))
        }
      }
    }
    guard hasHistory else { throw missingHistory }
  }

  private static var missingHistory: LogFault {
    LogFault(line: 1, "holds no `\(history)`", fix: "is this the Trainer's state?")
  }

  /// The constants beside `log_history` that say how long the run was to be.
  @Sendable package static func constants(
    _ bytes: ByteStream
  ) throws -> [Configuration.Constant] {
    var found: [Configuration.Constant] = []
    try members(bytes) { name, json in
      guard lengths.contains(name) else { return try json.skip() }
      _ = try json.peek()
      let line = json.line
      guard let value = try json.cell() else { return }
      found.append(Configuration.Constant(name: name, value: value, line: line))
    }
    return found
  }

  /// Goes through the members of the document, an object; `body` passes each one's value.
  private static func members(
    _ bytes: ByteStream, _ body: (String, inout JSONReader) throws -> Void
  ) throws {
    var json = JSONReader(bytes)
    guard try json.peek() == UInt8(ascii: "{") else {
      throw LogFault(line: 1, "is not a JSON object")
    }
    try json.object(body)
    try json.finish()
  }
}
