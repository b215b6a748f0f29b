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

  /// The least number of bytes to insert, remove, replace or swap with their neighbour.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(last[j] + (a[i] == b[j] ? 0 : 1), row[j] + 1, last[j + 1] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
