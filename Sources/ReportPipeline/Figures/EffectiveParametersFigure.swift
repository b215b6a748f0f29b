import Plotting

/// How many times its non-zero parameters a dense model of equal loss would need.
package struct EffectiveParametersFigure: FigureSource {
  package static let name = "effective-parameters"

  package var multiplier: @Sendable (_ sparsity: Double) -> Double
  package var interval: (@Sendable (_ sparsity: Double) -> ClosedRange<Double>?)?
  /// The multiplier for S -> 1, where it is finite.
  package var limit: Double?
  /// Sparsities that are marked: those of the runs.
  package var marked: [Double]
  /// The largest sparsity with runs; beyond it the curve is dashed.
  package var largestFitted: Double?

  package init(
    multiplier: @escaping @Sendable (_ sparsity: Double) -> Double,
    interval: (@Sendable (_ sparsity: Double) -> ClosedRange<Double>?)? = nil,
    limit: Double? = nil, marked: [Double] = [], largestFitted: Double? = nil
  ) {
    self.multiplier = multiplier
    self.interval = interval
    self.limit = limit
    self.marked = marked
    self.largestFitted = largestFitted
  }

  package var isDrawable: Bool { true }

  /// As many as a reader can tell apart, the largest among them.
  private func labelled(_ sparsities: [Double]) -> [Double] {
    let most = 6
    guard sparsities.count > most else { return sparsities }
    return (1...most).map { sparsities[$0 * sparsities.count / most - 1] }
  }

  package func figure() -> Figure {
    let most = max(0.984375, marked.max() ?? 0)
    let border = min(max(largestFitted ?? most, 0), most)
    func curve(_ range: ClosedRange<Double>) -> [DataPoint] {
      guard range.lowerBound < range.upperBound else { return [] }
      return Scale.sparsity.samples(in: range, count: 60).map {
        DataPoint($0, multiplier($0), interval: interval?($0))
      }
    }
    let inside = curve(0...border)
    let beyond = curve(border...most)
    let color = OkabeIto.blue
    var marks: [Mark] = []
    if interval != nil {
      marks.append(
        .band(
          BandMark("interval", points: curve(0...most), color: color.withAlpha(0.18))))
    }
    let range = RobustRange(curve(0...most), reach: 1.6).shown + [1]
    let top = range.max() ?? 1
    if let limit, limit.isFinite {
      let text = NumberFormat.factor.text((limit * 100).rounded() / 100)
      let words: RichText = "limit \(text)"
      if limit <= 1.3 * top {
        marks.append(
          .rule(
            RuleMark(
              "limit", .horizontal, at: limit, style: LineStyle(.gray(0.35), dash: .dotted),
              label: words)))
      } else {
        // A limit far above would press the curve flat: words are enough.
        marks.append(.text(TextMark(words, .frame(0.9, 0.06))))
      }
    }
    if !inside.isEmpty {
      marks.append(.line(LineMark("multiplier", points: inside, style: LineStyle(color))))
    }
    if !beyond.isEmpty {
      marks.append(
        .line(
          LineMark(
            "multiplier beyond the data", points: beyond,
            style: LineStyle(color, dash: .dashed))))
    }
    let distinct = SparsitySeries(marked).values
    if !distinct.isEmpty {
      marks.append(
        .points(
          PointsMark(
            "at the runs' sparsities", points: distinct.map { DataPoint($0, multiplier($0)) },
            marker: Marker(.circle, color: color))))
      for sparsity in labelled(distinct.filter { $0 > 0 }) {
        let value = multiplier(sparsity)
        guard value.isFinite else { continue }
        let text = NumberFormat.factor.text((value * 100).rounded() / 100, decimals: 2)
        marks.append(.text(TextMark(text, .near(x: sparsity, y: value), color: color.darker)))
      }
    }
    return Figure(
      name: Self.name,
      panels: [
        Panel(
          x: Axis(
            FigureUnits.sparsityLabel, scale: .sparsity, includes: [0, most],
            ticks: SparsityTicks(values: marked, extras: [0.5, 0.75, 0.9, 0.95, 0.98]).rule,
            format: .percent,
            padding: 0.03),
          y: Axis(
            "Effective-parameter multiplier",
            domain: Scale.linear.domain(
              covering: range + [limit ?? 1].filter { $0 <= 1.3 * top }, padding: 0.06),
            format: .factor),
          marks: marks)
      ], aspect: 0.56)
  }
}

extension Color {
  /// A shade for text on white.
  var darker: Color { mixed(with: .black, share: 0.2) }
}
