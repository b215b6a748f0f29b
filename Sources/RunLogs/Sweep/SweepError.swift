/// A fault of a sweep or of the data root: what, where and what to do; texts are
/// shortened to 2,000 bytes.
public struct SweepError: Error, Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// The input was read and is wrong: exit code 65.
    case invalid
    /// The input could not be read: exit code 74.
    case unreadable
  }

  public var location: SourceLocation?
  public var message: String
  public var fix: String?
  public var kind: Kind

  public init(
    location: SourceLocation? = nil, _ message: String, fix: String? = nil, kind: Kind = .invalid
  ) {
    self.location = location
    self.message = message.shortened
    self.fix = fix?.shortened
    self.kind = kind
  }
}

extension SweepError: CustomStringConvertible {
  /// `file:line:column: message; fix`.
  public var description: String {
    let place = location.map { "\($0): " } ?? ""
    return place + message + (fix.map { "; \($0)" } ?? "")
  }
}

/// All faults of one sweep, in the order in which they were found; never empty.
public struct SweepErrors: Error, Sendable, Equatable {
  public var sweep: String
  public var errors: [SweepError]

  public init(sweep: String, errors: [SweepError]) {
    self.sweep = sweep
    self.errors = errors
  }
}

extension SweepErrors: CustomStringConvertible {
  /// One fault per line.
  public var description: String { errors.map(\.description).joined(separator: "\n") }
}
