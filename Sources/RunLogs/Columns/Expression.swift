import Foundation

/// Arithmetic over the cells of a row: `flops / (6 * params)`, `'Model Size' * 1e6`.
///
/// Numbers, names of columns or constants, `+ - * / ^`, signs, parentheses, `log`, `exp` and
/// `sqrt`. A name is letters, digits, `_` and `.` from a letter or `_` on; any other stands in
/// quotes, single or double, or backticks. `^` binds to the right and before a sign, so that
/// -2^2 is -4.
/// It holds no loops, looks nothing up and calls nothing else, and its length and nesting are
/// bounded.
package struct Expression: Equatable, Sendable {
  /// One step of a machine with a stack: it puts a number there, or works on those on top.
  enum Step: Equatable, Sendable {
    case number(Double)
    /// A cell, by the position of its name.
    case cell(Int)
    case add, subtract, multiply, divide, power, negate, log, exp, sqrt
  }

  /// The names in it, each once, in the order in which they are met.
  package private(set) var names: [String] = []
  /// In postfix order.
  private var steps: [Step] = []
  /// Of an expression that was made as `offset + slope x`.
  package private(set) var slope: Double?
  package private(set) var offset = 0.0

  /// A column times a factor and an offset, or 1 minus that.
  package init(
    column: String, times: Double = 1, offset: Double = 0, isDensity: Bool = false
  ) {
    names = [column]
    slope = isDensity ? -times : times
    self.offset = isDensity ? 1 - offset : offset
  }

  /// The product of columns and a factor.
  package init(product columns: [String], times: Double = 1) {
    if columns.count == 1 {
      names = columns
      slope = times
      return
    }
    steps = [.number(times)]
    for column in columns { steps += [.cell(index(of: column)), .multiply] }
  }

  /// Reads a text; a fault has the column in it, from 1.
  package init(_ text: String) throws(Fault) {
    var parser = Parser(text)
    steps = try parser.parse()
    names = parser.names
    if steps == [.cell(0)] { slope = 1 }
  }

  /// Whether it is a column as it stands.
  package var isPlain: Bool { slope == 1 && offset == 0 }

  private mutating func index(of name: String) -> Int {
    if let index = names.firstIndex(of: name) { return index }
    names.append(name)
    return names.count - 1
  }

  /// The value over cells, given in the order of `names`; not finite where it is undefined.
  package func value(_ cells: [Double]) -> Double {
    if let slope { return offset + slope * cells[0] }
    var stack: [Double] = []
    func binary(_ operation: (Double, Double) -> Double) {
      let right = stack.popLast() ?? .nan
      stack.append(operation(stack.popLast() ?? .nan, right))
    }
    func unary(_ operation: (Double) -> Double) { stack.append(operation(stack.popLast() ?? .nan)) }
    for step in steps {
      switch step {
      case .number(let value): stack.append(value)
      case .cell(let index): stack.append(cells[index])
      case .add: binary(+)
      case .subtract: binary(-)
      case .multiply: binary(*)
      case .divide: binary(/)
      case .power: binary { pow($0, $1) }
      case .negate: unary { -$0 }
      case .log: unary { Foundation.log($0) }
      case .exp: unary { Foundation.exp($0) }
      case .sqrt: unary { $0.squareRoot() }
      }
    }
    return stack.last ?? .nan
  }
}

/// Recursive descent, one method for each binding strength.
private struct Parser {
  private let text: [Unicode.Scalar]
  private var at = 0
  private var depth = 0
  private var steps: [Expression.Step] = []
  private(set) var names: [String] = []

  private static let longest = 2_000
  private static let deepest = 64
  private static let functions: [String: Expression.Step] = [
    "log": .log, "exp": .exp, "sqrt": .sqrt,
  ]

  init(_ text: String) { self.text = Array(text.unicodeScalars) }

  mutating func parse() throws(Fault) -> [Expression.Step] {
    guard text.count <= Self.longest else {
      throw fault("it is longer than \(Self.longest) characters", at: Self.longest)
    }
    try sum()
    guard peek() == nil else { throw unexpected("an operator") }
    guard !names.isEmpty else { throw fault("it names no column", at: 0) }
    return steps
  }

