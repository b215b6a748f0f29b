/// Takes the loss from the rows of a run as they pass by.
package struct LossWindow {
  private let take: LossTake
  /// The rows that the loss comes from, as a ring.
  private var kept: [HistoryScan.Found] = []
  private var next = 0

  package init(_ take: LossTake) {
    self.take = take
  }

  /// Adds a row's loss, a cell and what it reads as; a missing one is passed over.
  package mutating func add(_ value: Value, _ reading: NumberReading, file: String, line: Int?) {
    if case .missing = reading { return }
    let found = HistoryScan.Found(value: value, file: file, line: line)
    switch take {
    case .last: kept = [found]
    case .min:
      guard case .number(let best)? = kept.first?.value.number else {
        // A loss at fault stays, so that the run is not judged by its good rows alone.
        if kept.isEmpty { kept = [found] }
        return
      }
      if case .number(let new) = reading, new >= best { return }
      kept = [found]
    case .mean(let count):
      if kept.count < count {
        kept.append(found)
      } else {
        kept[next] = found
        next = (next + 1) % count
      }
    }
  }

  /// The loss and its place, or the first value at fault; nil without any row.
  package var result: HistoryScan.Found? {
    let ordered = Array(kept[next...] + kept[..<next])
    var sum = 0.0
    for found in ordered {
      guard case .number(let number) = found.value.number else { return found }
      sum += number / Double(ordered.count)
    }
    guard var last = ordered.last else { return nil }
    if ordered.count > 1 { last.value = .number(sum) }
    return last
  }
}
