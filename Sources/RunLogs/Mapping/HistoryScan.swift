/// One pass over the log of a run.
package struct HistoryScan {
  package let resolution: Resolution
  /// The last value that is there of each quantity.
  package private(set) var last: [Quantity: (value: Value, line: Int?)] = [:]
  package private(set) var loss: LossWindow
  package private(set) var history = Thinned<Checkpoint>()
  package private(set) var rows = 0
  package private(set) var lastLine: Int?
  /// The line of the first row whose data are fewer than those of the row before.
  package private(set) var firstStepBack: Int?
  private var lastData = -Double.infinity

  package init(_ resolution: Resolution, take: LossTake) {
    self.resolution = resolution
    loss = LossWindow(take)
  }

  package mutating func add(_ row: Row) {
    rows += 1
    lastLine = row.line
    for quantity in Quantity.allCases {
      guard let column = resolution.columns[quantity] else { continue }
      let value = row[column.name]
      guard value != .missing else { continue }
      last[quantity] = (value, row.line)
      if quantity == .loss { loss.add(value, line: row.line) }
    }
    guard let data = number(.data, row) else { return }
    if data < lastData, firstStepBack == nil { firstStepBack = row.line }
    lastData = data
    history.append(
      Checkpoint(
        data: data, loss: number(.loss, row), sparsity: number(.sparsity, row),
        nonZeroParameters: number(.nonZeroParameters, row)))
  }

  private func number(_ quantity: Quantity, _ row: Row) -> Double? {
    guard let column = resolution.columns[quantity],
      case .number(let value) = row[column.name].number, (value * column.times).isFinite
    else { return nil }
    return value * column.times
  }
}
