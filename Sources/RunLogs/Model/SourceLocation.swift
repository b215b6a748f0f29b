/// A place in an input file, as messages name it.
public struct SourceLocation: Sendable, Equatable, Hashable {
  /// The path from the parent of the data root, such as `Data/x/runs/r7/metrics.jsonl`.
  public var file: String
  /// The line, from 1, where one is known.
  public var line: Int?
  /// The column, from 1, where one is known.
  public var column: Int?

  public init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file`, `file:line` or `file:line:column`.
  public var description: String {
    var text = file.visible
    if let line {
      text += ":\(line)"
      if let column { text += ":\(column)" }
    }
    return text
  }
}
