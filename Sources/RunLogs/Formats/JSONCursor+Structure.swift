/// Objects and arrays, member by member.
extension JSONCursor {
  /// Goes through an object, at whose brace the cursor stands; `body` passes each member's value.
  mutating func members(_ body: (String, inout JSONCursor) throws -> Void) throws {
    var names: Set<String> = []
    try list(closedBy: UInt8(ascii: "}")) { cursor in
      guard let quote = try cursor.peek() else { throw cursor.truncated() }
      guard quote == UInt8(ascii: "\"") else {
        throw cursor.fault("a name in quotes is missing")
      }
      let place = cursor
      guard case .text(let name) = try cursor.value() else { return }
      guard names.insert(name).inserted else {
        throw place.fault("\(name.quoted) is there twice")
      }
      _ = try cursor.pass(UInt8(ascii: ":"), missing: "a colon")
      try body(name, &cursor)
    }
  }

  /// Goes through an array, at whose bracket the cursor stands; `body` passes each element.
  mutating func elements(_ body: (inout JSONCursor) throws -> Void) throws {
    try list(closedBy: UInt8(ascii: "]"), body)
  }

  /// Reads the next value.
  mutating func value() throws -> JSONValue {
    _ = try peek()
    let (line, column) = (line, column)
    var text: [UInt8] = []
    try read(into: &text)
    do {
      return try JSONParser.parse(text)
    } catch {
      throw TextPlaces(text).fault(error, line: line, column: column)
    }
  }

  private mutating func list(
    closedBy bracket: UInt8, _ body: (inout JSONCursor) throws -> Void
  ) throws {
    guard let opening = try peek() else { throw truncated() }
    _ = try pass(opening, missing: "a bracket")
    if try peek() == bracket {
      _ = try pass(bracket, missing: "a bracket")
      return
    }
    while true {
      try body(&self)
      let mark = try pass(UInt8(ascii: ","), bracket, missing: "a comma or closing bracket")
      if mark == bracket { return }
    }
  }
}
