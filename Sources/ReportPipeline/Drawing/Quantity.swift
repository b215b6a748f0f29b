import Plotting
import RunLogs

/// One of the three quantities of the law.
package enum Quantity: Hashable, Sendable, CaseIterable {
  case sparsity, size, data

  /// The quantity's value of a run.
  func value(_ run: FigureRun) -> Double {
    switch self {
    case .sparsity: run.sparsity
    case .size: run.n
    case .data: run.d
    }
  }

  var scale: Scale { self == .sparsity ? .sparsity : .log10 }

  var ramp: Ramp {
    switch self {
    case .sparsity: .sparsity
    case .size: .size
    case .data: .data
    }
  }

  /// The letter of the law.
  var symbol: RichText {
    switch self {
    case .sparsity: "*S*"
    case .size: "*N*"
    case .data: "*D*"
    }
  }

  /// A level as words show it: `75 %`, `36.9k`.
  func text(_ value: Double) -> String {
    switch self {
    case .sparsity: NumberFormat.percent.text(nominalSparsity(value)).plainText + "\u{2009}%"
    case .size, .data: NumberFormat.si.rounded(value).plainText
    }
  }

  /// The quantity as an axis, with ticks at the sparsities of the design.
  func axis(_ units: FigureUnits, values: [Double] = [], padding: Double = 0.04) -> Axis {
    switch self {
    case .sparsity:
      Axis(
        FigureUnits.sparsityLabel, short: "Sparsity (%)", scale: .sparsity, includes: values,
        ticks: sparsityTicks(values), format: .percent, padding: padding)
    case .size:
      Axis(
        units.parametersLabel, short: "Parameters *N*", scale: .log10, format: .si,
        padding: padding)
    case .data:
      Axis(
        units.dataLabel, short: "Data *D*", scale: .log10, format: .si, padding: padding)
    }
  }
}

