import Plotting
import ScalingLaws

/// The objective along each exponent and the floor c with all other coefficients refitted, relative
/// to its least value: how sharp the optimum is, and where the published value lies.
package struct ObjectiveProfileFigure: SweepFigure {
  package static let name = "objective-profile"

  package struct Profile: Hashable, Sendable {
    /// The coefficient: `b_S`.
    package var name: String
    /// Value of the coefficient and the least objective there.
    package var points: [DataPoint]
    package var best: DataPoint
    /// The interval of the coefficient.
    package var interval: ClosedRange<Double>?
    /// Where the objective lies below the limit.
    package var belowLimit: ClosedRange<Double>?
    package var published: Double?

    package init(
      name: String, points: [DataPoint], best: DataPoint, interval: ClosedRange<Double>? = nil,
      belowLimit: ClosedRange<Double>? = nil, published: Double? = nil
    ) {
      self.name = name
      self.points = points.sorted { $0.x < $1.x }
      self.best = best
      self.interval = interval
      self.belowLimit = belowLimit
      self.published = published
    }
  }

  package var profiles: [Profile]
  /// How many times the least objective bounds a 95 % interval of a profile.
  package var limit: Double?

  package init(profiles: [Profile], limit: Double? = nil) {
    self.profiles = profiles.filter { $0.points.count > 1 && $0.best.y > 0 }
    self.limit = limit
  }

  init?(_ sweep: FigureSweep) {
    // A perfect fit has no profile to speak of.
    guard let report = sweep.analysis.identifiability, let limit = report.profileLimit else {
      return nil
    }
    let published = sweep.published?.law.coefficients ?? []
    self.init(
      profiles: report.profiles.map { profile in
        Profile(
          name: profile.coefficient,
          points: profile.points.map { DataPoint($0.value, $0.objective) },
          best: DataPoint(profile.best.value, profile.best.objective),
          interval: report.entries.first { $0.name == profile.coefficient }?.interval,
          belowLimit: profile.range(below: limit),
          published: published.first { $0.name == profile.coefficient }?.value)
      }, limit: limit)
  }

  package var isDrawable: Bool { !profiles.isEmpty }

  package var captionValues: TemplateValues {
    let ranges = profiles.compactMap { profile in
      profile.belowLimit.map { (name: profile.name, range: $0) }
    }
    func width(_ range: ClosedRange<Double>) -> Double {
      range.lowerBound > 0 ? range.upperBound / range.lowerBound : .infinity
    }
    guard let worst = ranges.max(by: { width($0.range) < width($1.range) }) else { return [:] }
    return [
      "profile_worst": .markup(CoefficientText.symbol(worst.name)),
      "profile_low": .text(NumberText.significant(worst.range.lowerBound, 3)),
      "profile_high": .text(NumberText.significant(worst.range.upperBound, 3)),
    ]
  }

  /// How far above the least an axis reaches: what is much worse is of no interest.
  private var top: Double {
    let ratios = profiles.flatMap { profile in profile.points.map { $0.y / profile.best.y } }
    let highest = limit.map { 1 + 5 * ($0 - 1) } ?? 2
    return min(max(ratios.max() ?? 1, 1.001), highest)
  }

  private static let line = LineStyle(Palette.ink)
  private static let best = Marker(.circle, color: Palette.ink)
  private static let published = LineStyle(Palette.purple, scale: 1.8)
  private static let interval = LineStyle(Palette.gold, scale: 2.2)
  private static let limit = LineStyle(Palette.reference, dash: .dotted)

  package func figure() -> Figure {
    let entries: [Legend.Entry] = [
      .init("least objective at this value", .init(line: Self.line)),
      .init("optimum", .init(marker: Self.best)),
      .init("95\u{2009}% line", .init(line: Self.limit)),
      .init("95\u{2009}% interval", .init(line: Self.interval)),
      .init("published", .init(line: Self.published)),
    ]
    return Figure(
      name: Self.name, panels: profiles.map(panel),
      arrangement: .grid(
        maxColumns: profiles.count == 4 ? 4 : 3, sharesX: false, sharesY: true),
      legend: Legend([Legend.Group(entries)]), height: .small)
  }

  private func panel(_ profile: Profile) -> Panel {
    let name = profile.name
    let rise = top - 1
    let points = profile.points.map { DataPoint($0.x, $0.y / profile.best.y) }
    var marks: [Mark] = []
    // What an axis shows: where the objective is of interest, the interval, the published value.
    var shown = [profile.best.x] + points.filter { $0.y <= top }.map(\.x)
    func bar(_ what: String, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, _ style: LineStyle)
    {
      marks.append(
        .line(
          LineMark(
            "\(name) \(what)",
            points: [DataPoint(x.lowerBound, y.lowerBound), DataPoint(x.upperBound, y.upperBound)],
            style: style)))
    }
    if let limit {
      marks.append(.rule(RuleMark("95 % line", .horizontal, at: limit, style: Self.limit)))
    }
    if let range = profile.interval, let first = points.first, let last = points.last {
      let cut = range.clamped(to: first.x...last.x)
      shown += [cut.lowerBound, cut.upperBound]
      bar("interval", cut, (1 - 0.09 * rise)...(1 - 0.09 * rise), Self.interval)
    }
    marks.append(.line(LineMark("\(name) profile", points: points, style: Self.line)))
    if let value = profile.published {
      shown.append(value)
      bar("published", value...value, (1 - 0.18 * rise)...(1 + 0.12 * rise), Self.published)
    }
    marks.append(
      .points(
        PointsMark("\(name) best", points: [DataPoint(profile.best.x, 1)], marker: Self.best)))
    return Panel(
      x: Axis(
        CoefficientName.text(name),
        domain: Scale.linear.domain(covering: shown, padding: 0.06)),
      y: Axis(
        "Objective over its least", short: "Objective, relative",
        domain: (1 - 0.18 * rise)...(1 + 1.06 * rise)), marks: marks)
  }
}
