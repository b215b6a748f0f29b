import Foundation

/// Standard error for people, standard output for results.
enum Console {
  /// Whether standard error is a terminal that can overwrite a line.
  static let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1

  static func error(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  static func output(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  /// Shows a line that the next one replaces.
  static func status(_ line: String) {
    guard isTerminal else { return error(line) }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
  }

  static func clearLine() {
    guard isTerminal else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
  }
}
