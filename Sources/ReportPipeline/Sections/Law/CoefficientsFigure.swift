import Plotting
import ScalingLaws

/// The bootstrap distribution of each coefficient, with the estimate and the published value.
package struct CoefficientsFigure: SweepFigure {
  package static let name = "coefficients"

  package struct Coefficient: Hashable, Sendable {
    /// The name as in the law: `a_S`.
    package var name: String
    package var samples: [Double]
    package var estimate: Double
    package var interval: ClosedRange<Double>?
    package var published: Double?
    /// Whether the runs say anything about it.
    package var isDetermined: Bool

    package init(
      name: String, samples: [Double], estimate: Double, interval: ClosedRange<Double>? = nil,
      published: Double? = nil, isDetermined: Bool = true
    ) {
      self.name = name
      self.samples = samples
      self.estimate = estimate
      self.interval = interval
      self.published = published
      self.isDetermined = isDetermined
    }
  }

  package var coefficients: [Coefficient]

  package init(coefficients: [Coefficient]) { self.coefficients = coefficients }

  init?(_ sweep: FigureSweep) {
    guard let fit = sweep.analysis.finalFit, let uncertainty = fit.uncertainty else {
      return nil
    }
    let samples = uncertainty.distribution.replicates.map {
      fit.form.coefficients(of: $0, units: fit.units)
    }
    let published = sweep.published?.law.coefficients ?? []
    let entries = sweep.analysis.identifiability?.entries ?? []
    self.init(
      coefficients: uncertainty.coefficients.enumerated().map { index, coefficient in
        let verdict = entries.first { $0.name == coefficient.name }?.determination
        return Coefficient(
          name: coefficient.name, samples: samples.map { $0[index].value },
          estimate: coefficient.estimate, interval: coefficient.interval,
          published: published.first { $0.name == coefficient.name }?.value,
          isDetermined: verdict != .notDetermined)
      })
  }

  private var shown: [Coefficient] {
    coefficients.filter { $0.samples.count { $0.isFinite } > 1 }
  }

  package var isDrawable: Bool { !shown.isEmpty }

  package var captionValues: TemplateValues {
    let open = shown.filter { !$0.isDetermined }.map(\.name)
    /// The half of an interval over the estimate.
    func spread(_ coefficient: Coefficient) -> Double {
      guard let interval = coefficient.interval else { return .infinity }
      return (interval.upperBound - interval.lowerBound) / (2 * abs(coefficient.estimate))
    }
    func words(_ coefficient: Coefficient?) -> String {
      coefficient.map {
        CoefficientText.symbol($0.name) + " = "
          + withInterval($0.estimate, $0.interval, .significant(3))
      } ?? ""
    }
    return [
      "best_known": .markup(words(shown.min { spread($0) < spread($1) })),
      "worst_known": .markup(words(shown.max { spread($0) < spread($1) })),
      "has_undetermined": .flag(!open.isEmpty),
      "undetermined": .markup(Words.list(open.map(CoefficientText.symbol))),
    ]
  }

  private static let estimate = LineStyle(Palette.ink)
  private static let interval = LineStyle(Palette.gold, scale: 2.2)
  // Wide and below: where it lies on the estimate both are seen.
  private static let published = LineStyle(Palette.purple, scale: 2.2)
  private static let replicates = Color.gray(0.8)

  package func figure() -> Figure {
    let entries: [Legend.Entry] = [
      .init("estimate", .init(line: Self.estimate)),
      .init("bootstrap", .init(fill: Self.replicates)),
      .init("95\u{2009}% interval", .init(line: Self.interval)),
      .init("published", .init(line: Self.published)),
    ]
    return Figure(
      name: Self.name, panels: shown.map(panel),
      arrangement: .grid(maxColumns: 4, sharesX: false, sharesY: false),
      legend: Legend([Legend.Group(entries)]), height: .small)
  }

  private func panel(_ coefficient: Coefficient) -> Panel {
    let histogram = Histogram(coefficient.samples)
    let name = coefficient.name
    var marks: [Mark] = []
    if histogram.outline.count > 2 {
      marks.append(
        .region(RegionMark(name, outline: histogram.outline, color: Self.replicates)))
    }
    // An end that ran off to a bound leaves the frame.
    let range = histogram.range
    if let interval = coefficient.interval {
      marks.append(
        .line(
          LineMark(
            "\(name) interval",
            points: [
              DataPoint(max(interval.lowerBound, range.lowerBound), -0.05),
              DataPoint(min(interval.upperBound, range.upperBound), -0.05),
            ], style: Self.interval)))
    }
    if let value = coefficient.published {
      marks.append(
        .rule(RuleMark("\(name) published", .vertical, at: value, style: Self.published)))
    }
    marks.append(
      .rule(
        RuleMark("\(name) estimate", .vertical, at: coefficient.estimate, style: Self.estimate)))
    return Panel(
      title: coefficient.isDetermined
        ? CoefficientName.text(name) : "\(CoefficientName.text(name)), not determined",
      x: Axis(
        RichText(), scale: histogram.scale,
        format: histogram.format, padding: 0.05),
      y: Axis(
        RichText(), domain: -0.1...1.05, ticks: .none),
      marks: marks)
  }
}

/// The names of coefficients with their subscripts.
package enum CoefficientName {
  /// `a_S` as an italic a with an italic subscript S.
  package static func text(_ name: String) -> RichText {
    let parts = name.split(separator: "_", maxSplits: 1).map(String.init)
    guard let letter = parts.first else { return RichText() }
    return parts.count > 1 ? "*\(letter)*_{*\(parts[1])*}" : "*\(letter)*"
  }
}

/// Counts in equal bins over the central 99 % of values, scaled so that the highest is 1.
struct Histogram: Sendable {
  let scale: Scale
  /// Two points where all values are one.
  let outline: [DataPoint]
  let range: ClosedRange<Double>
  let largest: Double

  /// 250M is a third as wide as 2.5 × 10⁸, and counts of data are written so elsewhere.
  var format: NumberFormat { (1e4..<1e15).contains(largest) ? .si : .plain }

  init(_ values: [Double]) {
    let finite = values.filter(\.isFinite).sorted()
    // A few replicates that ran off to a bound or to infinity must not press the rest flat.
    let outer = finite.count / 200
    let low = finite.isEmpty ? 0 : finite[outer]
    let high = finite.isEmpty ? 1 : finite[finite.count - 1 - outer]
    range = low...high
    largest = max(low.magnitude, high.magnitude)
    let scale: Scale = low > 0 && high / low > 10 ? .log10 : .linear
    self.scale = scale
    let (start, end) = (scale.position(of: low), scale.position(of: high))
    let bins = min(max(finite.count / 12, 8), 36)
    guard end - start > 1e-9 * max(abs(start), abs(end)) else {
      outline = [DataPoint(low, 0), DataPoint(low, 1)]
      return
    }
    let width = (end - start) / Double(bins)
    var counts = [Int](repeating: 0, count: bins)
    for value in finite where (low...high).contains(value) {
      let place = (scale.position(of: value) - start) / width
      counts[min(max(Int(min(place, Double(bins))), 0), bins - 1)] += 1
    }
    let top = Double(counts.max() ?? 1)
    var points = [DataPoint(low, 0)]
    for (index, count) in counts.enumerated() {
      let left = scale.value(at: start + width * Double(index))
      let right = scale.value(at: start + width * Double(index + 1))
      points += [DataPoint(left, Double(count) / top), DataPoint(right, Double(count) / top)]
    }
    outline = points + [DataPoint(high, 0)]
  }
}
