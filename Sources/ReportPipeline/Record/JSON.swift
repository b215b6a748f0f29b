import Foundation

/// JSON as every file of the report holds it: keys in order, indented, numbers to 10 significant
/// digits, so that machines whose last bits differ agree on them.
package indirect enum JSON: Sendable, Equatable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSON])
  case object([String: JSON])

  /// The nearest number of 10 significant decimal digits.
  package static func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value == 0 ? 0 : value }
    let shift = 9 - Int(log10(abs(value)).rounded(.down))
    if abs(shift) < powersOfTen.count {
      let power = powersOfTen[abs(shift)]
      let scaled = shift < 0 ? value / power : value * power
      let digits = scaled.rounded()
      // Two exact numbers give the nearest quotient; near a tie the product may be on either side.
      if (1e9..<1e10).contains(abs(digits)), abs(abs(scaled - digits) - 0.5) > 1e-4 {
        return shift < 0 ? digits * power : digits / power
      }
    }
    let rounded = Double(String(format: "%.9e", value)) ?? value
    // The largest numbers round up to infinity.
    return rounded.isFinite ? rounded : value
  }

  /// Those that a double holds exactly.
  private static let powersOfTen = (0...22).map { Double("1e\($0)") ?? .nan }

  /// A number in the fewest digits; nil where it is not finite.
  package static func digits(_ value: Double?) -> String? {
    guard let value, value.isFinite else { return nil }
    let rounded = rounded(value)
    return rounded == rounded.rounded() && abs(rounded) < 1e15
      ? String(Int(rounded)) : "\(rounded)"
  }

  /// `[low, high]`; an end that is infinite is null.
  package static func interval(_ range: ClosedRange<Double>) -> JSON {
    .list([range.lowerBound, range.upperBound].map { $0.isFinite ? .number($0) : .null })
  }

  /// With one final line break.
  package var document: Data {
    var text = ""
    write(to: &text, indent: "")
    return JSONText.escaped(Data(text.utf8)) + Data("\n".utf8)
  }

  private func write(to text: inout String, indent: String) {
    let inner = indent + "  "
    switch self {
    case .null: text += "null"
    case .flag(let flag): text += flag ? "true" : "false"
    case .number(let value): text += Self.digits(value) ?? "null"
    case .text(let value): text += Self.quoted(value)
    case .list(let list):
      text += "[\n"
      for (index, value) in list.enumerated() {
        text += inner
        value.write(to: &text, indent: inner)
        text += index < list.count - 1 ? ",\n" : "\n"
      }
      text += list.isEmpty ? "\n\(indent)]" : "\(indent)]"
    case .object(let object):
      text += "{\n"
      let keys = object.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      for (index, key) in keys.enumerated() {
        text += "\(inner)\(Self.quoted(key)) : "
        object[key]?.write(to: &text, indent: inner)
        text += index < keys.count - 1 ? ",\n" : "\n"
      }
      text += object.isEmpty ? "\n\(indent)}" : "\(indent)}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case _ where scalar.value < 32: result += String(format: "\\u%04x", scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension Record {
  /// As results.json holds it: what is absent or not finite has no key.
  package var json: JSON {
    var object: [String: JSON] = [:]
    for (slot, value) in zip(slots, values) where slot.media.contains(.json) {
      switch value {
      case .absent: break
      case .number(let number, let interval, _):
        let isFinite = number.isFinite
        if case .estimate = slot.shape {
          var estimate: [String: JSON] = [:]
          if isFinite { estimate["value"] = .number(number) }
          if let interval { estimate["interval"] = .interval(interval) }
          object[slot.key] = .object(estimate)
        } else {
          if isFinite { object[slot.key] = .number(number) }
          if let interval { object[slot.intervalKey] = .interval(interval) }
        }
      case .text(let wording): object[slot.key] = .text(wording.plain)
      case .texts(let texts): object[slot.key] = .list(texts.map { .text($0.plain) })
      case .choice(let word): object[slot.key] = .text(word)
      case .flag(let flag): object[slot.key] = .flag(flag)
      case .record(let record): object[slot.key] = record.json
      case .rows(let rows): object[slot.key] = .list(rows.map(\.json))
      case .json(let json): object[slot.key] = json
      }
    }
    return .object(object)
  }
}
