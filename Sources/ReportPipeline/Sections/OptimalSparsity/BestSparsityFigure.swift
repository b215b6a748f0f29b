import Plotting
import RunLogs
import ScalingLaws

/// The best sparsity against the training budget, as a multiple of Chinchilla compute: the
/// direction in which a practitioner asks.
package struct BestSparsityFigure: SweepFigure {
  package static let name = "best-sparsity"

  /// One way of counting compute.
  package struct Accounting: Sendable {
    /// As the results name it: `dense`.
    package var name: String
    package var best: @Sendable (_ multiple: Double) -> Double
    package var interval: (@Sendable (_ multiple: Double) -> ClosedRange<Double>?)?
    /// The band from its other axis: sparsities as x, with the intervals of the multiples from which
    /// they are best.
    package var thresholds: [DataPoint]
    /// The multiples that the runs had.
    package var covered: ClosedRange<Double>?

    package init(
      name: String, best: @escaping @Sendable (_ multiple: Double) -> Double,
      interval: (@Sendable (_ multiple: Double) -> ClosedRange<Double>?)? = nil,
      thresholds: [DataPoint] = [],
      covered: ClosedRange<Double>? = nil
    ) {
      self.name = name
      self.best = best
      self.interval = interval
      self.thresholds = thresholds
      self.covered = covered
    }
  }

  package var accountings: [Accounting]
  /// The largest sparsity with runs.
  package var largestFitted: Double?
  package var sparsities: [Double]

  package init(
    accountings: [Accounting], largestFitted: Double? = nil, sparsities: [Double] = []
  ) {
    self.accountings = accountings
    self.largestFitted = largestFitted
    self.sparsities = sparsities
  }

  init?(_ sweep: FigureSweep) {
    guard let models = sweep.models else { return nil }
    let replicates = sweep.replicates
    let sampled = Scale.sparsity.samples(in: 0...ComputeModel.highestSparsity, count: 33)
    self.init(
      accountings: [models.dense, models.nonZero].map { model in
        Accounting(
          name: model.accounting.name,
          best: { model.optimalSparsity(chinchillaMultiple: $0) },
          interval: { multiple in
            replicates?.interval(in: model) { $0.optimalSparsity(chinchillaMultiple: multiple) }
          },
          thresholds: zip(
            sampled, replicates?.thresholdIntervals(model, sparsities: sampled) ?? []
          ).compactMap { sparsity, interval in
            interval.map { DataPoint(sparsity, $0.lowerBound, interval: $0) }
          },
          covered: sweep.multiples(model))
      }, largestFitted: sweep.concludingRuns.map(\.sparsity).max(), sparsities: sweep.levels)
  }

  package var isDrawable: Bool { !accountings.isEmpty }

  package var captionValues: TemplateValues {
    func best(_ index: Int, _ multiple: Double) -> String {
      guard accountings.indices.contains(index) else { return "–" }
      return withInterval(
        accountings[index].best(multiple), accountings[index].interval?(multiple), .percent(0))
    }
    return [
      "best_dense_at_ten": .text(best(0, 10)), "best_sparse_at_ten": .text(best(1, 10)),
      "largest_run_sparsity": .text(
        largestFitted.map { NumberText.sparsity(nominalSparsity($0)) } ?? "–"),
    ]
  }

  package func figure() -> Figure {
    let domain = multiplesDomain(covering: accountings.map(\.covered))
    var bands: [Mark] = []
    var lines: [Mark] = []
    for accounting in accountings {
      let style = AccountingStyle.named(accounting.name)
      let edges = accounting.thresholds.compactMap { point in point.interval.map { (point.x, $0) } }
      if edges.count > 1 {
        bands.append(
          .region(
            RegionMark(
              "\(style.name) interval",
              outline: edges.map { DataPoint($0.1.lowerBound, $0.0) }
                + edges.reversed().map { DataPoint($0.1.upperBound, $0.0) },
              color: style.color.withAlpha(0.16), extendsAxes: false)))
      }
      let ends = accounting.covered.map { [$0.lowerBound, $0.upperBound] } ?? []
      lines += curve(
        style.name,
        Scale.log10.samples(in: domain, count: 121, including: ends).map {
          DataPoint($0, accounting.best($0))
        }, style: LineStyle(style.color), label: LineLabel(RichText(plain: style.name), .beside)
      ) { point in
        accounting.covered?.contains(point.x) ?? true && point.y <= (largestFitted ?? 1) + 1e-9
      }
    }
    var rules: [Mark] = [
      .rule(
        RuleMark(
          "Chinchilla compute", .vertical, at: 1,
          style: LineStyle(Palette.reference, dash: .dotted), label: "Chinchilla"))
    ]
    if let largestFitted {
      rules.append(
        .rule(
          RuleMark(
            "sparsest run", .horizontal, at: largestFitted,
            style: LineStyle(Palette.reference, dash: .dotted), label: "sparsest run")))
    }
    let top = min(
      max(0.9, largestFitted ?? 0, accountings.map { $0.best(domain.upperBound) }.max() ?? 0),
      0.99)
    return Figure(
      name: Self.name,
      panels: [
        Panel(
          x: .chinchillaMultiples(domain),
          y: Axis(
            "Best sparsity (%)", scale: .sparsity,
            domain: Scale.sparsity.domain(covering: [0, top], padding: 0.04),
            ticks: sparsityTicks(sparsities, extras: [0.5, 0.75, 0.9, 0.95, 0.98]),
            format: .percent), marks: bands + rules + lines)
      ], legend: Legend([.beyondData], position: .inside), height: .medium)
  }
}