/// The levels of one quantity in a sweep, with the colour and the marker that each has in every
/// figure.
package struct Series: Hashable, Sendable {
  package let quantity: Quantity
  /// From low to high.
  package let levels: [Double]
  /// The levels on the quantity's scale.
  private let places: [Double]
  private let colors: [Color]

  /// More levels than this are named at the ends of their curves.
  static let mostListed = 9
  /// Of more levels than this not each has a curve.
  static let mostDrawn = 20

  /// - Parameter values: of each run; nearly equal ones are one level.
  package init(_ quantity: Quantity, _ values: [Double]) {
    self.quantity = quantity
    levels = (quantity == .sparsity ? Level.sparsities(values) : Level.grouping(values)).map(
      \.value)
    places = levels.map(quantity.scale.position)
    colors = quantity.ramp.colors(count: levels.count)
  }

  /// The level nearest to a value; nothing without levels.
  func index(of value: Double) -> Int? {
    guard !places.isEmpty else { return nil }
    let place = quantity.scale.position(of: value)
    var (low, high) = (0, places.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if place > (places[middle] + places[middle + 1]) / 2 {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// Whether a run's value is this level's.
  func has(_ run: FigureRun, at level: Int) -> Bool { index(of: quantity.value(run)) == level }

  func name(_ index: Int) -> String { quantity.text(levels[index]) }

  /// Whether it is the sparsity of dense runs alone, of which there is nothing to tell.
  var isDense: Bool { quantity == .sparsity && levels == [0] }

  /// What a level's marks are called in the figure's table.
  func label(_ index: Int, _ what: String = "") -> String {
    let words = [isDense ? "" : "\(quantity.symbol.plainText)=\(name(index))", what]
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// An even choice of its levels, where they are more than a figure can tell apart.
  var readable: Series {
    levels.count > Self.mostDrawn
      ? Series(quantity, evenChoice(Self.mostListed, of: levels.count).map { levels[$0] }) : self
  }

  func color(_ index: Int) -> Color { colors.indices.contains(index) ? colors[index] : Palette.ink }

  /// The colour of any value: between those of the levels around it, grey beyond them.
  package func color(of value: Double) -> Color {
    let place = quantity.scale.position(of: value)
    guard let above = places.firstIndex(where: { $0 >= place - 1e-9 }) else {
      return Palette.reference
    }
    guard above > 0, places[above] > place + 1e-9 else { return colors[above] }
    let share = (place - places[above - 1]) / (places[above] - places[above - 1])
    return colors[above - 1].mixed(with: colors[above], share: share)
  }

  func marker(_ index: Int, isHollow: Bool = false, scale: Double = 1) -> Marker {
    Marker(
      MarkerShape.sequence(index), color: color(index), isHollow: isHollow, scale: scale)
  }

  /// One entry for each of the levels, those of the figure. Of too many to list nothing where lines
  /// are named at their ends, else an even choice.
  func legendGroup(unit: String = "", lines: Bool, only shown: [Int]? = nil) -> Legend.Group? {
    if isDense { return nil }
    let all = shown ?? Array(levels.indices)
    let most = Series.mostListed
    guard all.count <= most || !lines else { return nil }
    let shown = evenChoice(most, of: all.count).map { all[$0] }
    let entries = shown.map { index in
      Legend.Entry(
        RichText(plain: name(index)),
        .init(line: lines ? LineStyle(color(index)) : nil, marker: marker(index)))
    }
    var title = unit.isEmpty ? quantity.symbol : "\(quantity.symbol) (\(unit))"
    if shown.count < all.count { title = "\(title), \(String(most)) of \(String(all.count))" }
    return Legend.Group(title: "\(title):", entries)
  }
}

/// One colour, one meaning: the levels of a sweep's three quantities, the same in every figure.
package struct SweepStyle: Hashable, Sendable {
  package let sparsities: Series
  package let sizes: Series
  package let amounts: Series

  /// - Parameter sparsities: levels beside those of the runs.
  package init(_ runs: [FigureRun], sparsities more: [Double] = []) {
    sparsities = Series(.sparsity, runs.map(\.sparsity) + more)
    sizes = Series(.size, runs.map(\.n))
    amounts = Series(.data, runs.map(\.d))
  }

  subscript(quantity: Quantity) -> Series {
    switch quantity {
    case .sparsity: sparsities
    case .size: sizes
    case .data: amounts
    }
  }

  /// Of levels that are as often used as the last one shown, an even choice; at most `most`, those
  /// with the most runs of different settings.
  func mostCovered(_ quantity: Quantity, by runs: [FigureRun], most: Int) -> [Int] {
    let series = self[quantity]
    var found = series.levels.map { _ in Set<[Int]>() }
    for run in runs {
      guard let level = series.index(of: quantity.value(run)) else { continue }
      found[level].insert(Quantity.allCases.map { self[$0].index(of: $0.value(run)) ?? 0 })
    }
    let settings = found.map(\.count)
    let all = series.levels.indices.filter { settings[$0] > 0 }
    guard all.count > most, most > 0 else { return all }
    let least = settings.sorted(by: >)[most - 1]
    let sure = all.filter { settings[$0] > least }
    let tied = all.filter { settings[$0] == least }
    let room = most - sure.count
    let even = evenChoice(room, of: tied.count).map { tied[$0] }
    return (sure + even).sorted()
  }
}

extension NumberFormat {
  /// The value to three significant digits, as labels of levels show it.
  func rounded(_ value: Double) -> RichText {
    guard value.isFinite, value > 0 else { return text(value) }
    let exponent = Scale.log10.position(of: value).rounded(.down)
    let unit = Scale.log10.value(at: exponent - 2)
    return text((value / unit).rounded() * unit)
  }
}

/// Ticks at 0 and the sparsities of a design: labels go to the ends first and then to the most
/// frequent.
///
/// - Parameters:
///   - values: The sparsity of each run.
///   - extras: Sparsities that get a tick where they are far enough from the design's.
func sparsityTicks(_ values: [Double], extras: [Double] = []) -> TickRule {
  var counts: [(value: Double, runs: Int)] = []
  for value in values.filter({ $0 >= 0 && $0 < 1 }).map(nominalSparsity).sorted() {
    if let last = counts.last, last.value == value {
      counts[counts.count - 1].runs += 1
    } else {
      counts.append((value, 1))
    }
  }
  // They keep their labels, and strays close to them get no tick.
  counts.sort { ($1.runs, $0.value) < ($0.runs, $1.value) }
  var chosen: [Double] = [0]
  func choose(_ values: [Double], atLeast distance: Double) {
    for value in values {
      let place = Scale.sparsity.position(of: value)
      if chosen.allSatisfy({ abs(Scale.sparsity.position(of: $0) - place) > distance }) {
        chosen.append(value)
      }
    }
  }
  choose(counts.map(\.value), atLeast: 0.2)
  if let last = chosen.indices.max(by: { chosen[$0] < chosen[$1] }), last > 1 {
    chosen.insert(chosen.remove(at: last), at: 1)
  }
  choose(extras, atLeast: 0.45)
  return chosen.count > 2 ? .at(chosen) : .automatic
}
