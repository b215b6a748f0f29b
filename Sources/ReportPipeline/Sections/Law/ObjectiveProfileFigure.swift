import Plotting
import ScalingLaws

/// The objective along each exponent with all other coefficients refitted, relative to its least
/// value: how sharp the optimum is, and where the published value lies.
package struct ObjectiveProfileFigure: SweepFigure {
  package static let name = "objective-profile"

  package struct Profile: Hashable, Sendable {
    /// The exponent: `b_S`.
    package var name: String
    /// Value of the exponent and the least objective there.
    package var points: [DataPoint]
    package var best: DataPoint
    /// The interval of the exponent.
    package var interval: ClosedRange<Double>?
    package var published: Double?

    package init(
      name: String, points: [DataPoint], best: DataPoint, interval: ClosedRange<Double>? = nil,
      published: Double? = nil
    ) {
      self.name = name
      self.points = points
      self.best = best
      self.interval = interval
      self.published = published
    }
  }

  package var profiles: [Profile]

  package init(profiles: [Profile]) {
    self.profiles = profiles.filter { $0.points.count > 1 && $0.best.y > 0 }
  }

  init?(_ sweep: FigureSweep) {
    guard let report = sweep.analysis.identifiability else { return nil }
    let published = sweep.published?.law.coefficients ?? []
    self.init(
      profiles: report.profiles.map { profile in
        Profile(
          name: profile.exponent, points: profile.points.map { DataPoint($0.value, $0.objective) },
          best: DataPoint(profile.best.value, profile.best.objective),
          interval: report.entries.first { $0.name == profile.exponent }?.interval,
          published: published.first { $0.name == profile.exponent }?.value)
      })
  }

  package var isDrawable: Bool { !profiles.isEmpty }

  /// How far above the least an axis reaches: what is much worse is of no interest.
  private static let highest = 2.0

  package func figure() -> Figure {
    let line = LineStyle(Palette.ink)
    let best = Marker(.circle, color: Palette.ink)
    let published = LineStyle(Palette.purple)
    let interval = LineStyle(Palette.gold, scale: 2.2)
    let ratios = profiles.flatMap { profile in profile.points.map { $0.y / profile.best.y } }
    let top = min(max(ratios.max() ?? 1, 1.02), Self.highest)
    let panels = profiles.map { profile -> Panel in
      let name = profile.name
      let points = profile.points.sorted { $0.x < $1.x }
        .map { DataPoint($0.x, $0.y / profile.best.y) }
      var marks: [Mark] = []
      if let value = profile.published {
        marks.append(
          .rule(RuleMark("\(name) published", .vertical, at: value, style: published)))
      }
      marks.append(.line(LineMark("\(name) profile", points: points, style: line)))
      if let range = profile.interval {
        let low = max(range.lowerBound, points.first?.x ?? range.lowerBound)
        let high = min(range.upperBound, points.last?.x ?? range.upperBound)
        let y = 1 - 0.06 * (top - 1)
        marks.append(
          .line(
            LineMark(
              "\(name) interval", points: [DataPoint(low, y), DataPoint(high, y)],
              style: interval)))
      }
      marks.append(
        .points(
          PointsMark("\(name) best", points: [DataPoint(profile.best.x, 1)], marker: best)))
      return Panel(
        x: Axis(CoefficientName.text(name), padding: 0.06),
        y: Axis(
          "Objective over its least", short: "Objective, relative",
          domain: (1 - 0.12 * (top - 1))...(1 + 1.06 * (top - 1))), marks: marks)
    }
    var entries: [Legend.Entry] = [
      .init("least objective at this value", .init(line: line)),
      .init("optimum", .init(marker: best)),
    ]
    if profiles.contains(where: { $0.interval != nil }) {
      entries.append(.init("95\u{2009}% interval", .init(line: interval)))
    }
    if profiles.contains(where: { $0.published != nil }) {
      entries.append(.init("published", .init(line: published)))
    }
    return Figure(
      name: Self.name, panels: panels,
      arrangement: .grid(maxColumns: 3, sharesX: false, sharesY: true),
      legend: Legend([Legend.Group(entries)]), height: .small)
  }
}
