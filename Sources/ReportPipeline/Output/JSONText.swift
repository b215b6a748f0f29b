import Foundation
import RunLogs

/// JSON as every output file holds it: sorted keys, indented, one final line break.
///
/// Controls and separators that JSON may hold as they are stand as escapes, and so does the second
/// of two number signs: some build servers take `##[` on a line of their log for a command.
package enum JSONText {
  package static func encode(
    _ value: some Encodable, keys: JSONEncoder.KeyEncodingStrategy = .useDefaultKeys
  ) throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = keys
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return escaped(try encoder.encode(value)) + Data("\n".utf8)
  }

  static func escaped(_ json: Data) -> Data {
    let text = String(decoding: json, as: UTF8.self)
    var result: [UInt8] = []
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if scalar == "#", previous == "#" {
        result += "\\u0023".utf8
      } else if scalar.isControl, scalar != "\n" {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          let zeros = String(repeating: "0", count: 4 - digits.count)
          result += "\\u\(zeros)\(digits)".utf8
        }
      } else {
        result += UTF8.encode(scalar) ?? .init()
      }
      previous = scalar
    }
    return Data(result)
  }
}
