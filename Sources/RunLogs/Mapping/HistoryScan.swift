/// One pass over the log of a run.
///
/// Consecutive rows of one step, into which many loggers cut what they know of it, are put
/// together in the history.
package struct HistoryScan {
  package struct Found {
    package var value: Value
    /// The number of the file, as `name(ofFile:)` takes it.
    package var file: Int
    package var line: Int?
  }

  /// The last number of a quantity, a plain value as it is written for each row.
  private struct LastNumber {
    /// Whether it is the quantity's last value.
    var isLast = false
    var value = 0.0
    var file = 0
    var line: Int?
    /// The key of the last row that has the quantity.
    var key = -Double.infinity
  }

  package let resolution: Resolution
  /// The last value that is there of each quantity.
  package func last(_ quantity: Quantity) -> Found? {
    let number = numbers[quantity.index]
    return number.isLast
      ? Found(value: .number(number.value), file: number.file, line: number.line)
      : others[quantity.index]
  }
  private var numbers = [LastNumber](repeating: LastNumber(), count: Quantity.allCases.count)
  /// Values that are no numbers.
  private var others = [Found?](repeating: nil, count: Quantity.allCases.count)
  package private(set) var loss: LossWindow
  package private(set) var rows = 0
  /// The files that were met.
  private var files: [String] = []
  private var lastLine: Int?
  package var lastPlace: (file: String, line: Int?) { (files.last ?? "", lastLine) }
  package func name(ofFile number: Int) -> String { files[number] }
  /// If steps are noted, the last that is logged, and about the greatest difference of steps in the last rows.
  package private(set) var lastStep: Double?
  package private(set) var stepGap = 0.0
  /// Where the log goes back; found in a pass that is not given them.
  package private(set) var restarts = Restarts()
  /// What orders the rows, in the last row that has it: the data, else the step or epoch.
  package private(set) var lastKey: Double?
  /// How many rows were passed over because later ones replace them.
  package private(set) var replaced = 0
  /// The place of the first restart whose rows were passed over.
  package var firstRestart: (file: String, line: Int?)? { known?.first }
  private var history = Thinned<Checkpoint>()
  private var pending: Checkpoint?
  private let known: Restarts?
  private let constants: [String: Double]
  private let notesSteps: Bool
  /// The keys between which the loss is taken; nil for all rows.
  private let bounds: ClosedRange<Double>?
  /// The sparsity last read.
  package private(set) var sparsity: Double?
  private var seen = 0
  private var places = Places()
  private var cache: [ObjectIdentifier: Places] = [:]

  /// Where things stand in the rows that have certain columns.
  private struct Places {
    struct Entry {
      var quantity: Quantity
      var index: Int
      var isNumeric: Bool
      var position: Int
      /// The place in `products`, where the quantity is one.
      var product: Int?
      var times: Double
      var isDensity: Bool
    }
    var columns: ColumnNames?
    var entries: [Entry] = []
    /// The positions of the factors.
    var products: [[Int]] = []
    /// What orders the rows: the data if they are logged, else the step or epoch.
    var order: Int?
    var step: Int?
  }

  /// - Parameters:
  ///   - constants: the values of factors that the run's configuration gives.
  ///   - restarts: those of an earlier pass, to pass over the rows that they replace.
  ///   - bounds: the keys between which the loss is taken.
  ///   - notesSteps: whether `lastStep` is wanted.
  package init(
    _ resolution: Resolution, take: LossTake, constants: [String: Double] = [:],
    restarts: Restarts? = nil, bounds: ClosedRange<Double>? = nil, notesSteps: Bool = true
  ) {
    self.resolution = resolution
    self.constants = constants
    self.bounds = bounds
    self.notesSteps = notesSteps
    known = restarts
    loss = LossWindow(take)
  }

  /// Whether the loss is taken from a part of the rows.
  package var isBounded: Bool { bounds != nil }

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
    if files.last != file { files.append(file) }
    let file = files.count - 1
    lastLine = row.line
    if let key { lastKey = key }
    if notesSteps {
      note(step: places.step == places.order ? key : number(at: places.step, row))
    }
    var checkpoint = Checkpoint(data: .nan)
    var goesBack = false
    var loss: Double?
    var isLossOther = false
    for entry in places.entries {
      let number =
        entry.product != nil || !entry.isNumeric
        ? nil : entry.position == places.order ? key : row.finite(entry.position)
      guard let number else {
        guard let found = other(entry, row, file), entry.isNumeric else { continue }
        if let key {
          if key < numbers[entry.index].key { goesBack = true }
          numbers[entry.index].key = key
        }
        if entry.quantity == .loss { isLossOther = true }
        if case .number(let number) = found.value, number.isFinite {
          checkpoint.add(number, entry.quantity, times: entry.times, isDensity: entry.isDensity)
        }
        continue
      }
      let before = numbers[entry.index].key
      if let key, key < before { goesBack = true }
      numbers[entry.index] = LastNumber(
        isLast: true, value: number, file: file, line: row.line, key: key ?? before)
      if entry.quantity == .loss { loss = number }
      checkpoint.add(number, entry.quantity, times: entry.times, isDensity: entry.isDensity)
    }
    sparsity = checkpoint.sparsity ?? sparsity
    if loss != nil || isLossOther, bounds?.contains(lastKey ?? 0) ?? true {
      if let loss {
        self.loss.add(loss, file: file, line: row.line, sparsity: sparsity)
      } else if let found = last(.loss) {
        self.loss.add(found, sparsity: sparsity)
      }
    }
    if goesBack, known == nil, let key {
      restarts.add(row: index, step: key, file: files[file], line: row.line)
    }
    guard checkpoint.data.isFinite else { return }
    merge(checkpoint)
  }

  /// Takes in a quantity's cell that is no plain number: a product, text, or a value at fault; nil
  /// where nothing is there.
  private mutating func other(_ entry: Places.Entry, _ row: Row, _ file: Int) -> Found? {
    let value =
      entry.product.map { Product.value(places.products[$0].map { row[$0] }) }
      ?? row[entry.position]
    if value == .missing { return nil }
    if entry.isNumeric, case .missing = value.number { return nil }
    let found = Found(value: value, file: file, line: row.line)
    numbers[entry.index].isLast = false
    others[entry.index] = found
    return found
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
    position.flatMap { row.finite($0) }
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
      var positions: [Int] = []
      var times = column.times
      var isComplete = true
      for name in column.names {
        if let position = columns.position(of: name) {
          positions.append(position)
        } else if let factor = constants[name], column.names.count > 1 {
          times *= factor
        } else {
          isComplete = false
        }
      }
      guard isComplete, let first = positions.first else { continue }
      if positions.count > 1 { places.products.append(positions) }
      places.entries.append(
        Places.Entry(
          quantity: quantity, index: quantity.index, isNumeric: quantity.isNumeric, position: first,
          product: positions.count > 1 ? places.products.count - 1 : nil, times: times,
          isDensity: column.isDensity))
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
