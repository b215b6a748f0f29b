import Plotting
import RunLogs

/// Pruning a trained dense model against training a sparse one from scratch: the data that the
/// latter needs for equal loss.
package struct PretrainedFigure: SweepFigure {
  package static let name = "pretrained"

  /// One pruned run.
  package struct PrunedRun: Hashable, Sendable {
    package var sparsity: Double
    package var n: Double
    /// Data of the pruning stage.
    package var pruningData: Double
    /// Data from scratch for equal loss, as a multiple of the pruning data alone.
    package var ofPruning: Double
    /// The same as a multiple of dense training and pruning together.
    package var ofBoth: Double
    package var ofPruningInterval: ClosedRange<Double>?
    package var ofBothInterval: ClosedRange<Double>?

    package init(
      sparsity: Double, n: Double, pruningData: Double, ofPruning: Double, ofBoth: Double,
      ofPruningInterval: ClosedRange<Double>? = nil, ofBothInterval: ClosedRange<Double>? = nil
    ) {
      self.sparsity = sparsity
      self.n = n
      self.pruningData = pruningData
      self.ofPruning = ofPruning
      self.ofBoth = ofBoth
      self.ofPruningInterval = ofPruningInterval
      self.ofBothInterval = ofBothInterval
    }
  }

  package var runs: [PrunedRun]
  package var units: FigureUnits
  package var sparsities: Series

  package init(runs: [PrunedRun], units: FigureUnits, sparsities: Series? = nil) {
    self.runs = runs
    self.units = units
    self.sparsities = sparsities ?? Series(.sparsity, runs.map(\.sparsity))
  }

  /// Runs whose loss the law reaches with some amount of data, and whose parent is known.
  init?(_ sweep: FigureSweep) {
    guard let pretrained = sweep.analysis.pretrained else { return nil }
    self.init(
      runs: pretrained.runs.compactMap { run in
        guard let both = run.multipleOfBoth, both.value.isFinite else { return nil }
        return PrunedRun(
          sparsity: run.run.sparsity, n: run.run.nonZeroParameters,
          pruningData: run.pruningData, ofPruning: run.multipleOfPruning.value,
          ofBoth: both.value, ofPruningInterval: run.multipleOfPruning.interval,
          ofBothInterval: both.interval)
      },
      units: sweep.units, sparsities: sweep.style.sparsities)
  }

  package var isDrawable: Bool { !runs.isEmpty }

  package var captionValues: TemplateValues {
    func range(_ values: [Double]) -> String {
      guard let low = values.min(), let high = values.max() else { return "–" }
      return low == high
        ? NumberText.multiple(low)
        : "\(NumberText.multiple(low)) to \(NumberText.multiple(high))"
    }
    return [
      "range_of_pruning": .text(range(runs.map(\.ofPruning))),
      "range_of_both": .text(range(runs.map(\.ofBoth))),
    ]
  }

  package func figure() -> Figure {
    // Stages are categories: their runs stand side by side, by sparsity and then size.
    let stages = Series(.data, runs.map(\.pruningData))
    let used = sparsities.levels.indices.filter { level in
      runs.contains { sparsities.index(of: $0.sparsity) == level }
    }
    let ordered = stages.levels.indices.map { stage in
      runs.filter { stages.index(of: $0.pruningData) == stage }.sorted {
        ($0.sparsity, $0.n) < ($1.sparsity, $1.n)
      }
    }
    let widest = Double(max(ordered.map(\.count).max() ?? 1, 1))
    func panel(
      _ title: RichText, _ value: (PrunedRun) -> Double,
      _ interval: (PrunedRun) -> ClosedRange<Double>?
    ) -> Panel {
      var marks: [Mark] = [
        .rule(
          RuleMark(
            "equal", .horizontal, at: 1, style: LineStyle(Palette.reference, dash: .dotted),
            label: "equal"))
      ]
      for level in used {
        let points = ordered.enumerated().flatMap { stage, members in
          members.enumerated().compactMap { slot, run -> DataPoint? in
            guard sparsities.index(of: run.sparsity) == level else { return nil }
            let shift = (Double(slot) - Double(members.count - 1) / 2) * 0.76 / widest
            return DataPoint(Double(stage) + shift, value(run), interval: interval(run))
          }
        }
        marks.append(
          .points(
            PointsMark(
              "S=\(sparsities.name(level))", points: points, marker: sparsities.marker(level))))
      }
      return Panel(
        title: title,
        x: Axis(
          units.data.isEmpty ? "Pruning data" : "Pruning data (\(units.data))",
          domain: -0.55...(Double(stages.levels.count) - 0.45),
          ticks: .labelled(
            stages.levels.indices.map(Double.init),
            stages.levels.indices.map { RichText(plain: stages.name($0)) })),
        y: Axis(
          "Data from scratch, multiple", short: "Data, multiple", scale: .log10, includes: [1],
          padding: 0.06),
        marks: marks)
    }
    return Figure(
      name: Self.name,
      panels: [
        panel("of the pruning data", \.ofPruning, \.ofPruningInterval),
        panel("of dense training and pruning", \.ofBoth, \.ofBothInterval),
      ], arrangement: .grid(maxColumns: 2, sharesX: true, sharesY: true),
      legend: Legend([sparsities.legendGroup(lines: false, only: used)].compactMap { $0 }),
      height: .medium)
  }
}
