import Foundation

extension LaTeX {
  /// What the macros of a sweep begin with: letters only, and another for every sweep, so that a
  /// paper can cite several.
  ///
  /// `byte-lm` is `ByteLm`. A name that the letters do not tell, such as `byte_lm`, which has the
  /// same, gets four letters of its digest: `ByteLmXqzp`. So does one that ends as macros of a
  /// shorter name begin: `XHeldOutMaxError` is of the sweep `x`, not of `x-held-out`.
  ///
  /// - Parameter macros: the names of a sweep's macros, without their prefix.
  package static func macroPrefix(sweep name: String, macros: [String] = []) -> String {
    let word = macroName(name)
    guard spelling(ofMacro: word) != name || isAmbiguous(word, Set(macros)) else { return word }
    return (word.isEmpty ? "Sweep" : word) + mark(name)
  }

  /// Whether the end of a prefix and some macro make another macro of a shorter prefix.
  private static func isAmbiguous(_ word: String, _ macros: Set<String>) -> Bool {
    word.indices.dropFirst().contains { place in
      let tail = word[place...]
      return word[place].isUppercase && macros.contains { macros.contains(tail + $0) }
    }
  }

  /// The first part of the keys of a sweep's labels, another for every sweep.
  package static func sweepLabel(_ name: String) -> String {
    let text = label(name)
    return text == name ? text : text + "-" + mark(name)
  }

  /// The plainest name that has this macro name: its words in small letters, with a hyphen before
  /// each but digits.
  private static func spelling(ofMacro word: String) -> String {
    let digits = Dictionary(
      uniqueKeysWithValues: digitNames.enumerated().map { ($0.element, String($0.offset)) })
    var words: [String] = []
    for letter in word {
      if letter.isUppercase || words.isEmpty {
        words.append(String(letter))
      } else {
        words[words.count - 1].append(letter)
      }
    }
    return words.reduce(into: "") { text, word in
      if let digit = digits[word] {
        text += digit
      } else {
        text += (text.isEmpty ? "" : "-") + word.lowercased()
      }
    }
  }

  /// Four letters that follow from a name, the first a capital.
  static func mark(_ name: String) -> String {
    var rest = UInt32(Digest.sha256(Data(name.utf8)).prefix(8), radix: 16) ?? 0
    var letters = ""
    for first in [UInt32(65), 97, 97, 97] {
      letters.unicodeScalars.append(UnicodeScalar(UInt8(first + rest % 26)))
      rest /= 26
    }
    return letters
  }
}
