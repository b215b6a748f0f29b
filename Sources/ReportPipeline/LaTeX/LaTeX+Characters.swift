import Foundation
import RunLogs

extension LaTeX {
  /// Plain text as LaTeX shows it, whatever it holds, in ASCII.
  ///
  /// Scalar by scalar: a special character with a combining mark is one `Character` for Swift and
  /// still the special character for TeX.
  ///
  /// - Parameter isCode: in typewriter type, where quotation marks stay straight.
  package static func escape(_ text: String, isCode: Bool = false) -> String {
    var result = ""
    var previous: Unicode.Scalar?
    for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
      switch scalar {
      case "\"" where isCode: result += "\\char34{}"
      case "\"":
        // Opens after a space or a bracket, else closes.
        let opens = previous.map { $0.properties.isWhitespace || $0 == "(" || $0 == "[" } ?? true
        result += opens ? "``" : "''"
      // A number and its unit stay on one line.
      case "%" where previous == " " && result.dropLast().last?.isNumber == true:
        result.removeLast()
        result += "\\,\\%"
      // No ligature to a dash.
      case "-" where previous == "-": result += "{}-"
      default: result += escape(scalar)
      }
      previous = scalar
    }
    return result
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    if let known = characters[scalar] { return known }
    if let digit = superscripts[scalar] { return "\\textsuperscript{\(digit)}" }
    if scalar.properties.isWhitespace { return " " }
    if (32..<127).contains(scalar.value) { return String(scalar) }
    // A letter with an accent.
    let parts = Array(String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars)
    if parts.count == 2, parts[0].isASCIILetter, let accent = accents[parts[1]] {
      return "\\\(accent){\(parts[0])}"
    }
    // What no common font has is named rather than lost.
    return "[U+\(String(scalar.value, radix: 16, uppercase: true))]"
  }

  private static let accents: [Unicode.Scalar: String] = [
    "\u{300}": "`", "\u{301}": "'", "\u{302}": "^", "\u{303}": "~", "\u{304}": "=",
    "\u{306}": "u", "\u{307}": ".", "\u{308}": "\"", "\u{30A}": "r", "\u{30B}": "H",
    "\u{30C}": "v", "\u{327}": "c",
  ]

  /// Only what every font encoding has, and nothing that would bring in a bitmap font.
  private static let characters: [Unicode.Scalar: String] = [
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

extension Unicode.Scalar {
  var isASCIILetter: Bool { isASCII && properties.isAlphabetic }
}
