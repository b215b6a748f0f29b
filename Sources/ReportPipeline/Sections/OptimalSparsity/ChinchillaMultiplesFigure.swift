import Plotting
import RunLogs

/// The multiple of Chinchilla compute at which each sparsity becomes optimal.
package struct ChinchillaMultiplesFigure: SweepFigure {
  package static let name = "chinchilla-multiples"

  /// One way of counting compute.
  package struct Accounting: Sendable {
    /// As the results name it: `dense`.
    package var name: String
    /// Sparsity, multiple and the multiple's interval.
    package var thresholds: [DataPoint]
    /// The largest multiple that a run had.
    package var largest: Double

    package init(name: String, thresholds: [DataPoint], largest: Double = .infinity) {
      self.name = name
      self.thresholds = thresholds.filter { $0.y.isFinite }.sorted { $0.x < $1.x }
      self.largest = largest
    }
  }

  package var accountings: [Accounting]
  /// The largest sparsity with runs; lines beyond it are dashed and markers hollow.
  package var largestFitted: Double?

  package init(accountings: [Accounting], largestFitted: Double? = nil) {
    self.accountings = accountings
    self.largestFitted = largestFitted
  }

  init?(_ sweep: FigureSweep) {
    guard let optimal = sweep.analysis.optimalSparsity else { return nil }
    self.init(
      accountings: optimal.accountings.map { result in
        Accounting(
          name: result.model.accounting.name,
          thresholds: result.thresholds.map {
            DataPoint($0.sparsity, $0.chinchillaMultiple, interval: $0.interval)
          }, largest: sweep.multiples(result.model)?.upperBound ?? .infinity)
      },
      largestFitted: optimal.largestFittedSparsity)
  }

  package var isDrawable: Bool { accountings.contains { !$0.thresholds.isEmpty } }

  private var range: RobustRange { RobustRange(accountings.flatMap(\.thresholds), reach: 1500) }

  package var captionValues: TemplateValues {
    func begins(_ index: Int) -> String {
      guard accountings.indices.contains(index), let first = accountings[index].thresholds.first
      else { return "–" }
      return withInterval(first.y, first.interval, .multiple)
    }
    let last = accountings.first?.thresholds.last { $0.x <= (largestFitted ?? 1) + 0.005 }
    return [
      "dense_pays_from": .text(begins(0)), "sparse_pays_from": .text(begins(1)),
      "last_sparsity": .text(NumberText.sparsity(last.map { nominalSparsity($0.x) } ?? 0)),
      "last_multiple": .text(
        last.map { withInterval($0.y, $0.interval, .multiple) } ?? "–"),
    ]
  }

  package func figure() -> Figure {
    var bands: [Mark] = []
    var lines: [Mark] = []
    var markers: [Mark] = []
    var legend: [Legend.Entry] = []
    for (index, accounting) in accountings.enumerated() {
      let style = AccountingStyle.named(accounting.name)
      let points = accounting.thresholds
      func isBeyond(_ point: DataPoint) -> Bool {
        point.x > (largestFitted ?? 1) + 0.005 || point.y > accounting.largest
      }
      // Of three bands nobody could tell the third.
      if index < 2, points.contains(where: { $0.interval != nil }) {
        bands.append(
          .band(
            BandMark(
              "\(style.name) interval", points: points, color: style.color.withAlpha(0.16))))
      }
      lines += curve(
        style.name, points.map { DataPoint($0.x, $0.y) }, style: LineStyle(style.color)
      ) { !isBeyond($0) }
      for isHollow in [false, true] {
        let members = points.filter { isBeyond($0) == isHollow }
        guard !members.isEmpty else { continue }
        markers.append(
          .points(
            PointsMark(
              style.name + (isHollow ? " beyond the data" : ""),
              points: members.map { DataPoint($0.x, $0.y) },
              marker: Marker(style.shape, color: style.color, isHollow: isHollow))))
      }
      legend.append(
        .init(
          RichText(plain: style.name),
          .init(line: LineStyle(style.color), marker: Marker(style.shape, color: style.color))))
    }
    let rule = RuleMark(
      "Chinchilla compute", .horizontal, at: 1,
      style: LineStyle(Palette.reference, dash: .dotted), label: "Chinchilla compute")
    let y = Axis(
      "Multiple of Chinchilla compute", short: "Multiple of Chinchilla", scale: .log10,
      domain: Scale.log10.domain(covering: range.shown + [1], padding: 0.05))
    let sparsities = accountings.flatMap { $0.thresholds.map(\.x) }
    return Figure(
      name: Self.name,
      panels: [
        Panel(
          x: Axis(
            FigureUnits.sparsityLabel, scale: .sparsity, ticks: sparsityTicks(sparsities),
            format: .percent, padding: 0.03),
          y: y, marks: bands + [.rule(rule)] + lines + markers)
      ], legend: Legend([.init(legend), .beyondData]), height: .medium)
  }
}
