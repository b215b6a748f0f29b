import Plotting

/// Loss against model size with a curve for each sparsity, one panel for each amount of data; an
/// arrow from a sparse model to the dense one of equal loss is the effective-parameter multiplier.
package struct LossVersusParametersFigure: SweepFigure {
  package static let name = "loss-vs-parameters"

  var curves: LossCurves
  /// How many times its non-zero parameters a dense model of equal loss has.
  var multiplier: (@Sendable (_ sparsity: Double) -> Double)?

  package init(
    runs: [FigureRun], units: FigureUnits, style: SweepStyle? = nil, law: LossFunction? = nil,
    multiplier: (@Sendable (_ sparsity: Double) -> Double)? = nil
  ) {
    curves = LossCurves(
      name: Self.name, runs: runs, units: units, style: style ?? SweepStyle(runs), law: law,
      along: .size, by: .sparsity, panels: .data)
    self.multiplier = multiplier
  }

  /// Nil without a fit: a point or two on a published law are no figure.
  init?(_ sweep: FigureSweep) {
    guard sweep.hasFit else { return nil }
    self.init(runs: sweep.runs, units: sweep.units, style: sweep.style, law: sweep.checkLoss)
    let law = sweep.checkLaw
    if law.respondsToSparsity, law.hasConstantMultipliers {
      multiplier = { law.effectiveParameterMultiplier(sparsity: $0) }
    }
  }

  package var isDrawable: Bool { !curves.runs.isEmpty }

  /// The largest sparsity of the fitted runs, from which the arrow leads.
  private var sparsest: Double? {
    curves.runs.filter { !$0.isHeldOut && $0.sparsity > 0 }.map(\.sparsity).max()
  }

  package var captionValues: TemplateValues {
    var values = curves.captionValues
    values.set("has_arrow", .flag(multiplier != nil && sparsest != nil))
    values.set("arrow_sparsity", .text(sparsest.map(Quantity.sparsity.text) ?? ""))
    return values
  }

  package func figure() -> Figure {
    var curves = curves
    curves.extra = { arrow($0) }
    return curves.figure()
  }

  /// From the smallest sparse model of a panel to the dense one of equal loss.
  private func arrow(_ panel: Int) -> [Mark] {
    guard let multiplier, let law = curves.law, let sparsest else { return [] }
    let members = curves.runs.filter {
      curves.style.amounts.has($0, at: panel) && !$0.isHeldOut
    }
    let level = curves.style.sparsities.index(of: sparsest)
    let sizes = members.filter { curves.style.sparsities.index(of: $0.sparsity) == level }
      .map(\.n).sorted()
    guard !sizes.isEmpty, let largest = members.map(\.n).max() else { return [] }
    let d = curves.style.amounts.levels[panel]
    let factor = multiplier(sparsest)
    // Where the dense model is still among the runs, if there is such a size.
    let start = sizes[sizes.count / 2] * factor <= largest ? sizes[sizes.count / 2] : sizes[0]
    let loss = law(sparsest, start, d)
    guard factor.isFinite, factor > 1.02 else { return [] }
    let text = NumberFormat.factor.text((factor * 100).rounded() / 100, decimals: 2)
    return [
      .line(
        LineMark(
          "multiplier", points: [DataPoint(start, loss), DataPoint(start * factor, loss)],
          style: LineStyle(Palette.ink, scale: 0.9), isArrow: true)),
      .text(TextMark(text, .near(x: start * factor, y: loss), color: Palette.ink)),
    ]
  }
}
