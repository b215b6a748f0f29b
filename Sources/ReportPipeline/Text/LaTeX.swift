/// Names, text and numbers made safe for LaTeX.
///
/// Everything is ASCII and needs no package but those that tables and figures need anyway, so
/// that it compiles with any engine and font encoding.
package enum LaTeX {
  static let digitNames = [
    "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine",
  ]

  /// A macro name of letters only: `byte-lm b_N` becomes `ByteLmBN`; digits and decimal points
  /// become words.
  package static func macroName(_ words: String) -> String {
    var name = ""
    var startsWord = true
    for character in words.unicodeScalars {
      switch character {
      case "a"..."z", "A"..."Z":
        name += startsWord ? String(character).uppercased() : String(character)
        startsWord = false
      case "0"..."9":
        name += digitNames[Int(character.value) - 48]
        startsWord = true
      case ".":
        name += "Point"
        startsWord = true
      default: startsWord = true
      }
    }
    return name
  }

  /// A key for `\label`, which may hold neither markup nor spaces.
  package static func label(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar {
          case "a"..."z", "A"..."Z", "0"..."9", "-", ".", ":": scalar
          default: "-"
          }
        }))
  }

  static let superscripts: [Unicode.Scalar: Character] = [
    "⁻": "-", "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7",
    "⁸": "8", "⁹": "9",
  ]
}
