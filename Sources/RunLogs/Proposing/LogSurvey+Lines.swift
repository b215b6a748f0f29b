/// Patterns for the lines of a text that hold a loss.
extension LogSurvey {
  /// The longest line that is looked at, in scalars, and how many lines.
  private static let longestLine = 500
  private static let mostLines = 200_000

  /// The pattern of the last line that holds a loss, one of validation if there is any, in which
  /// `word: 1.5`, `word=1.5` and `word 1.5` give names; nil where no line holds one.
  package static func linePattern(_ bytes: ByteStream) -> String? {
    var lines = LineReader(bytes)
    var text: [UInt8] = []
    var found: String?
    var isValidation = false
    var read = 0
    while read < mostLines, let status = try? lines.next(into: &text), status != .end {
      read += 1
      guard status == .line, text.count <= longestLine else { continue }
      guard let pattern = pattern(ofLine: String(decoding: text, as: UTF8.self)) else { continue }
      let names = NamePattern(pattern)?.names ?? []
      let hasValidation = names.contains { name in
        ConventionalNames.normalised(name).split(separator: "_").contains {
          ["val", "valid", "validation", "eval", "test"].contains($0)
        }
      }
      if hasValidation || !isValidation { found = pattern }
      isValidation = isValidation || hasValidation
    }
    return found
  }

  /// A number of a line, where it stands, and the name before it, where there is one.
  private struct Number {
    var range: Range<Int>
    var name: String?
    /// Where the words of the name start.
    var start: Int
  }

  private static func pattern(ofLine line: String) -> String? {
    let scalars = Array(line.unicodeScalars)
    var numbers: [Number] = []
    var names: Set<String> = []
    var at = 0
    while at < scalars.count {
      guard let end = numberEnd(scalars, at) else {
        at += 1
        continue
      }
      var number = Number(range: at..<end, name: nil, start: at)
      if let last = numbers.last, at > 0, scalars[at - 1] == "/", last.range.upperBound == at - 1,
        let name = last.name
      {
        // 1500/9536 after `step`: the second is the planned number of them.
        number.name = "max_\(name)s"
      } else {
        (number.name, number.start) = name(scalars, before: at)
      }
      if let name = number.name, !names.insert(name).inserted { number.name = nil }
      numbers.append(number)
      at = end
    }
    func isWanted(_ number: Number) -> Bool {
      number.name.map {
        ConventionalNames.mayBeLoss($0) || ConventionalNames.may($0, be: .data)
          || ConventionalNames.step(among: [$0]) != nil
          || ["epoch", "it"].contains($0.lowercased())
      } ?? false
    }
    guard numbers.contains(where: { $0.name.map(ConventionalNames.mayBeLoss) ?? false }),
      let last = numbers.lastIndex(where: isWanted), let first = numbers.firstIndex(where: isWanted)
    else { return nil }
    var pattern = ""
    var place = numbers[first].start
    for number in numbers[first...last] {
      pattern += literal(scalars[place..<number.range.lowerBound])
      pattern += "{\(number.name ?? "")}"
      place = number.range.upperBound
    }
    return NamePattern(pattern) == nil ? nil : pattern
  }

  private static func literal(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars)).replacing("{", with: "{{").replacing("}", with: "}}")
  }

  /// The end of a number that starts at a place; nil where none does, or where it is part of a word,
  /// a date or a time.
  private static func numberEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
    func scalar(_ at: Int) -> Unicode.Scalar { at < scalars.count ? scalars[at] : " " }
    func isDigit(_ at: Int) -> Bool { ("0"..."9").contains(scalar(at)) }
    guard isDigit(start) || (scalar(start) == "-" && isDigit(start + 1)) else { return nil }
    if start > 0, !" \t:=/'\"([,|".unicodeScalars.contains(scalars[start - 1]) { return nil }
    var at = start + 1
    while isDigit(at) || (scalar(at) == "." && isDigit(at + 1)) { at += 1 }
    if scalar(at) == "e" || scalar(at) == "E" {
      let sign = scalar(at + 1) == "-" || scalar(at + 1) == "+" ? 2 : 1
      if isDigit(at + sign) {
        at += sign
        while isDigit(at) { at += 1 }
      }
    }
    let isPartOfTime = (scalar(at) == ":" || scalar(at) == "-") && isDigit(at + 1)
    return isPartOfTime ? nil : at
  }

  /// The name before a number, and where it starts: a word, with the one before it where both are
  /// parted by a blank and the last is a loss, as in `val loss 3.2`.
  private static func name(
    _ scalars: [Unicode.Scalar], before place: Int
  ) -> (name: String?, start: Int) {
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isAlphabetic || "_/.".unicodeScalars.contains(scalar)
    }
    func word(before place: Int) -> Range<Int> {
      var start = place
      while start > 0, isWord(scalars[start - 1]) { start -= 1 }
      return start..<place
    }
    func text(_ range: Range<Int>) -> String {
      String(String.UnicodeScalarView(scalars[range]))
    }
    var at = place
    while at > 0, " \t:='\"(".unicodeScalars.contains(scalars[at - 1]) { at -= 1 }
    let own = word(before: at)
    guard !own.isEmpty, at < place else { return (nil, place) }
    let name = text(own)
    let isSplit = ["train", "training", "val", "valid", "validation", "eval", "test"]
    if own.lowerBound > 1, scalars[own.lowerBound - 1] == " " {
      let before = word(before: own.lowerBound - 1)
      if isSplit.contains(text(before).lowercased()) {
        return (text(before) + "_" + name, before.lowerBound)
      }
    }
    return (name, own.lowerBound)
  }
}
