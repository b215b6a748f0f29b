import Plotting
import RunLogs
import ScalingLaws

/// The bootstrap replicates of pairs of coefficients that chance moves together: what the runs do
/// know of them, though they tell them apart badly.
package struct CoefficientPairsFigure: SweepFigure {
  package static let name = "coefficient-pairs"

  package struct Pair: Hashable, Sendable {
    /// The names as in the law: `a_S`.
    package var first: String
    package var second: String
    /// Rank correlation over the replicates.
    package var correlation: Double
    /// The values of a replicate, the first coefficient as x.
    package var replicates: [DataPoint]
    package var estimate: DataPoint
    package var published: DataPoint?

    package init(
      first: String, second: String, correlation: Double, replicates: [DataPoint],
      estimate: DataPoint, published: DataPoint? = nil
    ) {
      self.first = first
      self.second = second
      self.correlation = correlation
      self.replicates = replicates
      self.estimate = estimate
      self.published = published
    }
  }

  /// The most tightly bound first.
  package var pairs: [Pair]
  static let mostPairs = 4
  /// More dots than this would fill the panel and the file, and say no more.
  static let mostReplicates = 400

  package init(pairs: [Pair]) { self.pairs = pairs }

  init?(_ sweep: FigureSweep) {
    guard let fit = sweep.analysis.finalFit, let uncertainty = fit.uncertainty,
      let report = sweep.analysis.identifiability
    else { return nil }
    let step = max(1, uncertainty.replicates / Self.mostReplicates)
    let replicates = stride(from: 0, to: uncertainty.replicates, by: step).map {
      fit.form.coefficients(of: uncertainty.distribution.replicates[$0], units: fit.units)
    }
    let published = sweep.published?.law.coefficients ?? []
    self.init(
      pairs: report.tradeOffs.prefix(Self.mostPairs).map { pair in
        func point(_ coefficients: [Coefficient]) -> DataPoint? {
          func value(_ name: String) -> Double? { coefficients.first { $0.name == name }?.value }
          guard let x = value(pair.first), let y = value(pair.second) else { return nil }
          return DataPoint(x, y)
        }
        return Pair(
          first: pair.first, second: pair.second, correlation: pair.correlation,
          replicates: replicates.compactMap(point),
          estimate: point(fit.coefficients) ?? DataPoint(.nan, .nan), published: point(published))
      })
  }

  package var isDrawable: Bool { !pairs.isEmpty }

  package var captionValues: TemplateValues {
    guard let first = pairs.first else { return [:] }
    return [
      "pair_first": .markup(CoefficientText.symbol(first.first)),
      "pair_second": .markup(CoefficientText.symbol(first.second)),
      "pair_correlation": .text(Style.fixed(2).text(first.correlation)),
    ]
  }

  private static let replicate = Marker(.circle, color: Palette.faint, scale: 0.4)
  private static let estimate = Marker(.diamond, color: Palette.ink, scale: 1.2)
  // Wider than the estimate, which it may lie below.
  private static let published = Marker(
    .square, color: Palette.purple, isHollow: true, scale: 1.6)

  package func figure() -> Figure {
    let entries: [Legend.Entry] = [
      .init("bootstrap replicate", .init(marker: Self.replicate)),
      .init("estimate", .init(marker: Self.estimate)),
      .init("published", .init(marker: Self.published)),
    ]
    return Figure(
      name: Self.name, panels: pairs.map(panel),
      arrangement: pairs.count == 1
        ? .single : .grid(maxColumns: pairs.count, sharesX: false, sharesY: false),
      legend: Legend([Legend.Group(entries)]), height: .small)
  }

  private func panel(_ pair: Pair) -> Panel {
    let marked = [pair.estimate] + [pair.published].compactMap { $0 }
    let x = Self.axis(pair.first, pair.replicates.map(\.x), marked.map(\.x))
    let y = Self.axis(pair.second, pair.replicates.map(\.y), marked.map(\.y))
    let inside = pair.replicates.filter {
      x.domain?.contains($0.x) ?? true && y.domain?.contains($0.y) ?? true
    }
    var marks: [Mark] = [
      .points(PointsMark("replicates", points: inside, marker: Self.replicate))
    ]
    if let point = pair.published {
      marks.append(.points(PointsMark("published", points: [point], marker: Self.published)))
    }
    marks.append(
      .points(PointsMark("estimate", points: [pair.estimate], marker: Self.estimate)))
    return Panel(
      title: "*r* = \(Style.fixed(2).text(pair.correlation))", x: x, y: y, marks: marks)
  }

  /// An axis over the central values of a coefficient.
  private static func axis(_ name: String, _ values: [Double], _ marked: [Double]) -> Axis {
    let histogram = Histogram(values)
    let ends = [histogram.range.lowerBound, histogram.range.upperBound]
    return Axis(
      CoefficientName.text(name), scale: histogram.scale,
      domain: histogram.scale.domain(covering: ends + marked, padding: 0.05),
      format: histogram.format)
  }
}
