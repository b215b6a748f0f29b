import Foundation

extension LaTeX {
  /// Plain text as LaTeX shows it, whatever it holds.
  ///
  /// - Parameter isCode: in typewriter type, where quotation marks stay straight.
  package static func escape(_ text: String, isCode: Bool = false) -> String {
    var result = ""
    var previous: Character?
    for character in text {
      switch character {
      case "\"" where isCode: result += "\\char34{}"
      case "\"":
        // Opens after a space or a bracket, else closes.
        result += previous.map { $0.isWhitespace || "([".contains($0) } ?? true ? "``" : "''"
      // A number and its unit stay on one line.
      case "%" where previous == " " && result.dropLast().last?.isNumber == true:
        result.removeLast()
        result += "\\,\\%"
      // No ligature to a dash.
      case "-" where previous == "-": result += "{}-"
      default: result += escape(character)
      }
      previous = character
    }
    return result
  }

  private static func escape(_ character: Character) -> String {
    if let known = characters[character] { return known }
    if let digit = superscripts[character] { return "\\textsuperscript{\(digit)}" }
    if character.isWhitespace { return " " }
    if let code = character.asciiValue, code > 31, code < 127 { return String(character) }
    // An accent over a letter.
    let parts = Array(String(character).decomposedStringWithCanonicalMapping.unicodeScalars)
    if parts.count == 2, parts[0].isASCII, let accent = accents[parts[1]] {
      return "\\\(accent){\(parts[0])}"
    }
    // What no common font has is named rather than lost.
    return character.unicodeScalars.map { scalar in
      "[U+\(String(scalar.value, radix: 16, uppercase: true))]"
    }.joined()
  }

  private static let accents: [Unicode.Scalar: String] = [
    "\u{300}": "`", "\u{301}": "'", "\u{302}": "^", "\u{303}": "~", "\u{304}": "=",
    "\u{306}": "u", "\u{307}": ".", "\u{308}": "\"", "\u{30A}": "r", "\u{30B}": "H",
    "\u{30C}": "v", "\u{327}": "c",
  ]

  /// Only what every font encoding has, and nothing that would bring in a bitmap font.
  private static let characters: [Character: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "#": "\\#", "$": "\\$", "%": "\\%",
    "&": "\\&", "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
    "`": "\\`{}", "<": "\\ensuremath{<}", ">": "\\ensuremath{>}",
    "|": "\\ensuremath{|}", "\u{A0}": "~", "\u{202F}": "\\,", "–": "--", "—": "---",
    "‘": "`", "’": "'", "“": "``", "”": "''", "…": "\\dots{}", "†": "\\ensuremath{\\dagger}",
    "‡": "\\ensuremath{\\ddagger}",
    "§": "\\ensuremath{\\mathsection}", "−": "\\ensuremath{-}", "×": "\\ensuremath{\\times}",
    "·": "\\ensuremath{\\cdot}",
    "±": "\\ensuremath{\\pm}", "∞": "\\ensuremath{\\infty}", "≤": "\\ensuremath{\\leq}",
    "≥": "\\ensuremath{\\geq}", "≈": "\\ensuremath{\\approx}", "∝": "\\ensuremath{\\propto}",
    "→": "\\ensuremath{\\rightarrow}", "°": "\\ensuremath{^\\circ}", "ß": "\\ss{}",
    "æ": "\\ae{}", "Æ": "\\AE{}", "ø": "\\o{}", "Ø": "\\O{}", "œ": "\\oe{}", "Œ": "\\OE{}",
    "ł": "\\l{}", "Ł": "\\L{}", "ı": "\\i{}", "α": "\\ensuremath{\\alpha}",
    "β": "\\ensuremath{\\beta}", "γ": "\\ensuremath{\\gamma}", "δ": "\\ensuremath{\\delta}",
    "ε": "\\ensuremath{\\varepsilon}", "η": "\\ensuremath{\\eta}", "λ": "\\ensuremath{\\lambda}",
    "μ": "\\ensuremath{\\mu}", "µ": "\\ensuremath{\\mu}", "ρ": "\\ensuremath{\\rho}",
    "σ": "\\ensuremath{\\sigma}", "τ": "\\ensuremath{\\tau}", "φ": "\\ensuremath{\\varphi}",
    "Δ": "\\ensuremath{\\Delta}", "Σ": "\\ensuremath{\\Sigma}", "Ω": "\\ensuremath{\\Omega}",
  ]
}
