/// Takes the loss from the rows of a run as they pass by.
package struct LossWindow {
  /// A row's loss, a plain value as it is made for each row.
  private struct Kept {
    /// NaN where the row's loss is at fault.
    var loss: Double
    var file: Int
    var line: Int?
    /// The sparsity that was read by then.
    var sparsity: Double?
  }

  private let take: LossTake
  /// The rows that the loss comes from, as a ring.
  private var kept: [Kept] = []
  private var next = 0
  /// What stands in the rows of the ring whose loss is at fault, by their place in it.
  private var faults: [Int: Value] = [:]

  package init(_ take: LossTake) {
    self.take = take
  }

  /// Adds a row's loss, a finite number.
  mutating func add(_ loss: Double, file: Int, line: Int?, sparsity: Double?) {
    add(Kept(loss: loss, file: file, line: line, sparsity: sparsity), nil)
  }

  /// Adds a row's loss, of any kind; a missing one is passed over.
  package mutating func add(_ found: HistoryScan.Found, sparsity: Double?) {
    var kept = Kept(loss: .nan, file: found.file, line: found.line, sparsity: sparsity)
    switch found.value.number {
    case .missing: return
    case .number(let loss):
      kept.loss = loss
      add(kept, nil)
    case .fault: add(kept, found.value)
    }
  }

  private mutating func add(_ row: Kept, _ fault: Value?) {
    switch take {
    case .last: put(row, fault, at: 0)
    case .min:
      // A loss at fault stays, so that the run is not judged by its good rows alone.
      if let best = kept.first, best.loss.isNaN || row.loss >= best.loss { return }
      put(row, fault, at: 0)
    case .mean(let count):
      put(row, fault, at: next)
      next = (next + 1) % count
    }
  }

  private mutating func put(_ row: Kept, _ fault: Value?, at place: Int) {
    if place < kept.count { kept[place] = row } else { kept.append(row) }
    if fault != nil || !faults.isEmpty { faults[place] = fault }
  }

  /// The loss and its place, or the first value at fault; nil without any row.
  package var result: HistoryScan.Found? {
    // Until the ring is full, the oldest row is its first.
    let oldest = next < kept.count ? next : 0
    let ordered = Array(kept.indices[oldest...]) + kept.indices[..<oldest]
    if let place = ordered.first(where: { faults[$0] != nil }), let fault = faults[place] {
      return HistoryScan.Found(value: fault, file: kept[place].file, line: kept[place].line)
    }
    guard let last = ordered.last.map({ kept[$0] }) else { return nil }
    // A single loss is taken to the last bit.
    let loss =
      ordered.count == 1
      ? last.loss : ordered.reduce(0) { $0 + kept[$1].loss / Double(ordered.count) }
    return HistoryScan.Found(value: .number(loss), file: last.file, line: last.line)
  }

  /// The least sparsity at which a loss that is taken was logged; nil where none was read.
  package var leastSparsity: Double? { kept.compactMap(\.sparsity).min() }
}
