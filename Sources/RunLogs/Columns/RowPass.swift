/// One pass over the log of a run: from its cells and the run's constants to quantities in final
/// units.
///
/// Rows that belong together are taken as one: neighbours of one step, which many loggers cut into
/// several lines, and a line that names neither step nor data with the one before it. Everything
/// else (the loss, restarts, the history) sees such whole rows alone.
package struct RowPass {
  package let columns: Columns
  private let constants: (String) -> Value
  private let restarts: Restarts?
  private let bounds: ClosedRange<Double>?

  /// Where the loss is taken from.
  package private(set) var window: LossWindow
  /// Rows that are whole, and those that later ones replace.
  package private(set) var rows = 0
  package private(set) var replaced = 0
  /// Where the log goes back; found in a pass that is not given them.
  package private(set) var found = Restarts()
  /// What orders the rows, in the last that has it: see `Columns.order`.
  package private(set) var lastKey: Double?
  /// The last step that was logged, and about the greatest step between the last rows.
  package private(set) var steps = Progress()

  private var files: [String] = []
  private var lastLine: Int?
  private var last = Snapshot()
  private var texts: [Quantity: LoggedValue] = [:]
  /// For each quantity the greatest key at which it was met.
  private var lastKeys = [Double](repeating: -.infinity, count: Quantity.numeric.count)
  private var history = Thinned<LoggedRow>()
  private var pendingHistory: LoggedRow?
  private var open: WholeRow?
  private var seen = 0
  private var places: Places?
  private var cache: [ObjectIdentifier: Places] = [:]

  /// - Parameters:
  ///   - constants: the values of the run's constants; `missing` where there is none.
  ///   - restarts: those that an earlier pass found, to pass over the rows that they replace.
  ///   - bounds: the keys between which the loss is taken; nil for all rows.
  package init(
    _ columns: Columns, constants: @escaping (String) -> Value = { _ in .missing },
    take: LossTake, restarts: Restarts? = nil, bounds: ClosedRange<Double>? = nil
  ) {
    self.columns = columns
    self.constants = constants
    self.restarts = restarts
    self.bounds = bounds
    window = LossWindow(take)
  }

  /// How far something counts: its last value, and about the greatest distance of late.
  package struct Progress: Equatable {
    package private(set) var last: Double?
    package private(set) var gap = 0.0

    package init(_ last: Double? = nil) { self.last = last }

    mutating func note(_ value: Double) {
      if let last, value > last { gap = max(gap / 2, value - last) }
      last = value
    }
  }

  /// The lines of one step, put together.
  private struct WholeRow {
    var key: Double?
    var step: Double?
    var values = Snapshot()
    var texts: [(Quantity, LoggedValue)] = []
    var file: Int
    var line: Int?
  }

  /// Where things stand in the lines that have certain columns.
  private struct Places {
    struct Entry {
      var quantity: Quantity
      /// Of a quantity that is `offset + slope x` of one cell.
      var slope: Double?
      var offset: Double
      var position: Int
      /// The position of each name of its formula; nil where a constant gives it.
      var positions: [Int?]
    }
    let columns: ColumnNames
    var entries: [Entry] = []
    var order: Int?
    var step: Int?
  }

  package var lastPlace: (file: String, line: Int?) { (files.last ?? "", lastLine) }
  package func name(ofFile number: Int) -> String {
    files.indices.contains(number) ? files[number] : ""
  }

  /// Whether the loss is taken from a part of the rows.
  package var isBounded: Bool { bounds != nil }
  /// The place of the first restart whose rows were passed over.
  package var firstRestart: (file: String, line: Int?)? { restarts?.first }
  /// What was logged last of each quantity, on whatever row.
  package var end: Snapshot { last }

  /// The last that was logged of a quantity that is text.
  package func text(_ quantity: Quantity) -> LoggedValue? { texts[quantity] }
}

extension RowPass {
  /// Takes in a line of the log.
  package mutating func add(_ row: Row, file: String) {
    if row.columns !== places?.columns { place(row.columns) }
    guard let places else { return }
    if files.last != file { files.append(file) }
    let file = files.count - 1
    var line = WholeRow(file: file, line: row.line)
    line.step = places.step.flatMap { row.finite($0) }
    for entry in places.entries {
      if let slope = entry.slope, let number = row.finite(entry.position) {
        line.values.set(entry.quantity, entry.offset + slope * number, file, row.line)
      } else if let value = value(entry, row) {
        if entry.quantity.isNumeric {
          line.values.set(entry.quantity, value, file, row.line)
        } else {
          line.texts.append(
            (entry.quantity, LoggedValue(value: value, file: file, line: row.line)))
        }
      }
    }
    switch columns.order {
    case .data: line.key = line.values.number(.data)
    case .column:
      line.key =
        places.order == places.step
        ? line.step : places.order.flatMap { row.finite($0) }
    case nil: break
    }
    guard let whole = open, belongs(line, to: whole) else {
      close()
      open = line
      return
    }
    open = merged(whole, line)
  }

  /// Ends the log; the results stand afterwards.
  package mutating func finish() {
    close()
    open = nil
    if let pendingHistory { history.append(pendingHistory) }
    pendingHistory = nil
    found.close()
  }

