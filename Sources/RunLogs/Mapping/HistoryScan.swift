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
  /// Where the quantities stand in the rows that have these columns.
  private var places: [(quantity: Quantity, position: Int, times: Double)] = []
  private var columns: ColumnNames?

  package init(_ resolution: Resolution, take: LossTake) {
    self.resolution = resolution
    loss = LossWindow(take)
  }

  package mutating func add(_ row: Row) {
    if row.columns !== columns { place(row.columns) }
    rows += 1
    lastLine = row.line
    var checkpoint = Checkpoint(data: .nan)
    for (quantity, position, times) in places {
      let value = row.values[position]
      guard value != .missing else { continue }
      last[quantity] = (value, row.line)
      guard quantity.isNumeric else { continue }
      let reading = value.number
      if quantity == .loss { loss.add(value, reading, line: row.line) }
      guard case .number(let number) = reading, (number * times).isFinite else { continue }
      switch quantity {
      case .data: checkpoint.data = number * times
      case .loss: checkpoint.loss = number * times
      case .sparsity: checkpoint.sparsity = number * times
      case .nonZeroParameters: checkpoint.nonZeroParameters = number * times
      default: break
      }
    }
    guard checkpoint.data.isFinite else { return }
    if checkpoint.data < lastData, firstStepBack == nil { firstStepBack = row.line }
    lastData = checkpoint.data
    history.append(checkpoint)
  }

  private mutating func place(_ columns: ColumnNames) {
    self.columns = columns
    places = Quantity.allCases.compactMap { quantity in
      guard let column = resolution.columns[quantity],
        let position = columns.position(of: column.name)
      else { return nil }
      return (quantity, position, column.times)
    }
  }
}
