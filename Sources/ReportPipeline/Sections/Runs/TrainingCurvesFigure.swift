import Plotting
import RunLogs

/// Loss over training for each sparsity, with the pruning window shaded.
package struct TrainingCurvesFigure: SweepFigure {
  package static let name = "training-curves"
  static let concludes = false

  /// One run's loss over training.
  package struct Curve: Hashable, Sendable {
    package var name: String
    package var n: Double
    package var sparsity: Double
    package var d: Double
    /// Share of training done and loss there.
    package var points: [DataPoint]

    package init(name: String, n: Double, sparsity: Double, d: Double, points: [DataPoint]) {
      self.name = name
      self.n = n
      self.sparsity = sparsity
      self.d = d
      self.points = points
    }
  }

  package var curves: [Curve]
  package var units: FigureUnits
  /// Shares of training between which weights are pruned.
  package var window: ClosedRange<Double>?
  package var style: SweepStyle
  static let mostPanels = 4

  package init(
    curves: [Curve], units: FigureUnits, window: ClosedRange<Double>? = nil,
    style: SweepStyle? = nil
  ) {
    // A run that was logged too seldom has no course.
    self.curves = curves.filter { $0.points.count > 2 }
    self.units = units
    // Where nothing was pruned there is no window.
    self.window = curves.contains { $0.sparsity > 0 } ? window : nil
    self.style = style ?? SweepStyle(curves.map(\.run))
  }

  init?(_ sweep: FigureSweep) {
    self.init(
      curves: sweep.loggedRuns.map { run in
        Curve(
          name: run.name, n: run.nonZeroParameters, sparsity: run.sparsity, d: run.data,
          points: run.history.compactMap { row in
            row.loss.map { DataPoint(row.data / run.data, $0) }
          })
      },
      units: sweep.units, window: sweep.schedule.start...sweep.schedule.end, style: sweep.style)
  }

  package var isDrawable: Bool { !curves.isEmpty }

  package var captionValues: TemplateValues {
    [
      "curves_data": .text(amount.map { NumberText.size(style.amounts.levels[$0]) } ?? "–"),
      "has_sizes_left_out": .flag(!leftOut.isEmpty),
      "sizes_left_out": .text(Words.list(leftOut.map(style.sizes.name))),
      "has_window": .flag(window != nil),
      "has_final_gap": .flag(finalGap(shown.first) != nil),
      "final_gap": .text(finalGap(shown.first) ?? ""),
      "has_last_final_gap": .flag(shown.count > 1 && finalGap(shown.last) != nil),
      "last_final_gap": .text(finalGap(shown.last) ?? ""),
    ]
  }

  /// Where the sparsest runs of a size end relative to the dense ones: mean over mean of the final
  /// losses.
  private func finalGap(_ size: Int?) -> String? {
    guard let size else { return nil }
    let members = members
    func losses(_ level: Int) -> [Double] {
      members.filter {
        style.sizes.index(of: $0.n) == size && style.sparsities.index(of: $0.sparsity) == level
      }.compactMap { $0.points.last?.y }
    }
    let series = style.sparsities
    let dense = series.levels.first == 0 ? losses(0) : []
    guard let level = series.levels.indices.last(where: { $0 > 0 && !losses($0).isEmpty }),
      let reference = GroupMean(dense)?.mean, let mean = GroupMean(losses(level))?.mean
    else { return nil }
    return
      "\(NumberText.signedPercent(mean / reference - 1, 1)) (\(series.name(level)), "
      + "N = \(style.sizes.name(size)))"
  }

  /// The amount of data whose runs are drawn: that of the most runs, of those the largest.
  private var amount: Int? {
    let counts = style.amounts.levels.indices.map { level in
      curves.count { style.amounts.index(of: $0.d) == level }
    }
    let most = counts.max()
    return counts.indices.last { counts[$0] == most && counts[$0] > 0 }
  }

  private var members: [Curve] {
    let amount = amount
    return curves.filter { style.amounts.index(of: $0.d) == amount }
  }

  private var sizes: [Int] {
    let present = Set(members.compactMap { style.sizes.index(of: $0.n) })
    return style.sizes.levels.indices.filter(present.contains)
  }

  private var shown: [Int] {
    style.mostCovered(
      .size, by: members.map(\.run),
      most: style.sparsities.isDense ? Series.mostListed : Self.mostPanels)
  }

  private var leftOut: [Int] { sizes.filter { !shown.contains($0) } }

  package func figure() -> Figure {
    let (members, shown) = (members, shown)
    let isDense = style.sparsities.isDense
    let series = isDense ? style.sizes : style.sparsities
    let panels = (isDense ? [shown] : shown.map { [$0] }).map { sizes -> Panel in
      var marks: [Mark] = []
      if let window {
        let range = (100 * window.lowerBound)...(100 * window.upperBound)
        marks.append(
          .span(SpanMark("pruning", axis: .horizontal, range: range, color: SpanMark.pruning)))
      }
      let own = members.filter { style.sizes.index(of: $0.n).map(sizes.contains) ?? false }
      for level in series.levels.indices {
        let curves = own.filter { series.has($0.run, at: level) }
        for (index, curve) in curves.enumerated() {
          // The last evaluation is often on more data than the others: a marker, not a step.
          let course = curve.points.dropLast().map { DataPoint(100 * $0.x, $0.y) }
          marks.append(
            .line(
              LineMark(
                curve.name, points: course, style: LineStyle(series.color(level), scale: 0.8),
                label: index == 0
                  ? LineLabel(RichText(plain: series.name(level)), .end) : nil)))
        }
        let last = curves.compactMap { curve in
          curve.points.last.map { DataPoint(100 * $0.x, $0.y) }
        }
        guard !last.isEmpty else { continue }
        marks.append(
          .points(
            PointsMark(
              series.label(level, "final"), points: last,
              marker: series.marker(level, scale: 0.8)
            )))
      }
      return Panel(
        title: isDense ? RichText() : "*N* = \(style.sizes.name(sizes[0]))",
        x: Axis("Training done (%)", domain: 0...102),
        y: Axis(units.lossLabel, short: units.shortLossLabel, scale: .log10), marks: marks)
    }
    let final = Legend.Entry(
      "final evaluation",
      .init(marker: Marker(.circle, color: Palette.reference, scale: 0.8)))
    return Figure(
      name: Self.name, panels: panels,
      arrangement: panels.count == 1
        ? .single : .grid(maxColumns: 4, sharesX: true, sharesY: true),
      legend: Legend([.init([final]), .pruning]),
      height: .medium)
  }
}

extension TrainingCurvesFigure.Curve {
  /// The run as other figures know it.
  fileprivate var run: FigureRun {
    FigureRun(name: name, n: n, sparsity: sparsity, d: d, loss: points.last?.y ?? .nan)
  }
}
