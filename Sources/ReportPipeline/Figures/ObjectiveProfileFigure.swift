import Plotting

/// The objective along each exponent with all other coefficients refitted: how sharp the optimum
/// is, and where the published point lies.
package struct ObjectiveProfileFigure: FigureSource {
  package static let name = "objective-profile"

  package struct Profile: Hashable, Sendable {
    /// The exponent: `b_S`.
    package var name: String
    /// Value of the exponent and the least objective there.
    package var points: [DataPoint]
    package var best: DataPoint
    /// The published value with the objective of the published coefficients.
    package var published: DataPoint?

    package init(
      name: String, points: [DataPoint], best: DataPoint, published: DataPoint? = nil
    ) {
      self.name = name
      self.points = points
      self.best = best
      self.published = published
    }
  }

  package var profiles: [Profile]

  package init(profiles: [Profile]) { self.profiles = profiles }

  package var isDrawable: Bool { profiles.contains { $0.points.count > 1 } }

  package func figure() -> Figure {
    let line = LineStyle(OkabeIto.blue)
    let best = Marker(.circle, color: .black)
    let published = Marker(.diamond, color: OkabeIto.vermillion, isHollow: true)
    let panels = profiles.filter { $0.points.count > 1 }.map { profile -> Panel in
      var marks: [Mark] = [
        .line(
          LineMark(
            "\(profile.name) profile", points: profile.points.sorted { $0.x < $1.x }, style: line)),
        .points(PointsMark("\(profile.name) best", points: [profile.best], marker: best)),
      ]
      if let point = profile.published {
        marks.append(
          .points(PointsMark("\(profile.name) published", points: [point], marker: published)))
      }
      return Panel(
        x: Axis(CoefficientName.text(profile.name), padding: 0.06),
        y: Axis("Objective", scale: .log10, format: .powerOfTen, padding: 0.08), marks: marks)
    }
    var entries: [Legend.Entry] = [
      .init("least objective at this value", .init(line: line)),
      .init("optimum", .init(marker: best)),
    ]
    if profiles.contains(where: { $0.published != nil }) {
      entries.append(.init("published", .init(marker: published)))
    }
    return Figure(
      name: Self.name, panels: panels,
      arrangement: .grid(maxColumns: 3, sharesX: false, sharesY: true),
      legend: Legend([Legend.Group(entries)]), aspect: 0.9)
  }
}
