/// Where a log goes back, because training was started again from a checkpoint, and which rows
/// the later ones replace.
///
/// A row is replaced if a later row starts again at its step or before. The rows are counted from
/// 0 in the order of the log.
package struct Restarts {
  /// More than these are no restarts but a log whose rows are in no order; it is then read as is.
  package static let most = 65_536

  private var rows: [Int] = []
  private var steps: [Double] = []
  package private(set) var isExhausted = false
  /// The place of the first.
  package private(set) var first: (file: String, line: Int?)?

  package init() {}

  package var isEmpty: Bool { rows.isEmpty }

  /// Notes that the log goes back at a row to a step, which may be an amount of data.
  package mutating func add(row: Int, step: Double, file: String, line: Int?) {
    guard rows.count < Self.most else {
      isExhausted = true
      return
    }
    if first == nil { first = (file, line) }
    rows.append(row)
    steps.append(step)
  }

  /// Prepares `replaces`: from each restart on, the earliest step that is started again from.
  package mutating func close() {
    for index in steps.indices.dropLast().reversed() {
      steps[index] = min(steps[index], steps[index + 1])
    }
  }

  /// Whether a later row replaces this one.
  package func replaces(row: Int, step: Double) -> Bool {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] > row { high = middle } else { low = middle + 1 }
    }
    return low < rows.count && steps[low] <= step
  }
}
