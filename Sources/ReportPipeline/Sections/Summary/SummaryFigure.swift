import Plotting
import ScalingLaws

/// The results of a sweep at a glance, for a talk or a first page: loss with the law, the held-out
/// runs in context, optimal sparsity and the effective-parameter multiplier.
package struct SummaryFigure: SweepFigure {
  package static let name = "summary"

  /// With titles, without letters.
  package var panels: [Panel]

  /// What the largest sparsity of the runs is worth, as the caption says it.
  package var worth: TemplateValues = ["most_sparsity": .text(""), "most_multiplier": .text("")]

  package init(panels: [Panel]) { self.panels = panels }

  init?(_ sweep: FigureSweep) {
    var panels: [Panel] = []
    func add(_ panel: Panel?, _ title: RichText) {
      guard var panel else { return }
      panel.title = title
      panels.append(panel)
    }
    if sweep.hasFit, let level = sweep.style.mostCovered(.data, by: sweep.runs, most: 1).first {
      let amount = sweep.style.amounts.name(level)
      func curves(_ along: Quantity, _ by: Quantity) -> Panel {
        // A panel of the summary has no legend.
        LossCurves(
          name: Self.name, runs: sweep.runs, units: sweep.units, style: sweep.style,
          law: sweep.checkLoss, along: along, by: by, panels: .data, isNamedAtEnds: true
        ).panel(level)
      }
      if sweep.runs.contains(where: { $0.sparsity > 0 }) {
        add(curves(.sparsity, .size), "loss and law, *D* = \(amount)")
      }
      let isHeldOut = sweep.runs.contains {
        $0.isHeldOut && sweep.style.amounts.has($0, at: level)
      }
      add(
        curves(.size, .sparsity),
        isHeldOut ? "extrapolation, *D* = \(amount)" : "loss and size, *D* = \(amount)")
    }
    let optimal = OptimalSparsityFigure(sweep)
    add(
      optimal.flatMap { figure in
        var figure = figure
        figure.showsPublished = false
        return figure.accountings.last.map(figure.panel)
      }, "optimal sparsity, non-zero FLOPs")
    let multiplier = EffectiveParametersFigure(sweep)
    add(multiplier?.panel(), "effective parameters")
    self.init(panels: panels)
    if let multiplier { worth = multiplier.captionValues }
  }

  package var isDrawable: Bool { panels.count > 1 }

  package var captionValues: TemplateValues {
    worth.appending(["summary_panels": .text(Words.list(letters))])
  }

  private var letters: [String] {
    panels.indices.map { index in
      let letter = UnicodeScalar(UInt8(97 + min(index, 25)))
      return "(\(String(Character(letter)))) \(panels[index].title.plainText)"
    }
  }

  package func figure() -> Figure {
    let lettered = zip(panels, "abcdefghijklmnopqrstuvwxyz").map { panel, letter in
      var panel = panel
      panel.title = "(\(String(letter))) \(panel.title)"
      return panel
    }
    return Figure(
      name: Self.name, panels: lettered,
      arrangement: .grid(maxColumns: 2, sharesX: false, sharesY: false), height: .large)
  }
}
