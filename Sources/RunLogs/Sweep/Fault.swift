/// What is wrong with an input, where, and what to do about it; texts are shortened to
/// 2,000 bytes.
///
/// It is made where it is seen, by a reader of bytes as by a rule over all runs, and gains on its
/// way what only those know who called: `at(_:)` names the file, `Exclusion` the run that it costs.
public struct Fault: Error, Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// The input was read and is wrong: exit code 65.
    case invalid
    /// A symbolic link is there or on the way there; likewise 65.
    case link
    /// The operating system would not open or read it: exit code 74.
    case unreadable
    /// Nothing is there; likewise 74.
    case absent
  }

  /// Nil, or without a file's name, as long as those that look at it know no more.
  public var place: SourceLocation?
  public var message: String
  public var fix: String?
  public var kind: Kind
  /// What faults of runs share that are told together; nil for the message.
  package var likeness: String?
  /// The line for sweep.yml that mends it, where there is one.
  package var remedy: String?

  public init(
    at place: SourceLocation? = nil, _ message: String, fix: String? = nil, kind: Kind = .invalid
  ) {
    self.place = place
    self.message = message.shortened
    self.fix = fix?.shortened
    self.kind = kind
  }

  /// A fault in a file that the caller names.
  package init(line: Int?, column: Int? = nil, _ message: String, fix: String? = nil) {
    self.init(
      at: line ?? column == nil ? nil : SourceLocation(file: "", line: line, column: column),
      message, fix: fix)
  }

  /// Any error of reading: what is no fault is one of the operating system.
  package init(_ error: any Error) {
    self = error as? Fault ?? Fault("cannot be read", kind: .unreadable)
  }

  /// The operating system is to blame.
  public var isUnreadable: Bool { kind == .unreadable || kind == .absent }

  /// The fault with a place, as far as it has none itself.
  package func at(_ place: SourceLocation) -> Fault {
    var fault = self
    if fault.place == nil { fault.place = place }
    if fault.place?.file.isEmpty == true { fault.place?.file = place.file }
    return fault
  }

  package func at(file: String) -> Fault { at(SourceLocation(file: file)) }
}

extension Fault: CustomStringConvertible {
  /// `file:line:column: message; fix`.
  public var description: String {
    let place = place.map { "\($0): " } ?? ""
    return place + message + (fix.map { "; \($0)" } ?? "")
  }
}

/// All faults of one sweep, in the order in which they were found; never empty.
public struct SweepErrors: Error, Sendable, Equatable {
  public var errors: [Fault]
}

extension SweepErrors: CustomStringConvertible {
  /// One fault per line.
  public var description: String { errors.map(\.description).joined(separator: "\n") }
}
