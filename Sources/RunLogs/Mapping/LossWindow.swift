/// Takes the loss from the rows of a run as they pass by.
package struct LossWindow {
  private let take: LossTake
  /// The rows that the loss comes from, as a ring.
  private var kept: [(value: Value, line: Int?)] = []
  private var next = 0

  package init(_ take: LossTake) {
    self.take = take
  }

  /// Adds a row's loss, a cell and what it reads as; a missing one is passed over.
  package mutating func add(_ value: Value, _ reading: NumberReading, line: Int?) {
    if case .missing = reading { return }
    switch take {
    case .last: kept = [(value, line)]
    case .min:
      guard case .number(let best)? = kept.first?.value.number else {
        // A loss at fault stays, so that the run is not judged by its good rows alone.
        if kept.isEmpty { kept = [(value, line)] }
        return
      }
      if case .number(let new) = reading, new >= best { return }
      kept = [(value, line)]
    case .mean(let count):
      if kept.count < count {
        kept.append((value, line))
      } else {
        kept[next] = (value, line)
        next = (next + 1) % count
      }
    }
  }

  /// The loss and the line it is from, or the first value at fault; nil without any row.
  package var result: (value: Value, line: Int?)? {
    let ordered = Array(kept[next...] + kept[..<next])
    var sum = 0.0
    for (value, line) in ordered {
      guard case .number(let number) = value.number else { return (value, line) }
      sum += number / Double(ordered.count)
    }
    guard let last = ordered.last else { return nil }
    return (ordered.count == 1 ? last.value : .number(sum), last.line)
  }
}
