/// A JSON document, with the place of each value in its bytes.
package enum JSONValue: Equatable {
  case null
  case boolean(Bool)
  /// A number; NaN and infinity where they are written bare, as Python does.
  case number(Double)
  /// A number beyond the range of a double, as written.
  case tooLarge(String)
  case text(String)
  case array([Element])
  case object([Member])

  package struct Element: Equatable {
    package var offset: Int
    package var value: JSONValue
  }

  package struct Member: Equatable {
    package var key: String
    package var offset: Int
    package var value: JSONValue
  }
}

extension JSONValue {
  /// The value as a cell; nil for objects.
  package var cell: Value? {
    switch self {
    case .null: .null
    case .boolean(let flag): .boolean(flag)
    case .number(let value): .number(value)
    case .tooLarge(let text), .text(let text): .text(text)
    case .array: .list
    case .object: nil
    }
  }

  /// The members of an object with those of inner objects named `outer.inner`, in order.
  package static func flatten(_ members: [Member]) -> [(name: String, offset: Int, value: Value)] {
    var cells: [(name: String, offset: Int, value: Value)] = []
    cells.reserveCapacity(members.count)
    func add(_ members: [Member], _ prefix: String) {
      for member in members {
        let name = prefix + member.key
        if case .object(let inner) = member.value {
          add(inner, name + ".")
        } else {
          cells.append((name, member.offset, member.value.cell ?? .missing))
        }
      }
    }
    add(members, "")
    return cells
  }
}
