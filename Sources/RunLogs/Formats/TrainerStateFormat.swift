/// Hugging Face Trainer's trainer_state.json: the rows of `log_history`.
///
/// Training and evaluation rows interleave there, and NaN and Infinity stand bare. The document is
/// read value by value, so memory does not grow with it.
package enum TrainerStateFormat {
  static let format = LogFormat(
    name: "Hugging Face trainer_state.json", role: { $0 == fileName ? .history : nil },
    places: checkpoints, constants: constants, stream: read)
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
    guard try JSONRows.read(bytes, at: [history], record: record, other: { _ in }) else {
      throw Fault(line: 1, "holds no `\(history)`", fix: "is this the Trainer's state?")
    }
  }

  /// The constants beside `log_history` that say how long the run was to be.
  @Sendable package static func constants(
    _ bytes: ByteStream
  ) throws -> [Constant] {
    try JSONRows.cells(bytes, around: [history]).filter { lengths.contains($0.name) }
  }
}
