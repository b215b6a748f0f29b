/// Lines of text in which numbers stand behind words, as training scripts print them.
///
/// Each line that fits a pattern is a row of what stands at its names; lines that fit none are
/// passed over. Lines of one step are put together as those of any log are.
enum TextLog {
  static func format(_ patterns: [NamePattern]) -> LogFormat {
    LogFormat(
      name: "text", constants: { try constants($0, patterns) },
      stream: { try read($0, patterns, record: $1) })
  }

  /// Longer lines are no printed numbers and are passed over.
  private static let longestLine = 1 << 16

  static func read(
    _ bytes: ByteStream, _ patterns: [NamePattern], record: (LogRecord) throws -> Void
  ) throws {
    let columns = patterns.map { ColumnNames($0.names) }
    var lines = LineReader(bytes)
    var text: [UInt8] = []
    var isMatched = false
    while true {
      let status = try lines.next(into: &text)
      if status == .end { break }
      guard status == .line, text.count <= longestLine else { continue }
      // A progress bar writes over its line, each time from a CR on.
      for piece in text.split(separator: UInt8(ascii: "\r")) {
        for (pattern, names) in zip(patterns, columns) {
          guard let found = pattern.find(in: piece) else { continue }
          isMatched = true
          let values = found.map { Value.text($0.value) }
          try record(.row(Row(columns: names, values: values, line: lines.number)))
        }
      }
    }
    guard isMatched else {
      throw Fault(
        "no line fits the pattern of `lines`",
        fix: "copy a line of the log and put names in braces in the place of its numbers")
    }
  }

  /// The planned length of the run, where a pattern names it, as in `step:{step}/{max_steps}`.
  static func constants(
    _ bytes: ByteStream, _ patterns: [NamePattern]
  ) throws -> [Constant] {
    let planned = Set(patterns.flatMap(\.names))
      .filter { ConventionalNames.plannedSteps.contains(ConventionalNames.normalised($0)) }
    guard !planned.isEmpty else { return [] }
    var found: [String: Constant] = [:]
    try read(bytes, patterns) { record in
      guard case .row(let row) = record else { return }
      for name in planned where row.columns.position(of: name) != nil {
        found[name] = Constant(name: name, value: row[name], line: row.line)
      }
    }
    return found.values.sorted { $0.name < $1.name }
  }
}
