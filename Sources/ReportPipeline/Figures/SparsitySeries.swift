import Plotting
import RunLogs

/// Colours and markers for the sparsities of a design, shared by all figures that tell runs
/// apart by sparsity.
struct SparsitySeries: Sendable {
  /// From low to high.
  let values: [Double]
  private let colors: [Color]

  /// - Parameter values: The sparsity of each run; nearly equal ones are one series.
  init(_ values: [Double]) {
    var distinct: [Double] = []
    for value in values.filter({ $0 >= 0 && $0 < 1 }).sorted() {
      let place = Scale.sparsity.position(of: value)
      if let last = distinct.last, place - Scale.sparsity.position(of: last) < 0.15 { continue }
      distinct.append(value)
    }
    self.values = distinct
    colors = ColorMap.viridis.colors(count: distinct.count)
  }

  /// The series that a run of this sparsity belongs to.
  func index(of sparsity: Double) -> Int {
    let place = Scale.sparsity.position(of: sparsity)
    return values.lastIndex { Scale.sparsity.position(of: $0) <= place + 1e-9 } ?? 0
  }

  func color(_ index: Int) -> Color { colors.indices.contains(index) ? colors[index] : .black }

  func marker(_ index: Int, isHollow: Bool = false) -> Marker {
    Marker(MarkerShape.sequence(index), color: color(index), isHollow: isHollow)
  }

  /// Where no markers tell the series apart in grey.
  func dashedLine(_ index: Int, scale: Double = 1) -> LineStyle {
    let dashes: [LineStyle.Dash] = [.solid, .dashed, .dashDotted, .longDashed]
    return LineStyle(color(index), dash: dashes[index % dashes.count], scale: scale)
  }

  func name(_ index: Int) -> String {
    SparsitySeries.percent(values.indices.contains(index) ? values[index] : 0)
  }

  /// Lines that go without markers are dashed.
  func legendGroup(lines: Bool, markers: Bool = true) -> Legend.Group {
    if values.count > 12, let low = values.first, let high = values.last {
      let bar = Legend.ColorBar(
        map: .viridis, scale: .sparsity, domain: low...high, format: .percent)
      return Legend.Group(title: "*S* (%):", [], colorBar: bar)
    }
    let entries = values.indices.map { index in
      Legend.Entry(
        RichText(plain: name(index)),
        .init(
          line: lines ? (markers ? LineStyle(color(index)) : dashedLine(index)) : nil,
          marker: markers ? marker(index) : nil))
    }
    return Legend.Group(title: "*S*:", entries)
  }

  /// A sparsity as words show it.
  static func percent(_ sparsity: Double) -> String {
    NumberFormat.percent.text(nominalSparsity(sparsity)).plainText + "\u{2009}%"
  }
}

/// The points of runs, one mark for each sparsity, held-out runs hollow.
func sparsityPoints(
  _ runs: [FigureRun], series: SparsitySeries, _ point: (FigureRun) -> DataPoint?
) -> [Mark] {
  // Many runs are told apart by the cloud they form, not one by one.
  let scale = runs.count > 150 ? 0.65 : 1
  return series.values.indices.flatMap { index -> [Mark] in
    [false, true].compactMap { isHeldOut in
      let members = runs.filter {
        series.index(of: $0.sparsity) == index && $0.isHeldOut == isHeldOut
      }
      let points = members.compactMap(point)
      guard !points.isEmpty else { return nil }
      let name = "S=\(series.name(index))\(isHeldOut ? " held out" : "")"
      var marker = series.marker(index, isHollow: isHeldOut)
      marker.scale = scale
      return .points(PointsMark(name, points: points, marker: marker))
    }
  }
}
