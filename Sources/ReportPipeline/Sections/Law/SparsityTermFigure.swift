import Plotting
import RunLogs
import ScalingLaws

/// The sparsity factor of the law relative to that of a dense model, against inverse density.
package struct SparsityTermFigure: SweepFigure {
  package static let name = "sparsity-term"

  /// A run's own factor: what its loss implies, given the rest of the law.
  package struct Implied: Hashable, Sendable {
    package var sparsity: Double
    /// Non-zero parameters; runs of one sparsity and size may share their error.
    package var n: Double
    /// Relative to the dense factor of the law.
    package var factor: Double
    /// How much a relative error of 1 in the run's loss moves it.
    package var leverage: Double

    package init(sparsity: Double, n: Double, factor: Double, leverage: Double) {
      self.sparsity = sparsity
      self.n = n
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
          sparsity: run.sparsity, n: run.n, factor: factor(run.loss),
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

  /// The weighted mean of the runs of each sparsity, with its interval where they have sizes enough.
  private var means: [(level: Int, point: DataPoint)] {
    let sizes = Series(.size, implied.map(\.n))
    return sparsities.levels.indices.compactMap { level in
      let members = implied.filter { sparsities.index(of: $0.sparsity) == level }
      let (factors, weights) = (
        members.map(\.factor), members.map { 1 / ($0.leverage * $0.leverage) }
      )
      let clusters = members.map { sizes.index(of: $0.n) }
      return GroupMean(factors, weights: weights).map { group in
        let interval = ClusteredMean(factors, weights: weights, clusters: clusters)?.interval
        return (
          level, DataPoint(1 / (1 - sparsities.levels[level]), group.mean, interval: interval)
        )
      }
    }
  }

  private static let band = Color.gray(0.88)

  package func figure() -> Figure {
    let largest = implied.map(\.sparsity).max() ?? 1
    let most = implied.isEmpty ? 0.984375 : max(0.9375, min(1 - (1 - largest) / 2, 0.9999))
    let sampled = Scale.sparsity.samples(in: 0...most, count: 80, including: [largest])
    let points = sampled.map { DataPoint(1 / (1 - $0), factor($0), interval: interval?($0)) }
    var marks: [Mark] = []
    if interval != nil {
      marks.append(.band(BandMark("interval", points: points, color: Self.band)))
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
    let means = means
    for (level, mean) in means {
      marks.append(
        .points(
          PointsMark("mean of runs", points: [mean], marker: sparsities.marker(level))))
    }
    let shown =
      points.map(\.y) + means.flatMap { [$0.point.y] + ends($0.point) }
      + central(implied.map(\.factor)) + [1]
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
      ],
      legend: Legend([
        .init([
          .init("law", .init(line: LineStyle(Palette.ink))),
          .init("95\u{2009}% interval", .init(fill: Self.band)),
          .init("run", .init(marker: Marker(.circle, color: Palette.faint, scale: 0.6))),
          .init("mean", .init(marker: Marker(.circle, color: Palette.reference))),
        ]), .beyondData,
      ]), height: .medium)
  }

  private func ends(_ point: DataPoint) -> [Double] {
    point.interval.map { [$0.lowerBound, $0.upperBound] } ?? []
  }
}
