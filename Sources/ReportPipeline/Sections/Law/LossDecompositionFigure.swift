import Plotting
import ScalingLaws

/// What the loss is made of: the law's size term, data term and floor against sparsity.
package struct LossDecompositionFigure: SweepFigure {
  package static let name = "loss-decomposition"

  /// One size and amount of data.
  package struct Setting: Sendable {
    package var n: Double
    package var d: Double
    package var sizeTerm: @Sendable (_ sparsity: Double) -> Double
    package var dataTerm: Double

    package init(
      n: Double, d: Double, sizeTerm: @escaping @Sendable (_ sparsity: Double) -> Double,
      dataTerm: Double
    ) {
      self.n = n
      self.d = d
      self.sizeTerm = sizeTerm
      self.dataTerm = dataTerm
    }
  }

  package var settings: [Setting]
  /// c, the loss that remains.
  package var floor: Double
  package var sparsities: [Double]
  package var units: FigureUnits
  /// The share of the last setting's dense loss that the largest sparsity takes off: its interval.
  package var savedInterval: ClosedRange<Double>?

  package init(
    settings: [Setting], floor: Double, sparsities: [Double], units: FigureUnits
  ) {
    self.settings = settings
    self.floor = floor
    self.sparsities = sparsities
    self.units = units
  }

  init?(_ sweep: FigureSweep) {
    let runs = sweep.concludingRuns
    // Under a power of the sum its parts are no parts of the loss.
    guard let law = sweep.law.closed, sweep.law.form.power == nil, law.respondsToSparsity,
      let small = runs.map(\.n).min(),
      let large = runs.map(\.n).max(), let little = runs.map(\.d).min(),
      let much = runs.map(\.d).max()
    else { return nil }
    self.init(
      settings: [(small, little), (large, much)].map { n, d in
        Setting(
          n: n, d: d, sizeTerm: { law.sizeTerm(nonZeroParameters: n, sparsity: $0) },
          dataTerm: law.dataTerm(d))
      }, floor: law.c, sparsities: sweep.levels, units: sweep.units)
    let most = sparsities.last ?? 0
    savedInterval = sweep.replicates?.interval { (law: ScalingLaw) in
      1 - law.loss(nonZeroParameters: large, sparsity: most, data: much)
        / law.loss(nonZeroParameters: large, sparsity: 0, data: much)
    }
  }

  package var isDrawable: Bool { !settings.isEmpty }

  package var captionValues: TemplateValues {
    guard let last = settings.last else { return [:] }
    let sparsity = sparsities.last ?? 0
    let saved = last.sizeTerm(0) - last.sizeTerm(sparsity)
    let total = last.sizeTerm(0) + last.dataTerm + floor
    return [
      "decomposition_size": .text(NumberText.size(last.n)),
      "decomposition_data": .text(NumberText.size(last.d)),
      "decomposition_sparsity": .text(NumberText.sparsity(sparsity)),
      "decomposition_saved": .text(withInterval(saved / total, savedInterval, .percent(1))),
      "decomposition_floor": .text(NumberText.percent(floor / total, 0)),
    ]
  }

  private static let parts: [(name: RichText, color: Color)] = [
    ("floor *c*", .gray(0.72)), ("data term", Palette.gold.mixed(with: .white, share: 0.5)),
    ("size term", Palette.purple.mixed(with: .white, share: 0.5)),
  ]

  package func figure() -> Figure {
    let high = max(sparsities.last ?? 0.75, 0.5)
    let samples = Scale.sparsity.samples(in: 0...high, count: 48)
    let panels = settings.map { setting -> Panel in
      let layers: [(Double) -> Double] = [
        { _ in 0 }, { _ in floor }, { _ in floor + setting.dataTerm },
        { floor + setting.dataTerm + setting.sizeTerm($0) },
      ]
      var marks: [Mark] = Self.parts.indices.map { index in
        .region(
          RegionMark(
            Self.parts[index].name.plainText,
            outline: samples.map { DataPoint($0, layers[index + 1]($0)) }
              + samples.reversed().map { DataPoint($0, layers[index]($0)) },
            color: Self.parts[index].color))
      }
      marks.append(
        .line(
          LineMark(
            "loss", points: samples.map { DataPoint($0, layers[3]($0)) },
            style: LineStyle(Palette.ink))))
      return Panel(
        title:
          "*N* = \(Quantity.size.text(setting.n)), *D* = \(Quantity.data.text(setting.d))",
        x: Axis(
          FigureUnits.sparsityLabel, scale: .sparsity, domain: 0...high,
          ticks: sparsityTicks(sparsities), format: .percent),
        y: Axis(units.lossLabel, short: units.shortLossLabel, includes: [0], padding: 0),
        marks: marks)
    }
    let legend = Legend([
      Legend.Group(Self.parts.reversed().map { .init($0.name, .init(fill: $0.color)) })
    ])
    return Figure(
      name: Self.name, panels: panels,
      arrangement: .grid(maxColumns: 2, sharesX: true, sharesY: true), legend: legend,
      height: .medium)
  }
}
