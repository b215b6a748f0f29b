/// The known name that a misspelt one most likely stands for.
enum NearestName {
  /// Nil where none is near: more than a third of the letters would have to change.
  static func find(_ name: String, in known: Set<String>) -> String? {
    let scored = known.sorted().map { ($0, distance(Array(name.utf8), Array($0.utf8))) }
    guard let best = scored.min(by: { $0.1 < $1.1 }), best.1 <= max(1, name.utf8.count / 3) else {
      return nil
    }
    return best.0
  }

  /// Levenshtein's distance between two byte strings.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let substituted = diagonal + (x == y ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, diagonal + 1, row[j] + 1)
      }
    }
    return row[b.count]
  }
}