  private mutating func sum() throws(Fault) {
    try product()
    while let mark = peek(), mark == "+" || mark == "-" {
      at += 1
      try product()
      steps.append(mark == "+" ? .add : .subtract)
    }
  }

  private mutating func product() throws(Fault) {
    try signed()
    while let mark = peek(), mark == "*" || mark == "/" {
      at += 1
      if mark == "*", at < text.count, text[at] == "*" {
        throw fault("a power is written ^", at: at)
      }
      try signed()
      steps.append(mark == "*" ? .multiply : .divide)
    }
  }

  private mutating func signed() throws(Fault) {
    guard let mark = peek(), mark == "-" || mark == "+" else { return try power() }
    at += 1
    try enter()
    try signed()
    depth -= 1
    if mark == "-" { steps.append(.negate) }
  }

  private mutating func power() throws(Fault) {
    try operand()
    guard peek() == "^" else { return }
    at += 1
    try enter()
    try signed()
    depth -= 1
    steps.append(.power)
  }

  private mutating func enter() throws(Fault) {
    depth += 1
    guard depth <= Self.deepest else {
      throw fault("it is nested more than \(Self.deepest) deep", at: at)
    }
  }

  private mutating func operand() throws(Fault) {
    guard let mark = peek() else { throw unexpected("a number, a name or `(`") }
    switch mark {
    case "(": try parenthesised()
    case "'", "\"", "`": try quoted(mark)
    case "0"..."9", ".": try number()
    case "a"..."z", "A"..."Z", "_": try name()
    default: throw unexpected("a number, a name or `(`")
    }
  }

  private mutating func parenthesised() throws(Fault) {
    let start = at
    at += 1
    try enter()
    try sum()
    depth -= 1
    guard peek() == ")" else {
      throw peek() == nil ? fault("this `(` is never closed", at: start) : unexpected("`)`")
    }
    at += 1
  }

  private mutating func quoted(_ mark: Unicode.Scalar) throws(Fault) {
    let start = at
    guard let end = text[(at + 1)...].firstIndex(of: mark) else {
      throw fault("this quote is never closed", at: start)
    }
    guard end > at + 1 else { throw fault("a name is empty", at: start) }
    add(cell: String(String.UnicodeScalarView(text[(at + 1)..<end])))
    at = end + 1
  }

  private mutating func name() throws(Fault) {
    let start = at
    while at < text.count, Self.isWord(text[at]) { at += 1 }
    let word = String(String.UnicodeScalarView(text[start..<at]))
    guard peek() == "(" else { return add(cell: word) }
    guard let function = Self.functions[word] else {
      throw fault("there is no function \(word.quoted): log, exp and sqrt are known", at: start)
    }
    try parenthesised()
    steps.append(function)
  }

  private mutating func number() throws(Fault) {
    let start = at
    while at < text.count, Self.isWord(text[at]) || Self.isSign(text, at) { at += 1 }
    var written = String(String.UnicodeScalarView(text[start..<at]))
    guard let value = written.withUTF8(DecimalNumber.parse), value.isFinite else {
      throw fault("\(written.quoted) is not a number", at: start)
    }
    steps.append(.number(value))
  }

  /// A sign belongs to a number after the mark of its exponent, as in 1e-3.
  private static func isSign(_ text: [Unicode.Scalar], _ at: Int) -> Bool {
    (text[at] == "-" || text[at] == "+") && (text[at - 1] == "e" || text[at - 1] == "E")
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", ".": true
    default: false
    }
  }

  private mutating func add(cell name: String) {
    if let index = names.firstIndex(of: name) { return steps.append(.cell(index)) }
    names.append(name)
    steps.append(.cell(names.count - 1))
  }

  /// The next scalar that is no blank.
  private mutating func peek() -> Unicode.Scalar? {
    while at < text.count, [" ", "\t", "\n", "\r"].contains(text[at]) { at += 1 }
    return at < text.count ? text[at] : nil
  }

  private func unexpected(_ expected: String) -> Fault {
    guard at < text.count else { return fault("it ends where \(expected) is expected", at: at) }
    return fault("\(String(text[at]).quoted) stands where \(expected) is expected", at: at)
  }

  private func fault(_ message: String, at offset: Int) -> Fault {
    Fault(line: nil, column: offset + 1, message)
  }
}
