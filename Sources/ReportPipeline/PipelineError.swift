import RunLogs

/// Why a report could not be made.
public enum PipelineError: Error, Sendable, CustomStringConvertible {
  /// Faults of data, sweep.yml or templates: exit code 65.
  case invalid([String])
  /// Something could not be read or written: exit code 74.
  case unreadable([String])

  /// The most faults that are told.
  private static let mostMessages = 200

  public var messages: [String] {
    switch self {
    case .invalid(let messages), .unreadable(let messages): messages
    }
  }

  public var description: String { messages.joined(separator: "\n") }

  /// The same kind of error with further messages.
  func adding(_ messages: [String]) -> PipelineError {
    switch self {
    case .invalid(let own): .invalid(own + messages)
    case .unreadable(let own): .unreadable(own + messages)
    }
  }

  init(_ errors: [Fault]) {
    let messages = errors.map(\.description).first(Self.mostMessages) {
      "there are \($0) more faults"
    }
    self = errors.contains(where: \.isUnreadable) ? .unreadable(messages) : .invalid(messages)
  }
}
