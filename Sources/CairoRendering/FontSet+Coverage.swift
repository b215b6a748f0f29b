import CCairo
import Plotting

extension FontSet {
  /// The string as it can be drawn: spaces for controls, and a mark for each character that the
  /// face lacks, which would otherwise be an empty box.
  func drawable(_ string: String, _ font: Font) -> String {
    let string = string.withoutControls
    let face = face(for: font)
    guard !string.unicodeScalars.allSatisfy(face.draws) else { return string }
    let mark: Unicode.Scalar = face.draws("\u{FFFD}") ? "\u{FFFD}" : "?"
    return String(
      String.UnicodeScalarView(string.unicodeScalars.map { face.draws($0) ? $0 : mark }))
  }

  /// The characters that the upright face lacks, in the order of their appearance.
  public func missingCharacters(in string: String) -> [Character] {
    let face = face(for: Font(size: 1))
    var missing: [Character] = []
    for scalar in string.withoutControls.unicodeScalars
    where !face.draws(scalar) && !missing.contains(Character(scalar)) {
      missing.append(Character(scalar))
    }
    return missing
  }

  /// A sentence for the reader where characters could not be drawn.
  public func missingNotice(_ characters: [Character]) -> String? {
    guard !characters.isEmpty else { return nil }
    let names = characters.prefix(8).map { character in
      let codes = character.unicodeScalars.map {
        "U+" + String($0.value, radix: 16, uppercase: true)
      }
      return "\(character) (\(codes.joined(separator: " ")))"
    }
    return
      "the font \(report.usedFamily) lacks \(names.joined(separator: ", "))"
      + "\(characters.count > 8 ? " and more" : ""); figures show a replacement mark instead"
  }
}
