/// TensorBoard event files: a row for each step, with a column for each scalar's tag.
///
/// Rows have the column `step` beside the tags. A record that is cut off at the end of the file
/// is what a writer leaves that was stopped, and is passed over with a note; a record with a
/// wrong checksum is passed over and counted.
package enum TensorBoardFormat {
  /// The names of files start with the time at which each was begun.
  static let format = LogFormat(
    name: "TensorBoard events", rank: 4, countsRecords: true, isContinued: true,
    role: { $0.contains(".tfevents.") || $0.hasSuffix(".tfevents") ? .history : nil }, stream: read)

  @Sendable package static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws
  {
    var records = RecordReader(bytes)
    var row = PendingRow()
    var count = 0
    var damaged = 0
    reading: while let next = try records.next() {
      count += 1
      switch next {
      case .content(let content):
        guard let event = ScalarEvent(content) else {
          damaged += 1
          continue
        }
        guard !event.scalars.isEmpty else { continue }
        if !row.takes(event) { try row.finish(record) }
        row.add(event, record: count)
      case .damaged: damaged += 1
      case .lost:
        guard count > 1 else { throw Fault("is not a TensorBoard event file") }
        try record(
          .note(
            "record \(count), at byte \(records.offset), is damaged and the rest of the file "
              + "cannot be read"))
        break reading
      case .cutOff:
        try record(
          .note(
            "record \(count), at byte \(records.offset), is cut off and was passed over: the "
              + "writer was stopped or is still at work"))
        break reading
      }
    }
    try row.finish(record)
    if damaged > 0 {
      try record(
        .note(
          "\(damaged) of \(count) records \(damaged == 1 ? "has" : "have") a wrong checksum or "
            + "content and \(damaged == 1 ? "was" : "were") passed over"))
    }
  }

  /// The scalars of one step, which writers put into an event for each tag.
  private struct PendingRow {
    private var step: Int64 = 0
    /// The number of the last record that gave a scalar.
    private var record: Int?
    private var tags: [String] = []
    private var values: [Value] = []
    /// The columns of earlier rows: steps log the same tags again and again.
    private var known: [[String]: ColumnNames] = [:]
    private var last = ColumnNames([])

    func takes(_ event: ScalarEvent) -> Bool {
      event.step == step && tags.count < 4_096
        && !event.scalars.contains { tags.contains($0.tag) }
    }

    mutating func add(_ event: ScalarEvent, record: Int) {
      step = event.step
      self.record = record
      for (tag, value) in event.scalars where !tags.contains(tag) {
        tags.append(tag)
        values.append(.number(value))
      }
    }

    mutating func finish(_ deliver: (LogRecord) throws -> Void) throws {
      guard !tags.isEmpty else { return }
      if !last.names.dropFirst().elementsEqual(tags) {
        if let columns = known[tags] {
          last = columns
        } else {
          last = ColumnNames(["step"] + tags.filter { $0 != "step" })
          if known.count < 256 { known[tags] = last }
        }
      }
      var cells = [Value.number(Double(step))]
      for (tag, value) in zip(tags, values) where tag != "step" { cells.append(value) }
      try deliver(.row(Row(columns: last, values: cells, line: record)))
      tags.removeAll(keepingCapacity: true)
      values.removeAll(keepingCapacity: true)
    }
  }
}
