import Plotting
import RunLogs
import ScalingLaws

/// A figure of loss curves along one quantity, with the change of loss that it shows.
package protocol LossFigure: FigureSource {
  /// The quantity along x, the one that tells curves apart and the one that tells panels apart.
  static var quantities: (along: Quantity, by: Quantity, panels: Quantity) { get }
  static var height: FigureHeight { get }
  var curves: LossCurves { get set }

  init(curves: LossCurves)

  /// Takes in what else the law of the check says.
  mutating func conclude(from law: ScalingLaw, _ replicates: BootstrapDistribution?)
}

extension LossFigure {
  package static var height: FigureHeight { .large }

  package init(
    runs: [FigureRun], units: FigureUnits, style: SweepStyle? = nil, law: LossFunction? = nil
  ) {
    var (along, by, panels) = Self.quantities
    let style = style ?? SweepStyle(runs)
    var height = Self.height
    // One level tells no curves apart: those of the other quantity, in one panel, say more.
    if style[by].isDense {
      (by, panels) = (panels, by)
      height = .medium
    }
    self.init(
      curves: LossCurves(
        name: Self.name, runs: runs, units: units, style: style, law: law, along: along, by: by,
        panels: panels, height: height))
  }

  /// Nil without a fit: a point or two on a published law are no figure.
  init?(_ sweep: FigureSweep) {
    guard sweep.hasFit else { return nil }
    self.init(runs: sweep.runs, units: sweep.units, style: sweep.style, law: sweep.checkLoss)
    guard sweep.analysis.study.concludes else { return }
    curves.effect = LossEffect(sweep, along: Self.quantities.along)
    conclude(from: sweep.checkLaw, sweep.checkReplicates)
  }

  package mutating func conclude(from law: ScalingLaw, _ replicates: BootstrapDistribution?) {}

  package var isDrawable: Bool { !curves.runs.isEmpty }

  package var captionValues: TemplateValues { curves.captionValues }

  package func figure() -> Figure { curves.figure() }
}

/// Loss against sparsity for each model size, one panel for each amount of data.
package struct LossVersusSparsityFigure: LossFigure, SweepFigure {
  package static let name = "loss-vs-sparsity"
  static let concludes = false
  package static let quantities = (
    along: Quantity.sparsity, by: Quantity.size, panels: Quantity.data
  )
  package var curves: LossCurves

  package init(curves: LossCurves) { self.curves = curves }

  /// Dense runs alone say nothing of sparsity.
  package var isDrawable: Bool { curves.runs.contains { $0.sparsity > 0 } }
}

/// Loss against data for each model size, one panel for each sparsity.
package struct LossVersusDataFigure: LossFigure, SweepFigure {
  package static let name = "loss-vs-data"
  static let concludes = false
  package static let quantities = (
    along: Quantity.data, by: Quantity.size, panels: Quantity.sparsity
  )
  package static let height = FigureHeight.medium
  package var curves: LossCurves

  package init(curves: LossCurves) { self.curves = curves }
}

/// Loss against model size with a curve for each sparsity, one panel for each amount of data; an
/// arrow from a sparse model to the dense one of equal loss is the effective-parameter multiplier.
package struct LossVersusParametersFigure: LossFigure, SweepFigure {
  package static let name = "loss-vs-parameters"
  static let concludes = false
  package static let quantities = (
    along: Quantity.size, by: Quantity.sparsity, panels: Quantity.data
  )
  package var curves: LossCurves
  /// How many times its non-zero parameters a dense model of equal loss has.
  package var multiplier: (@Sendable (_ sparsity: Double) -> Double)?
  package var multiplierInterval: (@Sendable (_ sparsity: Double) -> ClosedRange<Double>?)?

  package init(curves: LossCurves) { self.curves = curves }

  package mutating func conclude(from law: ScalingLaw, _ replicates: BootstrapDistribution?) {
    guard law.respondsToSparsity, law.hasConstantMultipliers else { return }
    multiplier = { law.effectiveParameterMultiplier(sparsity: $0) }
    multiplierInterval = { replicates?.multiplierInterval(sparsity: $0) }
  }

  /// The largest sparsity of the fitted runs, from which the arrow leads.
  private var sparsest: Double? {
    curves.runs.filter { !$0.isHeldOut && $0.sparsity > 0 }.map(\.sparsity).max()
  }

  package var captionValues: TemplateValues {
    var values = curves.captionValues
    let arrow = sparsest.flatMap { sparsity in multiplier.map { (sparsity, $0(sparsity)) } }
    values.set("has_arrow", .flag(arrow != nil))
    values.set("arrow_sparsity", .text(arrow.map { Quantity.sparsity.text($0.0) } ?? ""))
    values.set(
      "arrow_multiplier",
      .text(arrow.map { withInterval($0.1, multiplierInterval?($0.0), .multiple) } ?? ""))
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

/// What a caption says a quantity does to the loss: by the law, at the middle of the design.
struct LossEffect: Sendable {
  /// The relative change of the loss.
  var change: Double
  var interval: ClosedRange<Double>?
  /// Where the change is looked at.
  var sparsity: Double
  var n: Double
  var d: Double

  /// From dense to the largest fitted sparsity, or for twice the parameters or data.
  init?(_ sweep: FigureSweep, along: Quantity) {
    let runs = sweep.runs.filter { !$0.isHeldOut }
    func middle(_ quantity: Quantity) -> Double? {
      let levels = Series(quantity, runs.map(quantity.value)).levels
      return levels.isEmpty ? nil : levels[(levels.count - 1) / 2]
    }
    guard let n = middle(.size), let d = middle(.data),
      let most = runs.map(\.sparsity).max(), let least = runs.map(\.sparsity).min()
    else { return nil }
    (self.n, self.d, sparsity) = (n, d, along == .sparsity ? most : least)
    func change(_ law: ScalingLaw) -> Double {
      func loss(_ sparsity: Double, _ n: Double, _ d: Double) -> Double {
        law.loss(nonZeroParameters: n, sparsity: sparsity, data: d)
      }
      return switch along {
      case .sparsity: loss(most, n, d) / loss(0, n, d) - 1
      case .size: loss(least, 2 * n, d) / loss(least, n, d) - 1
      case .data: loss(least, n, 2 * d) / loss(least, n, d) - 1
      }
    }
    self.change = change(sweep.checkLaw)
    interval = sweep.checkReplicates?.interval(of: change)
    guard self.change.isFinite else { return nil }
  }
}

extension LossCurves {
  /// What its quantity does to the loss, and which panels a caption must say are missing.
  var captionValues: TemplateValues {
    let all = style[by].levels.count
    return runs.drawnValues.appending([
      "has_few_curves": .flag(series.levels.count < all),
      "drawn_curves": .text(NumberText.count(series.levels.count)),
      "all_curves": .text(NumberText.count(all)),
      "has_panels_left_out": .flag(!leftOut.isEmpty),
      "panels_left_out": .text(leftOut.joined(separator: ", ")),
      "has_effect": .flag(effect != nil),
      "effect_change": .text(
        effect.map { withInterval($0.change, $0.interval, .signedPercent(1)) } ?? ""),
      "effect_sparsity": .text(effect.map { NumberText.sparsity($0.sparsity) } ?? ""),
      "effect_size": .text(effect.map { NumberText.size($0.n) } ?? ""),
      "effect_data": .text(effect.map { NumberText.size($0.d) } ?? ""),
    ])
  }
}
