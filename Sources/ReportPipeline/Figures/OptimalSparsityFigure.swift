import Plotting

/// The sparsity that is best for N non-zero parameters and C floating-point operations.
///
/// Contours of equal optimal sparsity are straight in this plane and parallel to the dense
/// compute-optimal ("Chinchilla") line. Contours for dense accounting are solid, for sparse
/// accounting dashed; below the contour of 0 % a dense model is best.
package struct OptimalSparsityFigure: FigureSource {
  package static let name = "optimal-sparsity"

  /// The line on which one sparsity is optimal: compute as a function of N.
  package struct Contour: Sendable {
    package var sparsity: Double
    /// Compute in FLOPs at N non-zero parameters.
    package var compute: @Sendable (_ n: Double) -> Double
    package var interval: (@Sendable (_ n: Double) -> ClosedRange<Double>?)?

    package init(
      sparsity: Double, compute: @escaping @Sendable (_ n: Double) -> Double,
      interval: (@Sendable (_ n: Double) -> ClosedRange<Double>?)? = nil
    ) {
      self.sparsity = sparsity
      self.compute = compute
      self.interval = interval
    }
  }

  /// Contours in dense accounting, from low to high sparsity.
  package var dense: [Contour]
  /// Contours in sparse accounting.
  package var sparse: [Contour]
  /// Compute on the Chinchilla line at N.
  package var chinchilla: @Sendable (_ n: Double) -> Double
  /// Non-zero parameters and compute of the runs that were fitted, for the shaded region.
  package var coverage: [(n: Double, flops: Double)]
  /// The range of N that is drawn; by default that of the coverage and a little more.
  package var range: ClosedRange<Double>?

  package init(
    dense: [Contour], sparse: [Contour], chinchilla: @escaping @Sendable (_ n: Double) -> Double,
    coverage: [(n: Double, flops: Double)] = [], range: ClosedRange<Double>? = nil
  ) {
    self.dense = dense
    self.sparse = sparse
    self.chinchilla = chinchilla
    self.coverage = coverage
    self.range = range
  }

  private static let chinchillaStyle = LineStyle(.black, dash: .dotted, scale: 1.1)
  private static let coverageColor = Color.gray(0.86)

  package var isDrawable: Bool { !dense.isEmpty || !sparse.isEmpty }

  package func figure() -> Figure {
    let domain = parameterRange
    let samples = Scale.log10.samples(in: domain, count: 33)
    let levels = Set((dense + sparse).map(\.sparsity)).sorted()
    let shades = ColorMap.viridis.colors(count: levels.count)
    func color(_ contour: Contour) -> Color {
      levels.firstIndex(of: contour.sparsity).map { shades[$0] } ?? .black
    }

    var marks: [Mark] = []
    if let hull = coverageOutline {
      marks.append(
        .region(RegionMark("data", outline: hull, color: Self.coverageColor, extendsAxes: true)))
    }
    for (accounting, contours) in [("dense", dense), ("sparse", sparse)] {
      for contour in contours {
        guard let interval = contour.interval else { continue }
        let points = samples.map { n in
          DataPoint(n, contour.compute(n), interval: interval(n))
        }
        marks.append(
          .band(
            BandMark(
              "\(accounting) \(percent(contour)) interval", points: points,
              color: color(contour).withAlpha(0.14))))
      }
    }
    marks.append(
      .line(
        LineMark(
          "Chinchilla", points: samples.map { DataPoint($0, chinchilla($0)) },
          style: Self.chinchillaStyle)))
    for (accounting, contours) in [("dense", dense), ("sparse", sparse)] {
      let isDense = accounting == "dense"
      for contour in contours {
        marks.append(
          .line(
            LineMark(
              "\(accounting) \(percent(contour))",
              points: samples.map { DataPoint($0, contour.compute($0)) },
              style: LineStyle(
                color(contour), dash: isDense ? .solid : .dashed, scale: isDense ? 1.1 : 0.9),
              label: LineLabel(
                RichText(plain: percent(contour)), .onLine,
                preferredPosition: isDense ? 0.72 : 0.42))))
      }
    }
    let y = computeAxis(samples)
    let zeros = (dense + sparse).filter { $0.sparsity == 0 }
    if !zeros.isEmpty, let domain = y.domain {
      // Where no sparsity pays under either accounting.
      let outline =
        samples.map { n in DataPoint(n, zeros.map { $0.compute(n) }.min() ?? .nan) }
        + samples.reversed().map { DataPoint($0, domain.lowerBound) }
      marks.append(.text(TextMark("dense is best", .inside(outline), color: .gray(0.3))))
    }
    let x = Axis(
      FigureUnits.parametersLabel, scale: .log10, domain: domain, format: .si)
    return Figure(
      name: Self.name, panels: [Panel(x: x, y: y, marks: marks)], legend: legend, aspect: 0.68,
      widthShare: 1)
  }

  private func percent(_ contour: Contour) -> String {
    NumberFormat.percent.text(contour.sparsity).plainText + "\u{2009}%"
  }

  private var legend: Legend {
    let gray = Color.gray(0.2)
    var entries: [Legend.Entry] = []
    if !dense.isEmpty {
      entries.append(.init("dense FLOPs", .init(line: LineStyle(gray, scale: 1.1))))
    }
    if !sparse.isEmpty {
      entries.append(
        .init("non-zero FLOPs", .init(line: LineStyle(gray, dash: .dashed, scale: 0.9))))
    }
    var others = [Legend.Entry("Chinchilla", .init(line: Self.chinchillaStyle))]
    if coverageOutline != nil {
      others.append(.init("runs", .init(fill: Self.coverageColor)))
    }
    return Legend([Legend.Group(title: "Optimal *S*:", entries), Legend.Group(others)])
  }

  private var parameterRange: ClosedRange<Double> {
    if let range, range.lowerBound > 0, range.lowerBound < range.upperBound { return range }
    let sizes = coverage.map(\.n).filter { $0 > 0 && $0.isFinite }
    guard !sizes.isEmpty else { return 1e6...1e10 }
    return Scale.log10.domain(covering: sizes, padding: 0.25)
  }

  /// From the lowest line to the highest, without contours so far off that the rest would shrink.
  private func computeAxis(_ samples: [Double]) -> Axis {
    let lines = (dense + sparse).map(\.compute) + [chinchilla]
    let values = lines.flatMap { line in [samples.first, samples.last].compactMap { $0 }.map(line) }
    let domain = Scale.log10.domain(
      covering: values + coverage.map(\.flops), padding: 0.03)
    return Axis("Training compute *C* (FLOPs)", scale: .log10, domain: domain, format: .powerOfTen)
  }

  /// The convex hull, on log axes, of the runs; nothing for fewer than three.
  private var coverageOutline: [DataPoint]? {
    let points = coverage.compactMap { run -> LogPoint? in
      let (x, y) = (Scale.log10.position(of: run.n), Scale.log10.position(of: run.flops))
      return x.isFinite && y.isFinite ? LogPoint(x: x, y: y) : nil
    }
    let hull = LogPoint.hull(points)
    guard hull.count > 2 else { return nil }
    return hull.map {
      DataPoint(Scale.log10.value(at: $0.x), Scale.log10.value(at: $0.y))
    }
  }
}

/// A point on logarithmic axes.
private struct LogPoint {
  var x: Double
  var y: Double

  /// The convex hull, counter-clockwise (Andrew's monotone chain).
  static func hull(_ points: [LogPoint]) -> [LogPoint] {
    let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    guard sorted.count > 2 else { return [] }
    func chain(_ points: [LogPoint]) -> [LogPoint] {
      var chain: [LogPoint] = []
      for point in points {
        while chain.count > 1, turn(chain[chain.count - 2], chain[chain.count - 1], point) <= 0 {
          chain.removeLast()
        }
        chain.append(point)
      }
      return chain.dropLast()
    }
    return chain(sorted) + chain(sorted.reversed())
  }

  private static func turn(_ a: LogPoint, _ b: LogPoint, _ c: LogPoint) -> Double {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  }
}
