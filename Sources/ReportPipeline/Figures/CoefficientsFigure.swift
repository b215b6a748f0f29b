import Plotting

/// The bootstrap distribution of each coefficient, with the estimate and the published value.
package struct CoefficientsFigure: FigureSource {
  package static let name = "coefficients"

  package struct Coefficient: Hashable, Sendable {
    /// The name as in the law: `a_S`.
    package var name: String
    package var samples: [Double]
    package var estimate: Double
    package var interval: ClosedRange<Double>?
    package var published: Double?

    package init(
      name: String, samples: [Double], estimate: Double, interval: ClosedRange<Double>? = nil,
      published: Double? = nil
    ) {
      self.name = name
      self.samples = samples
      self.estimate = estimate
      self.interval = interval
      self.published = published
    }
  }

  package var coefficients: [Coefficient]

  package init(coefficients: [Coefficient]) { self.coefficients = coefficients }

  private var shown: [Coefficient] {
    coefficients.filter { $0.samples.count { $0.isFinite } > 1 }
  }

  package var isDrawable: Bool { !shown.isEmpty }

  package func figure() -> Figure {
    let estimate = LineStyle(.black)
    let published = LineStyle(OkabeIto.vermillion, dash: .dashed)
    let panels = shown.map { coefficient -> Panel in
      let histogram = Histogram(coefficient.samples)
      var marks: [Mark] = [
        .region(
          RegionMark(
            coefficient.name, outline: histogram.outline, color: OkabeIto.skyBlue.withAlpha(0.55)))
      ]
      if let interval = coefficient.interval {
        marks.append(
          .line(
            LineMark(
              "\(coefficient.name) interval",
              points: [
                DataPoint(interval.lowerBound, -0.05), DataPoint(interval.upperBound, -0.05),
              ], style: LineStyle(OkabeIto.blue, scale: 2.2))))
      }
      marks.append(
        .rule(
          RuleMark(
            "\(coefficient.name) estimate", .vertical, at: coefficient.estimate, style: estimate)))
      if let value = coefficient.published {
        marks.append(
          .rule(
            RuleMark("\(coefficient.name) published", .vertical, at: value, style: published)))
      }
      return Panel(
        title: CoefficientName.text(coefficient.name),
        x: Axis(
          RichText(), scale: histogram.scale,
          // 250M is a third as wide as 2.5 × 10⁸, and counts of data are written so elsewhere.
          format: (1e4..<1e15).contains(histogram.largest) ? .si : .plain,
          padding: 0.05), y: Axis(RichText(), domain: -0.1...1.05, ticks: .none), marks: marks)
    }
    var entries: [Legend.Entry] = [.init("estimate", .init(line: estimate))]
    if shown.contains(where: { $0.published != nil }) {
      entries.append(.init("published", .init(line: published)))
    }
    if shown.contains(where: { $0.interval != nil }) {
      entries.append(
        .init("95\u{2009}% interval", .init(line: LineStyle(OkabeIto.blue, scale: 2.2))))
    }
    entries.append(.init("bootstrap", .init(fill: OkabeIto.skyBlue.withAlpha(0.55))))
    return Figure(
      name: Self.name, panels: panels,
      arrangement: .grid(maxColumns: 4, sharesX: false, sharesY: false),
      legend: Legend([Legend.Group(entries)]), aspect: 0.5)
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
  let outline: [DataPoint]
  let largest: Double

  init(_ values: [Double]) {
    let finite = values.filter(\.isFinite).sorted()
    // A few replicates that ran off to a bound or to infinity must not press the rest flat.
    let outer = finite.count / 200
    let low = finite.isEmpty ? 0 : finite[outer]
    let high = finite.isEmpty ? 1 : finite[finite.count - 1 - outer]
    largest = max(low.magnitude, high.magnitude)
    let scale: Scale = low > 0 && high / low > 10 ? .log10 : .linear
    self.scale = scale
    let (start, end) = (scale.position(of: low), scale.position(of: high))
    let bins = min(max(finite.count / 12, 8), 36)
    guard end > start else {
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
