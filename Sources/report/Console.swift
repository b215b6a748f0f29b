import ArgumentParser
import Foundation
import ReportPipeline
import RunLogs

/// Standard error for people, standard output for results; the one way to both.
///
/// What is written may hold a stranger's words: names of files, runs and columns, and what a
/// committed report says. So controls stand as escapes, which keeps terminals from obeying them,
/// and what build servers take for commands is broken by a backslash: `::` at the start of a line
/// (GitHub) and `##` anywhere (`##[`, `##vso[`, `##teamcity[`).
enum Console {
  /// Whether standard error is a terminal that can overwrite a line.
  static let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1

  /// Writes one line for people; a line break in it is shown as an escape.
  static func error(_ line: String) { tell(inert(line.visible) + "\n") }

  /// Writes a result; exits with 74 where it cannot be written, such as on a full disk.
  static func output(_ text: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((inert(text) + "\n").utf8))
    } catch {
      Self.error("error: standard output cannot be written")
      throw ExitCode.inputOutput
    }
  }

  /// Shows a line that the next one replaces.
  static func status(_ line: String) {
    guard isTerminal else { return error(line) }
    tell("\r\u{1B}[K\(inert(line.visible))")
  }

  /// Shows what is under way.
  static func progress(_ stage: Pipeline.Stage, _ name: String, _ number: Int, of count: Int) {
    let place = count > 1 ? "[\(number)/\(count)] " : ""
    switch stage {
    case .loading: status("\(place)\(name): reading logs")
    case .fitting: status("\(place)\(name): fitting the law")
    case .drawing: status("\(place)\(name): drawing figures")
    case .writing: status("writing \(name)")
    }
  }

  static func clearLine() {
    guard isTerminal else { return }
    tell("\r\u{1B}[K")
  }

  /// Ends the program as the argument parser would, whose messages repeat the arguments.
  static func exit(with error: any Error, _ arguments: [String]) -> Never {
    let code = Report.exitCode(for: error)
    var message = Report.fullMessage(for: error)
    if !message.isEmpty {
      if code.isSuccess {
        // Help, version or completions, in which nothing is a stranger's.
        try? FileHandle.standardOutput.write(contentsOf: Data((message + "\n").utf8))
      } else {
        for argument in arguments where argument != argument.visible {
          message = message.replacing(argument, with: argument.visible)
        }
        tell(inert(message) + "\n")
      }
    }
    Foundation.exit(code.rawValue)
  }

  /// The text with nothing in it that a terminal or a build server obeys; line breaks stay.
  private static func inert(_ text: String) -> String {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { bytes in
      let line = String(decoding: bytes, as: UTF8.self).visible
      var result = String.UnicodeScalarView()
      for (place, scalar) in zip(line.unicodeScalars.indices, line.unicodeScalars) {
        let isSecondSign = scalar == "#" && result.last == "#"
        let opensCommand =
          scalar == ":" && line.unicodeScalars[place...].dropFirst().first == ":"
          && result.allSatisfy(\.properties.isWhitespace)
        if isSecondSign || opensCommand { result.append("\\") }
        result.append(scalar)
      }
      return String(result)
    }.joined(separator: "\n")
  }

  /// There is nobody to tell where standard error cannot be written.
  private static func tell(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}

/// Rows as lines of aligned columns.
enum TextTable {
  /// Lines with a header; none where there are no rows. The columns in `right` hold numbers.
  static func lines(
    header: [String], right: ClosedRange<Int>? = nil, _ rows: [[String]]
  ) -> [String] {
    guard !rows.isEmpty else { return [] }
    let all = ([header] + rows).map { $0.map(\.visible) }
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        if column > 0 { line += "  " }
        line += right?.contains(column) == true ? padding + cell : cell + padding
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
