import ArgumentParser
import Foundation

/// Standard error for people, standard output for results.
enum Console {
  /// Whether standard error is a terminal that can overwrite a line.
  static let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1

  static func error(_ line: String) { tell(line + "\n") }

  /// Writes a result; exits with 74 where it cannot be written, such as on a full disk.
  static func output(_ text: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    } catch {
      Self.error("error: standard output cannot be written")
      throw ExitCode.inputOutput
    }
  }

  /// Shows a line that the next one replaces.
  static func status(_ line: String) {
    guard isTerminal else { return error(line) }
    tell("\r\u{1B}[K\(line)")
  }

  static func clearLine() {
    guard isTerminal else { return }
    tell("\r\u{1B}[K")
  }

  /// There is nobody to tell where standard error cannot be written.
  private static func tell(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
