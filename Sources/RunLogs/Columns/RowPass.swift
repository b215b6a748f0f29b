/// One pass over the log of a run: from its cells and the run's constants to quantities in final
/// units.
///
/// Rows that belong together are taken as one: neighbours of one step, which many loggers cut into
/// several lines, and a line that names neither step nor data with the one before it. Everything
/// else (the loss, restarts, the history) sees such whole rows alone.
package struct RowPass {
  package let columns: Columns
  /// Whether anything orders the rows.
  private let isOrdered: Bool
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
  private var history: Thinned<LoggedRow>
  private var pendingHistory: LoggedRow?
  /// The row that is being put together, where `isOpen` says that there is one. It is changed and
  /// read in its place: copies of it took half of the time of reading a table.
  private var open = WholeRow(file: 0)
  private var isOpen = false
  private var seen = 0
  private var places: Places?
  private var cache: [ObjectIdentifier: Places] = [:]
  /// How many names the columns in the cache have together, and the most of them.
  private var cachedNames = 0
  private static let mostCachedNames = 200_000

  /// - Parameters:
  ///   - constants: the values of the run's constants; `missing` where there is none.
  ///   - restarts: those that an earlier pass found, to pass over the rows that they replace.
  ///   - bounds: the keys between which the loss is taken; nil for all rows.
  ///   - mostHistory: how many of the rows are kept.
  package init(
    _ columns: Columns, constants: @escaping (String) -> Value = { _ in .missing },
    take: LossTake, restarts: Restarts? = nil, bounds: ClosedRange<Double>? = nil,
    mostHistory: Int = Thinned<LoggedRow>.capacity
  ) {
    self.columns = columns
    history = Thinned(atMost: mostHistory)
    isOrdered = columns.order != nil
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
    /// What is looked at of a quantity for each row: no reference, so that none is counted.
    struct Entry {
      var quantity: Quantity
      /// Of a quantity that is `offset + slope x` of one cell.
      var slope: Double?
      var offset: Double
      var position: Int
    }
    let columns: ColumnNames
    var entries: [Entry] = []
    /// For each entry the position of each name of its formula; nil where a constant gives it.
    var positions: [[Int?]] = []
    var order: Int?
    var step: Int?
  }

  package var lastPlace: (file: String, line: Int?) { (files.last ?? "", lastLine) }
  /// The file, from the run's folder, that `LoggedValue.file` numbers.
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
    guard let entries = places?.entries else { return }
    if files.last != file { files.append(file) }
    let file = files.count - 1
    var line = WholeRow(file: file, line: row.line)
    let (stepPlace, orderPlace) = (places?.step, places?.order)
    line.step = stepPlace.flatMap { row.finite($0) }
    for (index, entry) in entries.enumerated() {
      if let slope = entry.slope, let number = row.finite(entry.position) {
        line.values.set(entry.quantity, entry.offset + slope * number, file, row.line)
      } else if let value = value(entry, index, row) {
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
        orderPlace == stepPlace ? line.step : orderPlace.flatMap { row.finite($0) }
    case nil: break
    }
    if isOpen, belongs(line) {
      merge(line)
    } else {
      close()
      open = line
      isOpen = true
    }
  }

  /// Ends the log; the results stand afterwards.
  package mutating func finish() {
    close()
    isOpen = false
    if let pendingHistory { history.append(pendingHistory) }
    pendingHistory = nil
    found.close()
  }

  /// Whether a line is of the row that is open.
  private func belongs(_ line: WholeRow) -> Bool {
    // A second loss is another row, though it is of the same step.
    if line.values.has(.loss), open.values.has(.loss) { return false }
    guard isOrdered else { return false }
    if let step = line.step, let other = open.step, step != other { return false }
    if let key = line.key, let other = open.key, key != other { return false }
    return true
  }

  /// Adds a line to the row that is open; what comes later counts.
  private mutating func merge(_ line: WholeRow) {
    open.key = open.key ?? line.key
    open.step = open.step ?? line.step
    open.values.take(line.values)
    open.texts += line.texts
    (open.file, open.line) = (line.file, line.line)
  }

  /// A quantity of a line, in final units; nil where the line says nothing of it.
  private func value(_ entry: Places.Entry, _ index: Int, _ row: Row) -> Value? {
    if let slope = entry.slope {
      let cell = row[entry.position].asNumber
      if case .number(let number) = cell { return .number(entry.offset + slope * number) }
      return cell.isBlank ? nil : cell
    }
    guard let formula = columns.sources[entry.quantity]?.formula,
      let positions = places?.positions[index]
    else { return nil }
    guard entry.quantity.isNumeric else {
      let cell = row[entry.position]
      return cell == .missing ? nil : cell
    }
    var isLogged = false
    var number = 0
    let value = formula.value { name in
      defer { number += 1 }
      if let position = positions[number] {
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
    guard isOpen else { return }
    let number = seen
    seen += 1
    if let restarts, let key = open.key, restarts.replaces(row: number, step: key) {
      replaced += 1
      return
    }
    rows += 1
    lastLine = open.line
    if let step = open.step { steps.note(step) }
    noteReturn(number)
    last.take(open.values)
    if !open.texts.isEmpty { for (quantity, value) in open.texts { texts[quantity] = value } }
    if let key = open.key { lastKey = key }
    if open.values.has(.loss), bounds.map({ isInside($0) }) ?? true, let loss = open.values[.loss] {
      window.add(loss, at: last, key: lastKey, step: steps.last)
    }
    remember(number)
  }

  /// A row without a key stands where the one before it does.
  private func isInside(_ bounds: ClosedRange<Double>) -> Bool {
    lastKey.map(bounds.contains) ?? false
  }

  /// Notes where a quantity goes back.
  private mutating func noteReturn(_ number: Int) {
    guard let key = open.key else { return }
    var goesBack = false
    for quantity in Quantity.numeric where open.values.has(quantity) {
      if key < lastKeys[quantity.index] { goesBack = true }
      lastKeys[quantity.index] = key
    }
    if goesBack, restarts == nil {
      found.add(row: number, step: key, file: files[open.file], line: open.line)
    }
  }

  /// Adds the row that is open to the history, in which neighbours of one place are one.
  private mutating func remember(_ number: Int) {
    let place = open.key ?? (isOrdered ? nil : Double(number + 1))
    guard let place else { return }
    let logged = LoggedRow(
      data: place, loss: open.values.number(.loss), sparsity: open.values.number(.sparsity),
      nonZeroParameters: open.values.number(.nonZeroParameters))
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

  /// Looks up where things stand in rows with these columns.
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
          offset: formula.expression.offset, position: first))
      new.positions.append(positions)
    }
    if case .column(let name) = columns.order { new.order = names.position(of: name) }
    new.step = columns.step.flatMap(names.position)
    places = new
    guard cache.count < 512, cachedNames + names.names.count <= Self.mostCachedNames else { return }
    cachedNames += names.names.count
    cache[ObjectIdentifier(names)] = new
  }
}
