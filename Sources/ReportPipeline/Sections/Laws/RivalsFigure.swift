import Plotting
import ScalingLaws

/// The law against its rivals: the error on sizes left out of the fit, and how often each is best.
package struct RivalsFigure: SweepFigure {
  package static let name = "rivals"

  package struct Rival: Hashable, Sendable {
    package var name: String
    /// Mean absolute relative error on sizes left out.
    package var error: Double
    package var interval: ClosedRange<Double>?
    /// The share of resamples in which no other law has a smaller error.
    package var shareBest: Double?

    package init(
      name: String, error: Double, interval: ClosedRange<Double>? = nil, shareBest: Double? = nil
    ) {
      self.name = name
      self.error = error
      self.interval = interval
      self.shareBest = shareBest
    }
  }

  /// The paper's law first.
  package var rivals: [Rival]

  package init(rivals: [Rival]) { self.rivals = rivals }

  init?(_ sweep: FigureSweep) {
    guard let comparison = sweep.analysis.rivals else { return nil }
    self.init(
      rivals: comparison.rows.compactMap { row in
        row.leaveOneSizeOutError.map {
          Rival(
            name: LawText.name(row.key), error: $0,
            interval: row.leaveOneSizeOutInterval, shareBest: row.shareBest)
        }
      })
  }

  package var isDrawable: Bool { rivals.count > 1 }

  package var captionValues: TemplateValues {
    let best = rivals.min { $0.error < $1.error }
    return [
      "rival_best": .markup(best?.name ?? "–"),
      "rival_best_error": .text(
        best.map { withInterval($0.error, $0.interval, .percent(2)) } ?? "–"),
      "rival_paper_error": .text(rivals.first.map { NumberText.percent($0.error, 2) } ?? "–"),
      "has_rival_shares": .flag(rivals.contains { $0.shareBest != nil }),
    ]
  }

  package func figure() -> Figure {
    let sorted = rivals.enumerated().sorted {
      ($0.element.error, $0.offset) < ($1.element.error, $1.offset)
    }
    .map(\.element)
    let rows = sorted.indices.map { Double(sorted.count - 1 - $0) }
    let y = Axis(
      RichText(), domain: -0.6...(Double(sorted.count) - 0.4),
      ticks: .labelled(rows, sorted.map { LawText.short($0.name) }))
    func points(_ members: [(Rival, Double)]) -> [DataPoint] {
      members.map { rival, row in
        DataPoint(
          100 * rival.error, row,
          interval: rival.interval.map { (100 * $0.lowerBound)...(100 * $0.upperBound) })
      }
    }
    let all = Array(zip(sorted, rows))
    let paper = rivals.first
    var errors: [Mark] = []
    for isPaper in [false, true] {
      let members = all.filter { ($0.0 == paper) == isPaper }
      guard !members.isEmpty else { continue }
      errors.append(
        .points(
          PointsMark(
            isPaper ? "the paper's law" : "rival", points: points(members),
            marker: isPaper
              ? Marker(.diamond, color: Palette.purple, scale: 1.2)
              : Marker(.circle, color: Palette.ink), intervals: .horizontal)))
    }
    var panels = [
      Panel(
        x: Axis(
          "Error on sizes left out (%)", short: "Error (%)", includes: [0], padding: 0.04), y: y,
        marks: errors)
    ]
    let shares = all.compactMap { rival, row in
      rival.shareBest.map { DataPoint(100 * $0, row) }
    }
    if !shares.isEmpty {
      let bars = shares.map { share in
        Mark.line(
          LineMark(
            "share best", points: [DataPoint(0, share.y), share],
            style: LineStyle(Palette.gold, scale: 2.4)))
      }
      panels.append(
        Panel(
          x: Axis("Resamples where best (%)", short: "Best (%)", includes: [0, 100]), y: y,
          marks: bars))
    }
    let legend = Legend([
      Legend.Group([
        .init("the paper's law", .init(marker: Marker(.diamond, color: Palette.purple))),
        .init(
          "rival, with 95\u{2009}% interval", .init(marker: Marker(.circle, color: Palette.ink))),
      ])
    ])
    return Figure(
      name: Self.name, panels: panels,
      arrangement: panels.count == 1
        ? .single : .grid(maxColumns: 2, sharesX: false, sharesY: true), legend: legend,
      panelHeight: max(12 * Double(sorted.count) + 10, 60))
  }
}