  private func belongs(_ line: WholeRow, to whole: WholeRow) -> Bool {
    guard columns.order != nil else { return false }
    if let step = line.step, let other = whole.step, step != other { return false }
    if let key = line.key, let other = whole.key, key != other { return false }
    // A second loss is another row, though it is of the same step.
    return !line.values.has(.loss) || !whole.values.has(.loss)
  }

  private func merged(_ whole: WholeRow, _ line: WholeRow) -> WholeRow {
    var whole = whole
    whole.key = whole.key ?? line.key
    whole.step = whole.step ?? line.step
    whole.values.take(line.values)
    whole.texts += line.texts
    (whole.file, whole.line) = (line.file, line.line)
    return whole
  }

  /// A quantity of a line, in final units; nil where the line says nothing of it.
  private func value(_ entry: Places.Entry, _ row: Row) -> Value? {
    if let slope = entry.slope {
      let cell = row[entry.position].asNumber
      if case .number(let number) = cell { return .number(entry.offset + slope * number) }
      return cell.isBlank ? nil : cell
    }
    guard let formula = columns.sources[entry.quantity]?.formula else { return nil }
    guard entry.quantity.isNumeric else {
      let cell = row[entry.position]
      return cell == .missing ? nil : cell
    }
    var isLogged = false
    var index = 0
    let value = formula.value { name in
      defer { index += 1 }
      if let position = entry.positions[index] {
        let cell = row[position]
        if cell != .missing {
          isLogged = true
          return cell
        }
      }
      return constants(name)
    }
    return isLogged && value != .missing ? value : nil
  }

  /// Takes in what is whole.
  private mutating func close() {
    guard let row = open else { return }
    let number = seen
    seen += 1
    if let restarts, let key = row.key, restarts.replaces(row: number, step: key) {
      replaced += 1
      return
    }
    rows += 1
    lastLine = row.line
    if let step = row.step { steps.note(step) }
    note(row, number)
    last.take(row.values)
    for (quantity, value) in row.texts { texts[quantity] = value }
    if let key = row.key { lastKey = key }
    if let loss = row.values[.loss], bounds.map({ isInside($0) }) ?? true {
      window.add(loss, at: last, key: lastKey, step: steps.last)
    }
    remember(row, number)
  }

  /// A row without a key stands where the one before it does.
  private func isInside(_ bounds: ClosedRange<Double>) -> Bool {
    lastKey.map(bounds.contains) ?? false
  }

  /// Notes where a quantity goes back.
  private mutating func note(_ row: WholeRow, _ number: Int) {
    guard let key = row.key else { return }
    var goesBack = false
    for quantity in Quantity.numeric where row.values.has(quantity) {
      if key < lastKeys[quantity.index] { goesBack = true }
      lastKeys[quantity.index] = key
    }
    if goesBack, restarts == nil {
      found.add(row: number, step: key, file: files[row.file], line: row.line)
    }
  }

  private mutating func remember(_ row: WholeRow, _ number: Int) {
    let place =
      columns.order == .data
      ? row.key : row.key ?? (columns.order == nil ? Double(number + 1) : nil)
    guard let place else { return }
    let logged = LoggedRow(
      data: place, loss: row.values.number(.loss), sparsity: row.values.number(.sparsity),
      nonZeroParameters: row.values.number(.nonZeroParameters))
    guard var merged = pendingHistory, merged.data == logged.data else {
      if let pendingHistory { history.append(pendingHistory) }
      pendingHistory = logged
      return
    }
    merged.loss = logged.loss ?? merged.loss
    merged.sparsity = logged.sparsity ?? merged.sparsity
    merged.nonZeroParameters = logged.nonZeroParameters ?? merged.nonZeroParameters
    pendingHistory = merged
  }

  /// The rows in the order of their data.
  ///
  /// - Parameter end: D at the end of the log, to which the steps are in proportion where the log
  ///   does not count data.
  package func history(endingAt end: Double) -> [LoggedRow] {
    var elements = history.elements
    if columns.order != .data {
      guard let last = elements.map(\.data).max(), last > 0 else { return [] }
      for index in elements.indices { elements[index].data *= end / last }
    }
    let isOrdered = zip(elements, elements.dropFirst()).allSatisfy { $0.data <= $1.data }
    guard !isOrdered else { return elements }
    return elements.enumerated().sorted { ($0.1.data, $0.0) < ($1.1.data, $1.0) }.map(\.element)
  }

  private mutating func place(_ names: ColumnNames) {
    if let known = cache[ObjectIdentifier(names)] {
      places = known
      return
    }
    var new = Places(columns: names)
    for quantity in Quantity.allCases {
      guard let source = columns.sources[quantity], source.isLogged else { continue }
      let formula = source.formula
      let positions = formula.names.map(names.position)
      guard let first = positions.lazy.compactMap({ $0 }).first else { continue }
      new.entries.append(
        Places.Entry(
          quantity: quantity,
          // A label may be written as a number, and is looked up first.
          slope: quantity.isNumeric && formula.labels.isEmpty ? formula.expression.slope : nil,
          offset: formula.expression.offset, position: first, positions: positions))
    }
    if case .column(let name) = columns.order { new.order = names.position(of: name) }
    new.step = columns.step.flatMap(names.position)
    places = new
    if cache.count < 512 { cache[ObjectIdentifier(names)] = new }
  }
}
