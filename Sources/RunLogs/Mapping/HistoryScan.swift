/// One pass over the log of a run.
///
/// Consecutive rows of one step, into which many loggers cut what they know of it, are put
/// together in the history.
package struct HistoryScan {
  package struct Found {
    package var value: Value
    package var file: String
    package var line: Int?
  }

  package let resolution: Resolution
  /// The last value that is there of each quantity.
  package func last(_ quantity: Quantity) -> Found? { last[quantity.index] }
  private var last = [Found?](repeating: nil, count: Quantity.allCases.count)
  package private(set) var loss: LossWindow
  package private(set) var rows = 0
  package private(set) var lastPlace: (file: String, line: Int?) = ("", nil)
  /// The last step that is logged, and about the greatest difference of steps in the last rows.
  package private(set) var lastStep: Double?
  package private(set) var stepGap = 0.0
  /// Where the log goes back; found in a pass that is not given them.
  package private(set) var restarts = Restarts()
  /// How many rows were passed over because later ones replace them.
  package private(set) var replaced = 0
  /// The place of the first restart whose rows were passed over.
  package var firstRestart: (file: String, line: Int?)? { known?.first }
  private var history = Thinned<Checkpoint>()
  private var pending: Checkpoint?
  private let known: Restarts?
  private let constants: [String: Double]
  private var lastKeys = [Double](repeating: -.infinity, count: Quantity.allCases.count)
  private var seen = 0
  private var places = Places()
  private var cache: [ObjectIdentifier: Places] = [:]

  /// Where things stand in the rows that have certain columns.
  private struct Places {
    struct Entry {
      var quantity: Quantity
      var positions: [Int]
      var times: Double
      var isDensity: Bool
    }
    var columns: ColumnNames?
    var entries: [Entry] = []
    /// What orders the rows: the data if they are logged, else the step or epoch.
    var order: Int?
    var step: Int?
  }

  /// - Parameters:
  ///   - constants: the values of factors that the run's configuration gives.
  ///   - restarts: those of an earlier pass, to pass over the rows that they replace.
  package init(
    _ resolution: Resolution, take: LossTake, constants: [String: Double] = [:],
    restarts: Restarts? = nil
  ) {
    self.resolution = resolution
    self.constants = constants
    known = restarts
    loss = LossWindow(take)
  }

  package mutating func add(_ row: Row, file: String) {
    if row.columns !== places.columns { place(row.columns) }
    let index = seen
    seen += 1
    let key = number(at: places.order, row)
    if let known, let key, known.replaces(row: index, step: key) {
      replaced += 1
      return
    }
    rows += 1
    lastPlace = (file, row.line)
    note(step: places.step == places.order ? key : number(at: places.step, row))
    var checkpoint = Checkpoint(data: .nan)
    var goesBack = false
    for entry in places.entries {
      let value: Value
      if entry.positions.count == 1 {
        value = row.values[entry.positions[0]]
      } else {
        value = Product.value(entry.positions.map { row.values[$0] })
      }
      guard value != .missing else { continue }
      last[entry.quantity.index] = Found(value: value, file: file, line: row.line)
      guard entry.quantity.isNumeric else { continue }
      let reading = value.number
      if entry.quantity == .loss { loss.add(value, reading, file: file, line: row.line) }
      if let key {
        if key < lastKeys[entry.quantity.index] { goesBack = true }
        lastKeys[entry.quantity.index] = key
      }
      guard case .number(let number) = reading, (number * entry.times).isFinite else { continue }
      let scaled = entry.isDensity ? 1 - number * entry.times : number * entry.times
      switch entry.quantity {
      case .data: checkpoint.data = scaled
      case .loss: checkpoint.loss = scaled
      case .sparsity: checkpoint.sparsity = scaled
      case .nonZeroParameters: checkpoint.nonZeroParameters = scaled
      default: break
      }
    }
    if goesBack, known == nil, let key {
      restarts.add(row: index, step: key, file: file, line: row.line)
    }
    guard checkpoint.data.isFinite else { return }
    merge(checkpoint)
  }

  /// The checkpoints in the order of their data.
  package var checkpoints: [Checkpoint] {
    var history = history
    if let pending { history.append(pending) }
    let elements = history.elements
    let isOrdered = zip(elements, elements.dropFirst()).allSatisfy { $0.data <= $1.data }
    guard !isOrdered else { return elements }
    return elements.enumerated().sorted { ($0.1.data, $0.0) < ($1.1.data, $1.0) }.map(\.element)
  }

  private mutating func merge(_ checkpoint: Checkpoint) {
    guard var merged = pending, merged.data == checkpoint.data else {
      if let pending { history.append(pending) }
      pending = checkpoint
      return
    }
    merged.loss = checkpoint.loss ?? merged.loss
    merged.sparsity = checkpoint.sparsity ?? merged.sparsity
    merged.nonZeroParameters = checkpoint.nonZeroParameters ?? merged.nonZeroParameters
    pending = merged
  }

  private mutating func note(step: Double?) {
    guard let step else { return }
    if let lastStep, step > lastStep { stepGap = max(stepGap / 2, step - lastStep) }
    lastStep = step
  }

  private func number(at position: Int?, _ row: Row) -> Double? {
    guard let position, case .number(let number) = row.values[position].number else { return nil }
    return number
  }

  private mutating func place(_ columns: ColumnNames) {
    if let old = places.columns, cache.count < 512 { cache[ObjectIdentifier(old)] = places }
    if let found = cache[ObjectIdentifier(columns)] {
      places = found
      return
    }
    places = Places(columns: columns)
    for quantity in Quantity.allCases {
      guard let column = resolution.columns[quantity] else { continue }
      var entry = Places.Entry(
        quantity: quantity, positions: [], times: column.times, isDensity: column.isDensity)
      var isComplete = true
      for name in column.names {
        if let position = columns.position(of: name) {
          entry.positions.append(position)
        } else if let factor = constants[name], column.names.count > 1 {
          entry.times *= factor
        } else {
          isComplete = false
        }
      }
      if isComplete, !entry.positions.isEmpty { places.entries.append(entry) }
    }
    // The data seen order the rows if they are logged: a step may count from 0 again.
    let data = resolution.columns[.data].flatMap { $0.names.count == 1 ? $0.names[0] : nil }
    if let data, let position = columns.position(of: data) {
      places.order = position
    } else if data.map({ !allNames.contains($0) }) ?? true {
      places.order = ConventionalNames.order(among: columns.names)
        .flatMap { columns.position(of: $0) }
    }
    places.step = ConventionalNames.first(of: ConventionalNames.steps, among: columns.names)
      .flatMap { columns.position(of: $0) }
  }

  /// Every column of the log that is known so far.
  package var allNames: Set<String> = []
}
