import Foundation

extension LaTeX {
  /// Names longer than this are set in a column that breaks lines.
  static let longName = 14

  /// A run's name without its middle where it would take more than three lines of a table.
  package static func shortened(_ name: String) -> String {
    let most = 56
    let scalars = name.precomposedStringWithCanonicalMapping.unicodeScalars
    guard scalars.count > most else { return name }
    return "\(String(scalars.prefix(most / 2)))…\(String(scalars.suffix(most / 2 - 1)))"
  }

  /// Typewriter type that may break after punctuation, and within long stretches without any.
  static func breakable(_ code: String) -> String {
    let scalars = code.precomposedStringWithCanonicalMapping.unicodeScalars
    guard scalars.count > longName else { return escape(code, isCode: true) }
    var result = ""
    var piece = String.UnicodeScalarView()
    for scalar in scalars {
      piece.append(scalar)
      if Character(scalar).isPunctuation || Character(scalar).isSymbol || piece.count >= 12 {
        result += escape(String(piece), isCode: true) + "\\allowbreak{}"
        piece = String.UnicodeScalarView()
      }
    }
    return result + escape(String(piece), isCode: true)
  }
}
