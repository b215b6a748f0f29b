/// What the rows and the names of a folder's files say of how they are to be read.
extension LogSurvey {
  /// How the rows of a table that holds several for each run are told apart.
  package struct Long {
    package var identity: [String]
    package var step: String
    /// Whether a column of names says so; else it is a guess.
    package var isSure: Bool
  }

  /// The values that the columns of a table have, for tables of few columns.
  struct Distinct {
    private static let mostColumns = 64
    static let mostValues = 500
    private(set) var rows = 0
    private(set) var values: [String: Set<String>] = [:]

    mutating func add(_ row: Row) {
      guard row.columns.names.count <= Self.mostColumns else { return }
      rows += 1
      for (position, name) in row.columns.names.enumerated()
      where (values[name]?.count ?? 0) < Self.mostValues {
        values[name, default: []].insert(row[position].text ?? "")
      }
    }

    /// The columns with 2 to 12 values, none of which is a number.
    func words(_ columns: [String]) -> [(column: String, values: [String])] {
      columns.compactMap { column in
        let found = (values[column] ?? []).filter { !$0.isEmpty }.sorted()
        let isOfWords = found.allSatisfy { text in
          if case .fault = Value.text(text).asNumber.number { return true }
          return false
        }
        return (2...12).contains(found.count) && isOfWords && rows >= 2 * found.count
          ? (column, found) : nil
      }
    }

    func count(_ name: String) -> Int { values[name]?.count ?? 0 }
  }

  /// Whether a table has several rows for each run, by its column of steps.
  static func long(
    _ distinct: Distinct, _ columns: [String], _ format: LogFormat, _ root: Door, _ path: String
  ) -> Long? {
    guard
      let step = ConventionalNames.first(of: ConventionalNames.checkpointSteps, among: columns),
      distinct.count(step) >= 2, distinct.rows >= 4
    else { return nil }
    let names = ConventionalNames.candidates(for: .run, among: columns)
    if let name = names.first, 2 * distinct.count(name) <= distinct.rows {
      return Long(identity: [name], step: step, isSure: true)
    }
    let data = ConventionalNames.candidates(for: .data, among: columns)
    let identity = columns.filter { column in
      column != step && !data.contains(column) && !ConventionalNames.mayBeLoss(column)
        && distinct.count(column) >= 2 && 3 * distinct.count(column) <= distinct.rows
    }
    guard !identity.isEmpty, identity.count <= 6 else { return nil }
    var groups: Set<[String]> = []
    try? format.read(root, [path]) { record, _ in
      guard case .row(let row) = record, groups.count <= distinct.rows else { return }
      groups.insert(identity.map { row[$0].text ?? "" })
    }
    guard !groups.isEmpty, distinct.rows >= 3 * groups.count else { return nil }
    return Long(identity: identity, step: step, isSure: false)
  }

  /// The pattern of files' names that differ in their numbers alone, as `n{n}-s{s}` of `n100-s0.5`;
  /// nil where they differ in more, or have none.
  package static func namePattern(_ stems: [String]) -> String? {
    guard let first = stems.first else { return nil }
    let skeleton = pieces(first)
    guard skeleton.contains(where: \.isNumber),
      stems.allSatisfy({ stem in
        let other = pieces(stem)
        return other.count == skeleton.count
          && zip(other, skeleton).allSatisfy {
            $0.isNumber == $1.isNumber && ($0.isNumber || $0.text == $1.text)
          }
      })
    else { return nil }
    var names: Set<String> = []
    var pattern = ""
    for (index, piece) in skeleton.enumerated() {
      guard piece.isNumber else {
        pattern += piece.text.replacing("{", with: "{{").replacing("}", with: "}}")
        continue
      }
      // After the letters before it, or behind it: n100, 5xC.
      let before = index > 0 ? skeleton[index - 1].text : ""
      let letters = String(before.reversed().prefix(while: \.isLetter).reversed())
      var name = letters.isEmpty ? "x\(names.count + 1)" : letters
      while !names.insert(name).inserted { name += "\(names.count + 1)" }
      pattern += "{\(name)}"
    }
    return NamePattern(pattern) == nil ? nil : pattern
  }

  /// A name cut into numbers, with a suffix such as M, and what stands between them.
  private static func pieces(_ text: String) -> [(text: String, isNumber: Bool)] {
    var pieces: [(text: String, isNumber: Bool)] = []
    let scalars = Array(text.unicodeScalars)
    func isDigit(_ at: Int) -> Bool { at < scalars.count && ("0"..."9").contains(scalars[at]) }
    var at = 0
    while at < scalars.count {
      let start = at
      if isDigit(at) {
        while isDigit(at) || (at < scalars.count && scalars[at] == "." && isDigit(at + 1)) {
          at += 1
        }
        let isSuffix = at < scalars.count && "kKMBGT".unicodeScalars.contains(scalars[at])
        let isEnd = at + 1 >= scalars.count || !scalars[at + 1].properties.isAlphabetic
        if isSuffix, isEnd { at += 1 }
        pieces.append((String(String.UnicodeScalarView(scalars[start..<at])), true))
      } else {
        while at < scalars.count, !isDigit(at) { at += 1 }
        pieces.append((String(String.UnicodeScalarView(scalars[start..<at])), false))
      }
    }
    return pieces
  }
}
