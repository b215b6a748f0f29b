import Plotting
import ScalingLaws

/// What a wrong sparsity costs: the loss over that of the best sparsity, for one 25 percentage
/// points below it and one 25 points above.
package struct WrongSparsityFigure: SweepFigure {
  package static let name = "wrong-sparsity"

  /// One way of counting compute.
  package struct Accounting: Sendable {
    /// As the results name it: `dense`.
    package var name: String
    /// The loss over the best less one, of a sparsity that is so far from the best at a multiple of
    /// Chinchilla compute; NaN where it would not be in [0, 1).
    package var cost: @Sendable (_ offset: Double, _ multiple: Double) -> Double
    package var interval:
      (@Sendable (_ offset: Double, _ multiple: Double) -> ClosedRange<Double>?)?
    /// The multiples that the runs had.
    package var covered: ClosedRange<Double>?
    /// Whether runs were as sparse as one so far from the best.
    package var isRun: @Sendable (_ offset: Double, _ multiple: Double) -> Bool

    package init(
      name: String, cost: @escaping @Sendable (_ offset: Double, _ multiple: Double) -> Double,
      interval: (@Sendable (_ offset: Double, _ multiple: Double) -> ClosedRange<Double>?)? = nil,
      covered: ClosedRange<Double>? = nil,
      isRun: @escaping @Sendable (_ offset: Double, _ multiple: Double) -> Bool = { _, _ in true }
    ) {
      self.name = name
      self.cost = cost
      self.interval = interval
      self.covered = covered
      self.isRun = isRun
    }
  }

  package var accountings: [Accounting]
  /// The size that losses are given for.
  package var n: Double

  /// How far the sparsity is off.
  static let distance = 0.25

  package init(accountings: [Accounting], n: Double) {
    self.accountings = accountings
    self.n = n
  }

  init?(_ sweep: FigureSweep) {
    guard let models = sweep.models, let optimal = sweep.analysis.optimalSparsity else {
      return nil
    }
    let n = optimal.referenceParameters
    let replicates = sweep.bandReplicates
    let sparsest = sweep.concludingRuns.map(\.sparsity).max() ?? 1
    self.init(
      accountings: [models.dense, models.nonZero].map { model in
        @Sendable func cost(_ model: ComputeModel, _ offset: Double, _ multiple: Double) -> Double {
          let flops = multiple * model.chinchillaFlops(nonZeroParameters: n)
          func loss(_ sparsity: Double) -> Double {
            model.loss(nonZeroParameters: n, sparsity: sparsity, flops: flops)
          }
          let best = model.optimalSparsity(chinchillaMultiple: multiple, nonZeroParameters: n)
          let sparsity = best + offset
          guard (0..<ComputeModel.highestSparsity).contains(sparsity) else { return .nan }
          return loss(sparsity) / loss(best) - 1
        }
        return Accounting(
          name: model.accounting.name, cost: { cost(model, $0, $1) },
          interval: { offset, multiple in
            replicates?.interval(in: model) { cost($0, offset, multiple) }
          }, covered: sweep.multiples(model),
          isRun: { offset, multiple in
            model.optimalSparsity(chinchillaMultiple: multiple, nonZeroParameters: n) + offset
              <= sparsest + 0.005
          })
      }, n: n)
  }

  package var isDrawable: Bool { citedMultiple != nil }

  /// The multiple of Chinchilla compute that the caption speaks of: ten, or the nearest at which a
  /// sparsity can be too high by so much.
  private var citedMultiple: Double? {
    guard let last = accountings.last else { return nil }
    return [10, 3, 1, 0.3, 0.1].first { last.cost(Self.distance, $0).isFinite }
  }

  package var captionValues: TemplateValues {
    guard let last = accountings.last, let multiple = citedMultiple else { return [:] }
    func text(_ offset: Double) -> String {
      let cost = last.cost(offset, multiple)
      return cost.isFinite
        ? withInterval(cost, last.interval?(offset, multiple), .percent(1)) : ""
    }
    return [
      "cost_size": .text(NumberText.size(n)),
      "cost_multiple": .text(Style.setMultiple.text(multiple)),
      "cost_too_high": .text(text(Self.distance)), "cost_too_low": .text(text(-Self.distance)),
      "has_cost_too_low": .flag(last.cost(-Self.distance, multiple).isFinite),
    ]
  }

  package func figure() -> Figure {
    let domain = multiplesDomain(covering: accountings.map(\.covered))
    let panels = [
      (-Self.distance, "25 points too low"), (Self.distance, "25 points too high"),
    ]
    .map { offset, title -> Panel in
      let marks = accountings.flatMap { accounting -> [Mark] in
        let style = AccountingStyle.named(accounting.name)
        let points = Scale.log10.samples(in: domain, count: 121).map { multiple in
          DataPoint(multiple, 100 * accounting.cost(offset, multiple))
        }.filter(\.y.isFinite)
        return curve(style.name, points, style: LineStyle(style.color)) {
          accounting.covered?.contains($0.x) ?? true && accounting.isRun(offset, $0.x)
        }
      }
      return Panel(
        title: RichText(plain: title),
        x: .chinchillaMultiples(domain),
        y: Axis("Loss over the best (%)", short: "Over the best (%)", includes: [0, 1]),
        marks: marks)
    }
    let entries = accountings.map { accounting -> Legend.Entry in
      let style = AccountingStyle.named(accounting.name)
      return .init(RichText(plain: style.name), .init(line: LineStyle(style.color)))
    }
    return Figure(
      name: Self.name, panels: panels,
      arrangement: .grid(maxColumns: 2, sharesX: true, sharesY: true),
      legend: Legend([Legend.Group(entries), .beyondData]), height: .medium)
  }
}
