extension LaTeX {
  /// Names longer than this are set in a column that breaks lines.
  static let longName = 14

  /// A run's name without its middle where it would take more than three lines of a table.
  package static func shortened(_ name: String) -> String {
    let most = 56
    return name.count > most ? "\(name.prefix(most / 2))…\(name.suffix(most / 2 - 1))" : name
  }

  /// Typewriter type that may break after punctuation, and within long stretches without any.
  static func breakable(_ code: String) -> String {
    guard code.count > longName else { return escape(code, isCode: true) }
    var result = ""
    var piece = ""
    func isBreak(_ character: Character) -> Bool {
      character.isPunctuation || character.isSymbol || piece.count >= 12
    }
    for character in code {
      piece.append(character)
      if isBreak(character) {
        result += escape(piece, isCode: true) + "\\allowbreak{}"
        piece = ""
      }
    }
    return result + escape(piece, isCode: true)
  }
}
