import Plotting
import RunLogs
import ScalingLaws

/// The sparsity factor of the law relative to that of a dense model, against inverse density.
package struct SparsityTermFigure: SweepFigure {
  package static let name = "sparsity-term"

  /// A run's own factor: what its loss implies, given the rest of the law.
  package struct Implied: Hashable, Sendable {
    package var sparsity: Double
    /// Relative to the dense factor of the law.
    package var factor: Double
    /// How much a relative error of 1 in the run's loss moves it.
    package var leverage: Double

    package init(sparsity: Double, factor: Double, leverage: Double) {
      self.sparsity = sparsity
      self.factor = factor
      self.leverage = leverage
    }
  }

  /// (a_S (1 - S)^b_S + c_S) / (a_S + c_S) at sparsity S.
  package var factor: @Sendable (_ sparsity: Double) -> Double
  package var interval: (@Sendable (_ sparsity: Double) -> ClosedRange<Double>?)?
  /// What the factor falls to for S -> 1; 0 where it does not saturate.
  package var limit: Double
  package var implied: [Implied]
  package var sparsities: Series

  package init(
    factor: @escaping @Sendable (_ sparsity: Double) -> Double,
    interval: (@Sendable (_ sparsity: Double) -> ClosedRange<Double>?)? = nil, limit: Double,
    implied: [Implied] = [], sparsities: Series? = nil
  ) {
    self.factor = factor
    self.interval = interval
    self.limit = limit
    self.implied = implied
    self.sparsities = sparsities ?? Series(.sparsity, implied.map(\.sparsity))
  }

  /// With the factor that each run of the concluding fit implies.
  init?(_ sweep: FigureSweep) {
    guard let law = sweep.law.closed, law.respondsToSparsity else { return nil }
    let whole = sweep.law
    let dense = law.sparsityFactor(0)
    let replicates = sweep.replicates
    self.init(
      factor: { law.sparsityFactor($0) / dense },
      interval: { sparsity in
        replicates?.interval { (law: ScalingLaw) in
          law.closed.map { $0.sparsityFactor(sparsity) / $0.sparsityFactor(0) } ?? .nan
        }
      }, limit: law.cS / dense,
      implied: sweep.concludingRuns.map { run in
        let unit = 1 / law.sizeTerm(nonZeroParameters: run.n, sparsity: 0)
        func factor(_ loss: Double) -> Double {
          whole.sizeTerm(impliedBy: loss, data: run.d) * unit
        }
        return Implied(
          sparsity: run.sparsity, factor: factor(run.loss),
          leverage: (factor(1.001 * run.loss) - factor(run.loss)) / 0.001)
      }.filter { $0.factor.isFinite && $0.leverage > 0 }, sparsities: sweep.style.sparsities)
  }

  package var isDrawable: Bool { true }

  package var captionValues: TemplateValues {
    let largest = implied.map(\.sparsity).max() ?? 0.875
    return [
      "factor_sparsity": .text(NumberText.sparsity(nominalSparsity(largest))),
      "factor_value": .text(
        withInterval(factor(largest), interval?(largest), .significant(3))),
      "has_saturation": .flag(limit > 0),
      "factor_limit": .text(NumberText.significant(limit, 3)),
      "has_implied": .flag(!implied.isEmpty),
    ]
  }

  /// The weighted mean of the runs of each sparsity with two standard errors from their scatter.
  private var means: [DataPoint] {
    sparsities.levels.indices.compactMap { level -> DataPoint? in
      let members = implied.filter { sparsities.index(of: $0.sparsity) == level }
      return GroupMean(
        members.map(\.factor), weights: members.map { 1 / ($0.leverage * $0.leverage) }
      ).map { group in
        DataPoint(
          1 / (1 - sparsities.levels[level]), group.mean,
          interval: members.count > 2 ? group.interval : nil)
      }
    }
  }

  package func figure() -> Figure {
    let largest = implied.map(\.sparsity).max() ?? 0.984375
    let most = max(0.9375, min(1 - (1 - largest) / 2, 0.9999))
    let sampled = Scale.sparsity.samples(in: 0...most, count: 80, including: [largest])
    let points = sampled.map { DataPoint(1 / (1 - $0), factor($0), interval: interval?($0)) }
    var marks: [Mark] = []
    if interval != nil {
      marks.append(.band(BandMark("interval", points: points, color: .gray(0.88))))
    }
    if limit > 0 {
      marks.append(
        .rule(
          RuleMark(
            "limit", .horizontal, at: limit, style: LineStyle(Palette.reference, dash: .dotted),
            label: "limit *c*_{*S*} / (*a*_{*S*} + *c*_{*S*})")))
    }
    // A run is the larger the more precisely it is known.
    let least = implied.map(\.leverage).filter { $0 > 0 }.min() ?? 1
    for (bin, scale) in [0.3, 0.5, 0.75].enumerated() {
      let members = implied.filter {
        let precision = least / $0.leverage
        return (precision > 0.7 ? 2 : precision > 0.4 ? 1 : 0) == bin
      }
      guard !members.isEmpty else { continue }
      marks.append(
        .points(
          PointsMark(
            "implied by runs", points: members.map { DataPoint(1 / (1 - $0.sparsity), $0.factor) },
            marker: Marker(.circle, color: Palette.faint, scale: scale))))
    }
    let lastInside = 1 / (1 - largest)
    marks += curve(
      "factor", points.map { DataPoint($0.x, $0.y) }, style: LineStyle(Palette.ink)
    ) { $0.x <= lastInside * (1 + 1e-9) }
    for (level, mean) in means.enumerated() {
      marks.append(
        .points(
          PointsMark("mean of runs", points: [mean], marker: sparsities.marker(level))))
    }
    let shown =
      points.map(\.y) + means.flatMap { [$0.y] + ends($0) } + central(implied.map(\.factor)) + [1]
    let bottom = shown.min() ?? 0
    let domain = Scale.linear.domain(
      covering: shown + (limit > bottom - 0.3 ? [limit] : []), padding: 0.08)
    return Figure(
      name: Self.name,
      panels: [
        Panel(
          x: Axis(
            "Inverse density 1 / (1 \u{2212} *S*)", scale: .log10,
            ticks: .at([1, 2, 4, 8, 16, 32, 64, 128]), padding: 0.03),
          y: Axis("Sparsity factor relative to dense", short: "Factor, relative", domain: domain),
          marks: marks)
      ], legend: Legend(legend), height: .medium)
  }

  private func ends(_ point: DataPoint) -> [Double] {
    point.interval.map { [$0.lowerBound, $0.upperBound] } ?? []
  }

  private var legend: [Legend.Group] {
    var entries: [Legend.Entry] = [.init("law", .init(line: LineStyle(Palette.ink)))]
    if interval != nil { entries.append(.init("95\u{2009}% interval", .init(fill: .gray(0.88)))) }
    if !implied.isEmpty {
      entries.append(
        .init("run", .init(marker: Marker(.circle, color: Palette.faint, scale: 0.6))))
      entries.append(.init("mean", .init(marker: Marker(.circle, color: Palette.reference))))
    }
    return [Legend.Group(entries), .beyondData]
  }
}
