/// Names and text made safe for LaTeX.
package enum LaTeX {
  /// A macro name of letters only: `byte-lm b_N` becomes `ByteLmBN`; digits and decimal points
  /// become words.
  package static func macroName(_ words: String) -> String {
    let digits = [
      "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine",
    ]
    var name = ""
    var startsWord = true
    for character in words.unicodeScalars {
      switch character {
      case "a"..."z", "A"..."Z":
        name += startsWord ? String(character).uppercased() : String(character)
        startsWord = false
      case "0"..."9":
        name += digits[Int(character.value) - 48]
        startsWord = true
      case ".":
        name += "Point"
        startsWord = true
      default: startsWord = true
      }
    }
    return name
  }

  /// A number as `NumberText` shows it, in mathematics mode.
  package static func number(_ text: String) -> String {
    var result = ""
    var exponent = ""
    let superscripts: [Character: Character] = [
      "⁻": "-", "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7",
      "⁸": "8", "⁹": "9",
    ]
    for character in text {
      if let digit = superscripts[character] {
        exponent.append(digit)
        continue
      }
      switch character {
      case "−": result += "-"
      // In braces it takes no space of an operator.
      case "×": result += "{\\times}"
      case "%": result += "\\%"
      case ",": result += "{,}"
      case "∞": result += "\\infty "
      case " ": result += " "
      default: result.append(character)
      }
    }
    if !exponent.isEmpty { result += "^{\(exponent)}" }
    return "\\ensuremath{\(result.replacing(" {\\times} 10", with: " \\times 10"))}"
  }
}
