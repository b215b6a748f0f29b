/// A place in an input file, as messages name it.
public struct SourceLocation: Sendable, Equatable, Hashable {
  /// The path from the parent of the data root, such as `Data/x/runs/r7/metrics.jsonl`.
  public var file: String
  /// The line, or in a binary log the record, from 1, where one is known.
  public var line: Int?
  /// The column, from 1, where one is known.
  public var column: Int?

  public init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourceLocation {
  /// Whether the file is a binary log, whose records `line` counts.
  public var countsRecords: Bool {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return LogFormats.recognise(fileNamed: name)?.format.countsRecords ?? false
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file`, `file:line`, `file:line:column` or, for a binary log, `file: record number`.
  public var description: String {
    var text = file.visible
    if let line {
      if countsRecords { return text + ": record \(line)" }
      text += ":\(line)"
      if let column { text += ":\(column)" }
    }
    return text
  }
}
