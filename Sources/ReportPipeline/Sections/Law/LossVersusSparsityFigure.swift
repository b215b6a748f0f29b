import Plotting
import RunLogs

/// Loss against sparsity for each model size, one panel for each amount of data.
package struct LossVersusSparsityFigure: SweepFigure {
  package static let name = "loss-vs-sparsity"

  let curves: LossCurves

  package init(
    runs: [FigureRun], units: FigureUnits, style: SweepStyle? = nil, law: LossFunction? = nil
  ) {
    curves = LossCurves(
      name: Self.name, runs: runs, units: units, style: style ?? SweepStyle(runs), law: law,
      along: .sparsity, by: .size, panels: .data)
  }

  /// Nil without a fit: a point or two on a published law are no figure.
  init?(_ sweep: FigureSweep) {
    guard sweep.hasFit else { return nil }
    self.init(runs: sweep.runs, units: sweep.units, style: sweep.style, law: sweep.checkLoss)
  }

  /// Dense runs alone say nothing of sparsity.
  package var isDrawable: Bool { curves.runs.contains { $0.sparsity > 0 } }

  package var captionValues: TemplateValues { curves.captionValues }

  package func figure() -> Figure { curves.figure() }
}

extension LossCurves {
  /// Which panels a caption must say are missing.
  var captionValues: TemplateValues {
    [
      "has_panels_left_out": .flag(!leftOut.isEmpty),
      "panels_left_out": .text(leftOut.joined(separator: ", ")),
    ]
  }
}
