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
    package var best: @Sendable (_ multiple: Double) -> Double
    /// The loss of a sparsity at a multiple of Chinchilla compute.
    package var loss: @Sendable (_ sparsity: Double, _ multiple: Double) -> Double
    /// The multiples that the runs had.
    package var covered: ClosedRange<Double>?

    package init(
      name: String, best: @escaping @Sendable (_ multiple: Double) -> Double,
      loss: @escaping @Sendable (_ sparsity: Double, _ multiple: Double) -> Double,
      covered: ClosedRange<Double>? = nil
    ) {
      self.name = name
      self.best = best
      self.loss = loss
      self.covered = covered
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
    let covered = BestSparsityFigure(sweep)?.accountings.map(\.covered) ?? []
    self.init(
      accountings: [models.dense, models.nonZero].enumerated().map { index, model in
        let unit = model.chinchillaFlops(nonZeroParameters: n)
        return Accounting(
          name: model.accounting.name,
          best: { model.optimalSparsity(chinchillaMultiple: $0) },
          loss: { model.loss(nonZeroParameters: n, sparsity: $0, flops: $1 * unit) },
          covered: covered.indices.contains(index) ? covered[index] : nil)
      }, n: n)
  }

  package var isDrawable: Bool { citedMultiple != nil }

  /// The multiple of Chinchilla compute that the caption speaks of: ten, or the nearest at which a
  /// sparsity can be too high by so much.
  private var citedMultiple: Double? {
    guard let last = accountings.last else { return nil }
    return [10, 3, 1, 0.3, 0.1].first { cost(last, Self.distance, $0) != nil }
  }

  /// Loss over the best, in per cent; nothing where the sparsity would not be in [0, 1).
  private func cost(_ accounting: Accounting, _ offset: Double, _ multiple: Double) -> Double? {
    let best = accounting.best(multiple)
    let sparsity = best + offset
    guard (0..<ComputeModel.highestSparsity).contains(sparsity) else { return nil }
    let cost = 100 * (accounting.loss(sparsity, multiple) / accounting.loss(best, multiple) - 1)
    return cost.isFinite ? cost : nil
  }

  package var captionValues: TemplateValues {
    guard let last = accountings.last, let multiple = citedMultiple else { return [:] }
    func text(_ cost: Double?) -> String { cost.map { NumberText.percent($0 / 100, 1) } ?? "" }
    let low = cost(last, -Self.distance, multiple)
    return [
      "cost_size": .text(NumberText.size(n)), "cost_multiple": .text(NumberText.multiple(multiple)),
      "cost_too_high": .text(text(cost(last, Self.distance, multiple))),
      "cost_too_low": .text(text(low)), "has_cost_too_low": .flag(low != nil),
    ]
  }

  package func figure() -> Figure {
    let covered = accountings.compactMap(\.covered)
    let domain =
      max(
        min(covered.map(\.lowerBound).min() ?? 0.1, 0.1), 1e-3)...min(
        max(covered.map(\.upperBound).max() ?? 100, 100), 1e4)
    let panels = [
      (-Self.distance, "too low by 25 points"), (Self.distance, "too high by 25 points"),
    ]
    .map { offset, title -> Panel in
      let marks = accountings.flatMap { accounting -> [Mark] in
        let style = AccountingStyle.named(accounting.name)
        let points = Scale.log10.samples(in: domain, count: 121).compactMap { multiple in
          cost(accounting, offset, multiple).map { DataPoint(multiple, $0) }
        }
        return curve(style.name, points, style: LineStyle(style.color)) {
          accounting.covered?.contains($0.x) ?? true
        }
      }
      return Panel(
        title: RichText(plain: "sparsity \(title)"),
        x: Axis(
          "Training compute, multiple of Chinchilla", short: "Multiple of Chinchilla",
          scale: .log10, domain: domain),
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
