import Plotting
import RunLogs
import ScalingLaws

/// How many times its non-zero parameters a dense model of equal loss would need.
package struct EffectiveParametersFigure: SweepFigure {
  package static let name = "effective-parameters"

  package var multiplier: @Sendable (_ sparsity: Double) -> Double
  package var interval: (@Sendable (_ sparsity: Double) -> ClosedRange<Double>?)?
  /// The multiplier for S -> 1, where it is finite, and its interval.
  package var limit: Double?
  package var limitInterval: ClosedRange<Double>?
  /// The multipliers that pairs of measured runs give, at the sparse run's sparsity.
  package var pairs: [DataPoint]
  /// Of the runs.
  package var sparsities: Series

  package init(
    multiplier: @escaping @Sendable (_ sparsity: Double) -> Double,
    interval: (@Sendable (_ sparsity: Double) -> ClosedRange<Double>?)? = nil,
    limit: Double? = nil, limitInterval: ClosedRange<Double>? = nil, pairs: [DataPoint] = [],
    sparsities: Series
  ) {
    self.multiplier = multiplier
    self.interval = interval
    self.limit = limit.flatMap { $0.isFinite ? $0 : nil }
    self.limitInterval = limitInterval
    self.pairs = pairs
    self.sparsities = sparsities
  }

  init?(_ sweep: FigureSweep) {
    // A law that finds no gain has no curve to draw.
    guard sweep.law.respondsToSparsity, let multipliers = sweep.analysis.multipliers else {
      return nil
    }
    let (law, replicates, study) = (sweep.law, sweep.bandReplicates, sweep.analysis.study)
    self.init(
      multiplier: { study.multiplier(law, sparsity: $0) },
      interval: { sparsity in
        replicates?.interval { (law: ScalingLaw) in study.multiplier(law, sparsity: sparsity) }
      },
      limit: multipliers.limit, limitInterval: multipliers.limitInterval,
      pairs: Self.pairs(sweep.concludingRuns, amounts: sweep.style.amounts),
      sparsities: Series(.sparsity, sweep.concludingRuns.map(\.sparsity)))
  }

  /// Sparse runs against the dense runs of equal data: the dense size of equal loss, interpolated
  /// in log N and log L between two dense runs and never extrapolated, over the sparse run's N.
  package static func pairs(_ runs: [FigureRun], amounts: Series) -> [DataPoint] {
    amounts.levels.indices.flatMap { amount -> [DataPoint] in
      let members = runs.filter { amounts.has($0, at: amount) }.merged.map(\.run)
      let dense = members.filter { $0.sparsity == 0 }.sorted { $0.n < $1.n }
      return members.filter { $0.sparsity > 0 }.compactMap { run -> DataPoint? in
        let around = zip(dense, dense.dropFirst()).first {
          $0.loss >= run.loss && run.loss >= $1.loss && $0.loss > $1.loss
        }
        guard let (small, large) = around else { return nil }
        let log = Scale.log10.position
        let share = (log(small.loss) - log(run.loss)) / (log(small.loss) - log(large.loss))
        let size = log(small.n) + share * (log(large.n) - log(small.n))
        return DataPoint(run.sparsity, Scale.log10.value(at: size - log(run.n)))
      }
    }
  }

  package var isDrawable: Bool { true }

  /// The most sparsity of the runs; that of the standard table for a published law.
  private var largest: Double { sparsities.levels.last ?? 0.875 }

  package var captionValues: TemplateValues {
    [
      "most_sparsity": .text(NumberText.sparsity(nominalSparsity(largest))),
      "most_multiplier": .text(
        withInterval(multiplier(largest), interval?(largest), .multiple)),
      "has_pairs": .flag(!pairs.isEmpty),
      "has_finite_limit": .flag(limit != nil),
      "limit_words": .text(
        limit.map { withInterval($0, limitInterval, .multiple) } ?? ""),
    ]
  }

  package func figure() -> Figure {
    Figure(
      name: Self.name, panels: [panel()],
      legend: Legend([
        .init([
          .init("95\u{2009}% interval", .init(fill: Self.band)),
          .init("pair of runs", .init(marker: Marker(.circle, color: Palette.faint, scale: 0.6))),
        ]), .beyondData,
      ]), height: .medium)
  }

  private static let band = Color.gray(0.88)

  /// The panel alone, as the summary shows it too.
  func panel() -> Panel {
    let most = min(max(0.96875, 1 - (1 - largest) / 2), 0.9999)
    let border = sparsities.levels.isEmpty ? 0 : largest
    let points = Scale.sparsity.samples(in: 0...most, count: 80, including: [border]).map {
      DataPoint($0, multiplier($0), interval: interval?($0))
    }
    var marks: [Mark] = []
    if interval != nil {
      marks.append(.band(BandMark("interval", points: points, color: Self.band)))
    }
    let range = RobustRange(points, reach: 1.6).shown + [1]
    let top = range.max() ?? 1
    if let limit {
      let text = NumberFormat.factor.text((limit * 100).rounded() / 100)
      if limit <= 1.3 * top {
        marks.append(
          .rule(
            RuleMark(
              "limit", .horizontal, at: limit,
              style: LineStyle(Palette.reference, dash: .dotted), label: "limit \(text)")))
      } else {
        let ends = limitInterval.map { interval -> RichText in
          let (low, high) = (interval.lowerBound, interval.upperBound)
          let end = NumberFormat.factor
          return " (\(end.rounded(low)) to \(end.rounded(high)))"
        }
        marks.append(
          .text(TextMark("limit \(text)\(ends ?? ""), off scale", .frame(0.85, 0.05))))
      }
    }
    if !pairs.isEmpty {
      marks.append(
        .points(
          PointsMark(
            "pairs of runs", points: pairs,
            marker: Marker(.circle, color: Palette.faint, scale: 0.5))))
    }
    marks += curve(
      "multiplier", points.map { DataPoint($0.x, $0.y) }, style: LineStyle(Palette.ink)
    ) { border == 0 || $0.x <= border + 1e-9 }
    for (level, sparsity) in sparsities.levels.enumerated() where sparsity > 0 {
      let value = multiplier(sparsity)
      guard value.isFinite else { continue }
      marks.append(
        .points(
          PointsMark(
            "at the runs' sparsities", points: [DataPoint(sparsity, value)],
            marker: sparsities.marker(level))))
      if labelled.contains(level) {
        let text = NumberFormat.factor.text((value * 100).rounded() / 100, decimals: 2)
        marks.append(
          .text(
            TextMark(text, .near(x: sparsity, y: value), color: sparsities.color(level))))
      }
    }
    return Panel(
      x: Axis(
        FigureUnits.sparsityLabel, scale: .sparsity, includes: [0, most],
        ticks: sparsityTicks(sparsities.levels, extras: [0.5, 0.75, 0.9, 0.95, 0.98]),
        format: .percent, padding: 0.03),
      y: Axis(
        "Effective-parameter multiplier", short: "Multiplier",
        domain: Scale.linear.domain(
          covering: range + central(pairs.map(\.y)) + [limit ?? 1].filter { $0 <= 1.3 * top },
          padding: 0.06),
        format: .factor),
      marks: marks)
  }

  /// As many levels as a reader can tell apart, the largest among them.
  private var labelled: [Int] {
    let shown = sparsities.levels.indices.filter { sparsities.levels[$0] > 0 }
    let most = 6
    guard shown.count > most else { return shown }
    return (1...most).map { shown[$0 * shown.count / most - 1] }
  }
}
