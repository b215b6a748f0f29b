import Plotting
import ScalingLaws

/// The share of saved FLOPs that must become saved time before a sparsity is optimal, against
/// the training budget as a multiple of Chinchilla compute.
package struct BreakEvenFigure: SweepFigure {
  package static let name = "break-even"

  package struct Curve: Hashable, Sendable {
    package var name: String
    package var sparsity: Double
    /// Whether an N:M pattern is meant, against a dense model of equal non-zero size.
    package var isPattern: Bool
    /// Multiple of Chinchilla compute at which each efficiency, 0 to 1, suffices, with its
    /// interval: efficiency is the point's x.
    package var points: [DataPoint]

    package init(name: String, sparsity: Double, isPattern: Bool = false, points: [DataPoint]) {
      self.name = name
      self.sparsity = sparsity
      self.isPattern = isPattern
      self.points = points
    }
  }

  package var curves: [Curve]
  package var sparsities: Series
  /// Whether runs had such a sparsity and, at an efficiency, such a multiple of Chinchilla compute.
  package var isInside:
    @Sendable (_ sparsity: Double, _ efficiency: Double, _ multiple: Double) -> Bool

  package init(
    curves: [Curve], sparsities: Series? = nil,
    isInside:
      @escaping @Sendable (_ sparsity: Double, _ efficiency: Double, _ multiple: Double) ->
      Bool = { _, _, _ in true }
  ) {
    self.curves = curves
    self.sparsities = sparsities ?? Series(.sparsity, curves.map(\.sparsity))
    self.isInside = isInside
  }

  init?(_ sweep: FigureSweep) {
    let schedule = sweep.schedule
    let study = sweep.analysis.study
    let curves = sweep.analysis.breakEven
    let sparsities = curves.map(\.sparsity)
    // The curves read from their other axis, and exact at both ends.
    let models = (0...20).map {
      study.model(sweep.law, .hardware(efficiency: Double($0) / 20, schedule))
    }
    let covered = models.map(sweep.multiples)
    let sparsest = sweep.concludingRuns.map(\.sparsity).max() ?? 1
    let steps = models.enumerated().map { step, model in
      (
        Double(step) / 20, model.chinchillaMultiples(sparsities: sparsities),
        sweep.bandReplicates?.thresholdIntervals(model, sparsities: sparsities)
      )
    }
    self.init(
      curves: curves.enumerated().map { index, curve in
        switch curve.question {
        case .optimum:
          return Curve(
            name: curve.label, sparsity: curve.sparsity,
            points: steps.map { efficiency, multiples, intervals in
              DataPoint(efficiency, multiples[index], interval: intervals?[index])
            })
        case .againstDense:
          return Curve(
            name: "\(curve.label) against dense", sparsity: curve.sparsity, isPattern: true,
            points: curve.points.filter { (0.001...1).contains($0.breakEven.value) }.map {
              DataPoint($0.breakEven.value, $0.chinchillaMultiple)
            })
        }
      }, sparsities: sweep.style.sparsities
    ) { sparsity, efficiency, multiple in
      let step = min(max(Int((20 * efficiency).rounded()), 0), 20)
      return sparsity <= sparsest + 0.005 && covered[step]?.contains(multiple) ?? true
    }
  }

  package var isDrawable: Bool { curves.contains { $0.points.count > 1 } }

  package var captionValues: TemplateValues {
    let first = curves.first { !$0.isPattern }
    func multiple(_ point: DataPoint?) -> String {
      point.map { withInterval($0.y, $0.interval, .multiple) } ?? "–"
    }
    return [
      "has_optimum": .flag(first != nil),
      "first_sparsity": .text(first?.name ?? ""),
      "first_without_savings": .text(multiple(first?.points.first)),
      "first_with_all_savings": .text(multiple(first?.points.last)),
      "has_pattern": .flag(curves.contains(where: \.isPattern)),
    ]
  }

  package func figure() -> Figure {
    var marks: [Mark] = []
    var bars: [Mark] = []
    var ends: [Double] = []
    for (index, own) in curves.enumerated() where own.points.count > 1 {
      let color = own.isPattern ? Palette.purple : sparsities.color(of: own.sparsity)
      let points = own.points.sorted { $0.x < $1.x }
      // The long name of a pattern stands upright in the free room beside its line.
      marks += curve(
        own.name, points.map { DataPoint($0.y, 100 * $0.x) }, style: LineStyle(color),
        label: LineLabel(RichText(plain: own.name), own.isPattern ? .upright : .beside)
      ) { isInside(own.sparsity, $0.y / 100, $0.x) }
      ends += points.map(\.y)
      // An interval at a few efficiencies, at other heights for each curve.
      let height = 0.2 + 0.1 * Double(index % 4)
      let chosen = [height, height + 0.4].compactMap { share in
        points.min { abs($0.x - share) < abs($1.x - share) }
      }.filter { $0.interval != nil }
      guard !chosen.isEmpty else { continue }
      bars.append(
        .points(
          PointsMark(
            "\(own.name) interval",
            points: chosen.map { DataPoint($0.y, 100 * $0.x, interval: $0.interval) },
            marker: Marker(.circle, color: color, scale: 0.7), intervals: .horizontal)))
    }
    let positive = readable(ends.filter { $0 > 0 && $0.isFinite })
    let (low, high) = (positive.min() ?? 1, positive.max() ?? 10)
    let domain = Scale.log10.domain(covering: [low / 8, high * 4], padding: 0.02)
    marks += bars
    marks += [
      .text(TextMark("sparsity pays", .frame(0.93, 0.08), color: Palette.reference)),
      .text(TextMark("denser is better", .frame(0.07, 0.94), color: Palette.reference)),
    ]
    return Figure(
      name: Self.name,
      panels: [
        Panel(
          x: .chinchillaMultiples(domain),
          y: Axis(
            "Saved FLOPs that must become saved time (%)", short: "Break-even share (%)",
            domain: 0...100), marks: marks)
      ], legend: Legend([.beyondData]), height: .medium)
  }
}
