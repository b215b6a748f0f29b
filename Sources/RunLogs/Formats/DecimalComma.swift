/// Finds out whether commas are the decimal marks of a table whose fields semicolons part. Rows whose
/// `1.234` may be a thousand wait for one that tells.
struct DecimalMark {
  /// How many rows wait at most.
  private static let mostWaiting = 10_000

  private var isComma: Bool?
  private var hasOpenComma = false
  private var waiting: [Row] = []
  /// In how many rows commas were read as decimal marks.
  private(set) var commas = 0

  /// Takes in a row and gives those, in their order, of which it is known how they are read.
  mutating func add(_ row: Row, _ give: (Row) throws -> Void) throws {
    let evidence = DecimalComma.evidence(row.values.map { $0.text ?? "" })
    if isComma == nil {
      switch evidence {
      case .comma?, .groups?: isComma = true
      case .point?: isComma = false
      case .openComma?: hasOpenComma = true
      case .openPoint?, nil: break
      }
      if isComma == nil, waiting.count == Self.mostWaiting { isComma = hasOpenComma }
    }
    guard let isComma else {
      // Without marks a row has nothing that could be read in two ways.
      if waiting.isEmpty, evidence == nil { try give(row) } else { waiting.append(row) }
      return
    }
    try finish(give)
    try give(usual(row, evidence == .comma || isComma && evidence != .point))
  }

  /// Gives what waits.
  mutating func finish(_ give: (Row) throws -> Void) throws {
    for row in waiting { try give(usual(row, isComma ?? hasOpenComma)) }
    waiting = []
  }

  /// The row with its numbers in the usual writing.
  private mutating func usual(_ row: Row, _ isComma: Bool) -> Row {
    guard isComma, let values = DecimalComma.values(row.values.map { $0.text ?? "" }) else {
      return row
    }
    commas += 1
    return Row(columns: row.columns, values: values, line: row.line)
  }
}

/// Numbers as much of Europe writes them: `0,5` and `100.000.000`.
enum DecimalComma {
  /// What the cells of a row tell of the decimal mark of their file; the strongest last.
  enum Evidence: Int {
    /// A cell such as `1.234`, which may be a thousand of them.
    case openPoint
    /// A cell such as `1,234`, likewise.
    case openComma
    /// A cell such as `1.000.000`: points part thousands there.
    case groups
    /// A cell such as `0.5` or `1,000,000`.
    case point
    /// A cell such as `0,5`.
    case comma
  }

  /// The strongest evidence in a row; nil without any marks.
  static func evidence(_ texts: [String]) -> Evidence? {
    texts.compactMap { evidence($0.trimmed) }.max { $0.rawValue < $1.rawValue }
  }

  private static func evidence(_ text: String) -> Evidence? {
    let marks = text.utf8.count { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }
    guard marks > 0 else { return nil }
    if isGrouped(text) { return marks == 1 ? .openComma : .point }
    if number(text) != nil {
      return text.utf8.contains(UInt8(ascii: ",")) ? .comma : marks == 1 ? .openPoint : .groups
    }
    var text = text
    return text.withUTF8(DecimalNumber.parse) == nil ? nil : .point
  }

  /// The cells of a row with all its numbers in the usual writing; nil where all are. Points between
  /// groups of three are no decimal marks.
  static func values(_ texts: [String]) -> [Value]? {
    let usual = texts.map(number)
    guard usual.contains(where: { $0 != nil }) else { return nil }
    return zip(usual, texts).map { number, text in
      let text = number ?? text
      return text.isEmpty ? .missing : .text(text)
    }
  }

  /// Whether commas part groups of three digits.
  static func isGrouped(_ text: String) -> Bool {
    let groups = text.split(separator: ",", omittingEmptySubsequences: false)
    let first = groups[0].drop { $0 == "-" || $0 == "+" }
    guard groups.count > 1, (1...3).contains(first.utf8.count),
      first.utf8.first != UInt8(ascii: "0")
    else { return false }
    return ([first] + groups.dropFirst()).allSatisfy { $0.utf8.allSatisfy(\.isDigit) }
      && groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
  }

  /// The usual writing of a number; nil where the text is none with a comma or groups of three.
  static func number(_ text: String) -> String? {
    let parts = text.trimmed.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first else { return nil }
    let sign = first.hasPrefix("-") || first.hasPrefix("+") ? String(first.prefix(1)) : ""
    let groups = first.dropFirst(sign.count).split(separator: ".", omittingEmptySubsequences: false)
    let isGrouped = groups.count > 1
    guard let leading = groups.first, groups.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }),
      !leading.isEmpty,
      !isGrouped
        || (leading.utf8.count <= 3 && leading.utf8.first != UInt8(ascii: "0")
          && groups.dropFirst().allSatisfy { $0.utf8.count == 3 })
    else { return nil }
    guard parts.count == 2 else { return isGrouped ? sign + groups.joined() : nil }
    var usual = sign + groups.joined() + "." + parts[1]
    guard parts[1].utf8.first?.isDigit == true, usual.withUTF8(DecimalNumber.parse) != nil
    else { return nil }
    return usual
  }
}
