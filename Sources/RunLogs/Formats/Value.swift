/// A cell of a log as it was written.
package enum Value: Sendable, Equatable {
  /// Not there, or an empty cell.
  case missing
  /// JSON's null.
  case null
  /// A number; JSON's bare NaN and Infinity too.
  case number(Double)
  case boolean(Bool)
  case text(String)
  /// A JSON array, which no quantity is read from.
  case list
}

/// A cell read as a number.
package enum NumberReading: Equatable {
  case number(Double)
  /// Nothing is written there.
  case missing
  /// Something is written and it is not a usable number; the text continues "loss is ...".
  case fault(String)
}

extension Value {
  /// The cell as a finite number.
  package var number: NumberReading {
    switch self {
    case .missing: .missing
    case .null: .fault("null")
    case .boolean(let flag): .fault("\(flag), not a number")
    case .list: .fault("a list, not a number")
    case .number(let value): Self.checked(value)
    case .text(let text): Self.read(text)
    }
  }

  /// The cell as a number, which is not finite where that is what stands there; nil where no number
  /// does.
  var double: Double? {
    switch number {
    case .number(let value): value
    case .fault("NaN"): .nan
    case .fault("infinite"): .infinity
    case .fault("minus infinity"): -.infinity
    case .missing, .fault: nil
    }
  }

  /// The cell as text without blanks at its ends: nil where it is missing, null or a list.
  package var text: String? {
    switch self {
    case .missing, .null, .list: return nil
    case .boolean(let flag): return "\(flag)"
    case .number(let value):
      guard value.rounded() == value, value.magnitude < 1e15 else { return "\(value)" }
      return "\(Int64(value))"
    case .text(let text): return text.trimmed
    }
  }

  private static func checked(_ value: Double) -> NumberReading {
    if value.isNaN { return .fault("NaN") }
    if value.isInfinite { return .fault(value < 0 ? "minus infinity" : "infinite") }
    return .number(value)
  }

  private static func read(_ text: String) -> NumberReading {
    var text = text
    if let value = text.withUTF8(DecimalNumber.parse) {
      return value.isInfinite
        ? .fault("\(text.quoted), beyond the range of a double") : .number(value)
    }
    let trimmed = text.trimmed
    if trimmed.utf8.count < text.utf8.count { return read(trimmed) }
    switch text.lowercased() {
    case "": return .missing
    case "nan", "+nan", "-nan": return .fault("NaN")
    case "inf", "+inf", "infinity", "+infinity": return .fault("infinite")
    case "-inf", "-infinity": return .fault("minus infinity")
    case "na", "n/a", "none", "null": return .missing
    default: return .fault("\(text.quoted), not a number\(hint(text))")
    }
  }

  /// What to do about the usual ways of writing a number that a program cannot read.
  private static func hint(_ text: String) -> String {
    for (mark, advice) in [
      (UInt8(ascii: "_"), "underscores"), (UInt8(ascii: ","), "commas"),
      (UInt8(ascii: "%"), "per cent sign, and set `times: 0.01`"),
    ] where text.utf8.contains(mark) {
      // `0,5` without its comma would be another number, and `3,810` may be either.
      if mark == UInt8(ascii: ","), DecimalComma.number(text) != nil {
        return DecimalComma.isGrouped(text)
          ? " (write a point if the comma is a decimal mark; else write it without the commas)"
          : " (if the comma is a decimal mark write a point)"
      }
      var stripped = String(decoding: text.utf8.filter { $0 != mark }, as: UTF8.self).trimmed
      if stripped.withUTF8(DecimalNumber.parse) != nil {
        return " (write it without the \(advice))"
      }
    }
    return ""
  }
}
