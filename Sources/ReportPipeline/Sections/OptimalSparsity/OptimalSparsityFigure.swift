import Plotting
import ScalingLaws

/// The sparsity that is best for N non-zero parameters and C floating-point operations, a panel for
/// each way of counting the latter.
///
/// Lines of equal optimal sparsity are straight in this plane and parallel to the dense
/// compute-optimal ("Chinchilla") line; below the line of 0 % a dense model is best.
package struct OptimalSparsityFigure: SweepFigure {
  package static let name = "optimal-sparsity"

  /// The line on which one sparsity is optimal: compute as a function of N.
  package struct Contour: Sendable {
    package var sparsity: Double
    /// Compute in FLOPs at N non-zero parameters.
    package var compute: @Sendable (_ n: Double) -> Double
    /// Compute and its interval at some sizes, from small to large.
    package var band: [DataPoint]
    /// The data that this compute pays for at N.
    package var data: (@Sendable (_ n: Double) -> Double)?
    /// The same line by the published coefficients.
    package var published: (@Sendable (_ n: Double) -> Double)?

    package init(
      sparsity: Double, compute: @escaping @Sendable (_ n: Double) -> Double,
      band: [DataPoint] = [],
      data: (@Sendable (_ n: Double) -> Double)? = nil,
      published: (@Sendable (_ n: Double) -> Double)? = nil
    ) {
      self.sparsity = sparsity
      self.compute = compute
      self.band = band
      self.data = data
      self.published = published
    }
  }

  /// A run as this plane shows it.
  package struct Place: Hashable, Sendable {
    package var run: FigureRun
    /// What it took to train, by the panel's count.
    package var flops: Double

    package init(run: FigureRun, flops: Double) {
      self.run = run
      self.flops = flops
    }
  }

  /// One way of counting compute.
  package struct Accounting: Sendable {
    package var name: String
    /// From low to high sparsity.
    package var contours: [Contour]
    package var runs: [Place]

    package init(name: String, contours: [Contour], runs: [Place] = []) {
      self.name = name
      self.contours = contours
      self.runs = runs
    }
  }

  package var accountings: [Accounting]
  /// Compute on the Chinchilla line at N.
  package var chinchilla: @Sendable (_ n: Double) -> Double
  package var series: Series
  /// Whether the line of the published coefficients from which sparsity pays is drawn as well.
  package var showsPublished = true

  package init(
    accountings: [Accounting], chinchilla: @escaping @Sendable (_ n: Double) -> Double,
    series: Series? = nil
  ) {
    self.accountings = accountings
    self.chinchilla = chinchilla
    self.series =
      series ?? Series(.sparsity, accountings.flatMap { $0.contours.map(\.sparsity) })
  }

  /// The most lines that a reader can tell apart.
  private static let mostContours = 6

  init?(_ sweep: FigureSweep) {
    guard let models = sweep.models else { return nil }
    let all = ([0] + sweep.levels).reduce(into: [Double]()) { if $0.last != $1 { $0.append($1) } }
    let levels = evenChoice(Self.mostContours, of: all.count).map { all[$0] }
    let (replicates, published) = (sweep.bandReplicates, sweep.published?.law)
    let runs = sweep.hasFit ? sweep.runs : []
    let sizes = Scale.log10.samples(
      in: Self.parameterRange(of: runs), count: sweep.law.closed == nil ? 5 : 25)
    self.init(
      accountings: zip(
        [AccountingStyle.dense, .nonZero], [models.dense, models.nonZero]
      ).map { style, model in
        let bands = replicates?.contourBands(model, sparsities: levels, sizes: sizes)
        return Accounting(
          name: style.name,
          contours: levels.enumerated().map { index, sparsity in
            var contour = Contour(sparsity: sparsity) {
              model.contourFlops(nonZeroParameters: $0, sparsity: sparsity)
            }
            if let bands {
              contour.band = zip(sizes, bands).map { size, intervals in
                DataPoint(size, contour.compute(size), interval: intervals[index])
              }
            }
            contour.data = { size in
              model.data(
                nonZeroParameters: size, sparsity: sparsity,
                flops: model.contourFlops(nonZeroParameters: size, sparsity: sparsity))
            }
            if let published {
              var other = model
              other.law = published
              let theirs = other
              contour.published = {
                theirs.contourFlops(nonZeroParameters: $0, sparsity: sparsity)
              }
            }
            return contour
          },
          runs: runs.map { run in
            Place(
              run: run,
              flops: model.flops(
                nonZeroParameters: run.n, sparsity: run.sparsity, data: run.d))
          })
      }, chinchilla: { models.dense.chinchillaFlops(nonZeroParameters: $0) },
      series: sweep.style.sparsities)
  }

  package var isDrawable: Bool { accountings.contains { !$0.contours.isEmpty } }

  package var captionValues: TemplateValues {
    let drawn = Set(accountings.flatMap { $0.contours.map { Quantity.sparsity.text($0.sparsity) } })
    let leftOut = series.levels.indices.map(series.name).filter { !drawn.contains($0) }
    return [
      "has_panels_left_out": .flag(!leftOut.isEmpty),
      "panels_left_out": .text(leftOut.joined(separator: ", ")),
      "has_runs": .flag(!places.isEmpty),
      "has_published_lines": .flag(hasPublished),
    ]
  }

  private var places: [Place] { accountings.flatMap(\.runs) }

  private var hasPublished: Bool {
    showsPublished && accountings.contains { $0.contours.contains { $0.published != nil } }
  }

  private static let chinchillaStyle = LineStyle(Palette.ink, dash: .dotted, scale: 1.1)
  private static let publishedStyle = LineStyle(Palette.purple, scale: 0.6)

  package func figure() -> Figure {
    let panels = accountings.filter { !$0.contours.isEmpty }.map { accounting -> Panel in
      var panel = panel(accounting)
      panel.title = RichText(plain: accounting.name)
      return panel
    }
    let entries: [Legend.Entry] = [
      .init("Chinchilla", .init(line: Self.chinchillaStyle)),
      .init("run", .init(marker: Marker(.circle, color: Palette.reference, scale: 0.6))),
      .init("0\u{2009}%, published", .init(line: Self.publishedStyle)),
    ]
    return Figure(
      name: Self.name, panels: panels,
      arrangement: panels.count == 1
        ? .single : .grid(maxColumns: 2, sharesX: true, sharesY: true),
      legend: Legend([
        .init(title: "Lines of optimal *S*:", entries), .heldOut, .beyondData,
      ]), height: .large)
  }

  /// One panel, without a title.
  func panel(_ accounting: Accounting) -> Panel {
    let domain = parameterRange
    let sizes = places.map(\.run.n)
    let amounts = places.map(\.run.d)
    let samples = Scale.log10.samples(
      in: domain, count: 61, including: [sizes.min(), sizes.max()].compactMap { $0 })
    let bands = Set(banded(accounting).map(\.sparsity))
    var marks: [Mark] = []
    var lines: [Mark] = []
    for contour in accounting.contours {
      let color = series.color(of: contour.sparsity)
      let name = Quantity.sparsity.text(contour.sparsity)
      if bands.contains(contour.sparsity) {
        marks.append(
          .band(
            BandMark("\(name) interval", points: contour.band, color: color.withAlpha(0.15))))
      }
      lines += curve(
        name, samples.map { DataPoint($0, contour.compute($0)) },
        style: LineStyle(color, scale: 1.1),
        label: LineLabel(RichText(plain: name), .end)
      ) { point in
        guard let low = sizes.min(), let high = sizes.max(), let least = amounts.min(),
          let most = amounts.max(), let data = contour.data?(point.x)
        else { return true }
        return low <= point.x && point.x <= high && least <= data && data <= most
      }
      if showsPublished, contour.sparsity == 0, let published = contour.published {
        lines.append(
          .line(
            LineMark(
              "\(name) published", points: samples.map { DataPoint($0, published($0)) },
              style: Self.publishedStyle)))
      }
    }
    let places = accounting.runs.map { place in
      var run = place.run
      run.loss = place.flops
      return run
    }
    // Runs below the lines: their rims would break them.
    marks += levelPoints(places, series: series, scale: 0.55) { DataPoint($0.n, $0.loss) }
    marks.append(
      .line(
        LineMark(
          "Chinchilla", points: samples.map { DataPoint($0, chinchilla($0)) },
          style: Self.chinchillaStyle)))
    marks += lines
    let y = computeAxis(domain)
    if let zero = accounting.contours.first(where: { $0.sparsity == 0 }), let range = y.domain {
      let outline =
        samples.map { DataPoint($0, zero.compute($0)) }
        + samples.reversed().map { DataPoint($0, range.lowerBound) }
      marks.append(.text(TextMark("dense is best", .inside(outline), color: Palette.reference)))
    }
    return Panel(
      x: Axis(
        "Non-zero parameters *N*", short: "Parameters *N*", scale: .log10, domain: domain,
        format: .si), y: y, marks: marks)
  }

  /// The contours whose bands can be read: of those that overlap, the first from 0 % on.
  private func banded(_ accounting: Accounting) -> [Contour] {
    let range = parameterRange
    let middle = (range.lowerBound * range.upperBound).squareRoot()
    var ceiling = -Double.infinity
    return accounting.contours.filter { contour in
      let nearest = contour.band.min { Self.distance($0.x, middle) < Self.distance($1.x, middle) }
      guard let band = nearest?.interval, band.lowerBound > 0, band.upperBound.isFinite else {
        return false
      }
      let low = Scale.log10.position(of: band.lowerBound)
      let high = Scale.log10.position(of: band.upperBound)
      // A wider one would hide the lines and say little.
      guard high - low < 1.5, low > ceiling - 0.15 * (high - low) else { return false }
      ceiling = high
      return true
    }
  }

  private static func distance(_ a: Double, _ b: Double) -> Double {
    abs(Scale.log10.position(of: a) - Scale.log10.position(of: b))
  }

  private var parameterRange: ClosedRange<Double> { Self.parameterRange(of: places.map(\.run)) }

  private static func parameterRange(of runs: [FigureRun]) -> ClosedRange<Double> {
    let sizes = runs.map(\.n).filter { $0 > 0 && $0.isFinite }
    guard !sizes.isEmpty else { return 1e6...1e10 }
    return Scale.log10.domain(covering: sizes, padding: 0.15)
  }

  /// From the lowest line or run to the highest, one for all panels.
  private func computeAxis(_ domain: ClosedRange<Double>) -> Axis {
    let lines = accountings.flatMap { $0.contours.map(\.compute) } + [chinchilla]
    let values = lines.flatMap { [$0(domain.lowerBound), $0(domain.upperBound)] }
    return Axis(
      "Training compute *C* (FLOPs)", short: "Compute *C* (FLOPs)", scale: .log10,
      domain: Scale.log10.domain(
        covering: readable((values + places.map(\.flops)).filter { $0 > 0 && $0.isFinite }),
        padding: 0.03),
      format: .powerOfTen)
  }
}
