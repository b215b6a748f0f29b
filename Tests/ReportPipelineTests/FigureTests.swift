import CairoRendering
import Plotting
import ReportPipeline
import Testing

/// Every figure at every preset, for designs from three runs to hundreds.
@Suite struct FigureTests {
  private static func loss(_ s: Double, _ n: Double, _ d: Double) -> Double {
    (16.8 * power(1 - s, 0.72) + 45) * power(n, -0.245) + power(6.9e8 / d, 0.2) + 0.65
  }

  private static func power(_ base: Double, _ exponent: Double) -> Double {
    Scale.log10.value(at: exponent * Scale.log10.position(of: base))
  }

  private static let units = FigureUnits(loss: "nats/token", data: "tokens")

  private static func runs(sizes: Int, amounts: Int, sparsities: [Double]) -> [FigureRun] {
    (0..<sizes).flatMap { i in
      (0..<amounts).flatMap { j in
        sparsities.map { s -> FigureRun in
          let n = 1e6 * power(10, 4 * Double(i) / Double(max(sizes - 1, 1)))
          let d = 1e9 * power(10, 2 * Double(j) / Double(max(amounts - 1, 1)))
          let predicted = loss(s, n, d)
          let wiggle = 1 + 0.01 * Double((i * 7 + j * 3 + Int(s * 8)) % 5 - 2)
          return FigureRun(
            name: "run-\(i)-\(j)-\(Int(s * 1000))", n: n, sparsity: s, d: d,
            loss: predicted * wiggle, isHeldOut: i == sizes - 1, predicted: predicted,
            interval: (0.98 * predicted)...(1.02 * predicted))
        }
      }
    }
  }

  private static func contours(_ shift: Double) -> [OptimalSparsityFigure.Contour] {
    let sparsities = [0, 0.5, 0.75, 0.875]
    return sparsities.indices.map { (index: Int) -> OptimalSparsityFigure.Contour in
      let factor: Double = power(10, 1.3 * Double(index) + shift)
      return OptimalSparsityFigure.Contour(
        sparsity: sparsities[index], compute: { power($0, 2.2) * factor },
        interval: { (n: Double) -> ClosedRange<Double>? in
          let centre: Double = power(n, 2.2) * factor
          return (centre / 2)...(centre * 2)
        })
    }
  }

  private static func sources(_ runs: [FigureRun]) -> [any FigureSource] {
    let band: LossInterval = { s, n, d in (0.97 * loss(s, n, d))...(1.03 * loss(s, n, d)) }
    let samples = (1...400).map { (index: Int) -> Double in
      let (slow, fast) = (Double(index % 37), Double(index % 11))
      return 1 + slow / 185 + fast / 10
    }
    let points = (0..<20).map { (index: Int) -> DataPoint in
      let done = Double(index) / 19
      return DataPoint(done, 3 - done)
    }
    var sources: [any FigureSource] = []
    sources.append(
      LossVersusSparsityFigure(runs: runs, units: units, law: loss, interval: band))
    sources.append(
      LossVersusSparsityFigure(runs: runs, units: units))
    sources.append(
      LossVersusParametersFigure(runs: runs, units: units, law: loss, interval: band))
    sources.append(
      LossVersusDataFigure(runs: runs, units: units, law: loss))
    sources.append(
      FitQualityFigure(runs: runs, units: units))
    sources.append(
      ResidualsFigure(runs: runs, units: units))
    sources.append(
      ExtrapolationFigure(runs: runs, units: units))
    sources.append(
      OptimalSparsityFigure(
        dense: contours(1), sparse: contours(0), chinchilla: { power($0, 2.2) * 2 },
        coverage: runs.map { ($0.n, 6 * $0.n * $0.d) }))
    sources.append(
      OptimalSparsityFigure(
        dense: contours(1), sparse: [], chinchilla: { power($0, 2.2) * 2 }))
    sources.append(
      EffectiveParametersFigure(
        multiplier: { 1 + $0 * 2 }, interval: { (0.9 + $0)...(1.1 + 3 * $0) }, limit: 3,
        marked: runs.map(\.sparsity), largestFitted: 0.875))
    sources.append(
      ChinchillaMultiplesFigure(
        accountings: ["dense", "sparse", "hardware:0.5"].enumerated().map { index, name in
          .init(
            name: name,
            thresholds: [0, 0.5, 0.75, 0.9375].map { s in
              let value = power(10, 6 * s - Double(index))
              return DataPoint(s, value, interval: (value / 2)...(value * 2))
            })
        }, largestFitted: 0.875))
    sources.append(
      SparsityTermFigure(
        term: { 45 + 17 * (1 - $0) }, limit: 45, implied: [DataPoint(0.5, 53)]))
    sources.append(
      PruningScheduleFigure(window: 0.25...0.75, targets: [0, 0.5, 0.875]))
    sources.append(
      TrainingCurvesFigure(
        curves: runs.map {
          .init(name: $0.name, n: $0.n, sparsity: $0.sparsity, d: $0.d, points: points)
        }, units: units, window: 0.25...0.75))
    sources.append(
      CoefficientsFigure(
        coefficients: ["a_S", "b_S", "c_S", "b_N", "a_D", "b_D", "c"].map {
          .init(
            name: $0, samples: samples, estimate: 1.2, interval: 1.05...1.3, published: 1.5)
        }))
    sources.append(
      ObjectiveProfileFigure(
        profiles: ["b_S", "b_N", "b_D"].map {
          .init(
            name: $0, points: points.map { DataPoint($0.x + 0.1, 1e-6 * $0.y) },
            best: DataPoint(1.1, 2e-6), published: DataPoint(0.4, 4e-6))
        }))
    sources.append(
      PatternsFigure(runs: [
        .init(pattern: "2:4", n: 37e3, excess: 0.01, interval: 0.005...0.015),
        .init(pattern: "1:4", n: 74e3, excess: -0.002),
      ]))
    sources.append(
      PretrainedFigure(
        runs: [0.5, 0.75].map {
          .init(sparsity: $0, n: 37e3, pruningData: 1e6, ofPruning: 4, ofBoth: 0.8)
        }, units: units))
    sources.append(
      BreakEvenFigure(
        curves: [0.5, 0.75].map { s in
          .init(
            name: "\(Int(100 * s)) %", sparsity: s,
            points: (0...10).map { (step: Int) -> DataPoint in
              let efficiency = Double(step) / 10
              return DataPoint(power(10, 4 * s - 2 * efficiency), efficiency)
            })
        }))
    return sources
  }

  private static let designs: [[FigureRun]] = [
    runs(sizes: 3, amounts: 1, sparsities: [0, 0.5, 0.75]),
    runs(sizes: 4, amounts: 3, sparsities: [0, 0.5, 0.75, 0.875]),
    runs(sizes: 30, amounts: 12, sparsities: [0, 0.5]),
    runs(sizes: 5, amounts: 2, sparsities: [0, 0.25, 0.5, 0.6, 0.75, 0.8, 0.875, 0.9, 0.95, 0.98]),
    runs(sizes: 5, amounts: 4, sparsities: [0]),
  ]

  @Test(arguments: Preset.all, designs.indices)
  func nothingIsClippedLeftOutOrOverlapping(preset: Preset, design: Int) throws {
    let fonts = try FontSet()
    for source in Self.sources(Self.designs[design]) where source.isDrawable {
      let name = type(of: source).name
      let figure = source.figure()
      #expect(figure.name == name)
      let layout = figure.layout(preset: preset, measurer: fonts)
      let page = layout.scene.size
      #expect(page.height <= preset.maxHeight + 0.01, "\(name)")
      #expect(layout.labelsLeftOut.isEmpty, "\(name)")
      #expect(layout.frames.allSatisfy { $0.width > 25 && $0.height > 15 }, "\(name)")
      for case .text(let text) in layout.scene.elements where text.angle == 0 {
        let end = text.origin.x + fonts.advance(of: text.string, font: text.font)
        #expect(text.origin.x >= -0.01 && end <= page.width + 0.01, "\(name): \(text.string)")
        #expect(text.origin.y > 0 && text.origin.y <= page.height, "\(name): \(text.string)")
      }
      #expect(!figure.table.rows.isEmpty, "\(name)")
    }
  }

  /// Attached for a look: how every figure reaches readers of grey print and with deuteranopia.
  @Test(arguments: ColorVision.allCases)
  func previewsForOtherEyes(vision: ColorVision) throws {
    let renderer = try CairoRenderer()
    for source in Self.sources(Self.designs[1]) where source.isDrawable {
      let name = type(of: source).name
      let scene = source.figure().layout(preset: .icml, measurer: renderer.fonts).scene
      let bytes = try renderer.png(
        scene.seen(with: vision), FigureMetadata(title: name), pixelsPerInch: 150)
      Attachment.record(bytes, named: "\(name)-\(vision.rawValue).png")
      guard vision == .grayscale else { continue }
      let pixels = try PixelImage(png: bytes).components
      var coloured = 0
      for red in stride(from: 0, to: pixels.count - 2, by: 3) {
        let (green, blue) = (red + 1, red + 2)
        if pixels[red] != pixels[green] || pixels[red] != pixels[blue] { coloured += 1 }
      }
      #expect(coloured == 0, "\(name)")
    }
  }

  @Test func namesAreTheDesigns() {
    let names = Self.sources(Self.designs[1]).map { type(of: $0).name }
    for name in [
      "loss-vs-sparsity", "loss-vs-parameters", "loss-vs-data", "fit-quality", "extrapolation",
      "optimal-sparsity", "chinchilla-multiples", "effective-parameters", "sparsity-term",
      "pruning-schedule", "training-curves", "residuals", "coefficients",
    ] { #expect(names.contains(name)) }
  }

  @Test(arguments: [0, 1, 41, 87, 118, 119])
  func ofManyHeldOutRunsAnEvenChoiceWithTheWorstIsDrawn(worst: Int) {
    var runs = Self.runs(sizes: 1, amounts: 30, sparsities: [0, 0.5, 0.75, 0.875])
    #expect(runs.count == 120 && runs.allSatisfy(\.isHeldOut))
    runs.sort { ($0.n, $0.sparsity, $0.d) < ($1.n, $1.sparsity, $1.d) }
    runs[worst].loss = 1.5 * (runs[worst].predicted ?? 1)
    let figure = ExtrapolationFigure(runs: runs.reversed(), units: Self.units).figure()
    let drawn =
      figure.panels[0].marks.compactMap { mark -> [Double]? in
        if case .points(let points) = mark, points.name == "measured" {
          points.points.map(\.x)
        } else {
          nil
        }
      }.first ?? []
    #expect(drawn.count == ExtrapolationFigure.mostRuns)
    for index in [0, worst, 119] { #expect(drawn.contains(runs[index].loss)) }
  }

  @Test func figuresWithoutTheirDataAreNotDrawn() {
    #expect(!LossVersusSparsityFigure(runs: [], units: Self.units).isDrawable)
    let dense = Self.runs(sizes: 5, amounts: 2, sparsities: [0])
    #expect(!LossVersusSparsityFigure(runs: dense, units: Self.units).isDrawable)
    #expect(LossVersusDataFigure(runs: dense, units: Self.units).isDrawable)
    #expect(
      !ExtrapolationFigure(runs: dense.filter { !$0.isHeldOut }, units: Self.units).isDrawable)
    #expect(!CoefficientsFigure(coefficients: []).isDrawable)
    #expect(!PruningScheduleFigure(window: 0.25...0.75, targets: [0]).isDrawable)
  }

  @Test func theOptimalSparsityFigureNamesEveryContour() throws {
    let figure = OptimalSparsityFigure(
      dense: Self.contours(1), sparse: Self.contours(0), chinchilla: { Self.power($0, 2.2) * 2 }
    ).figure()
    let scene = figure.layout(preset: .neurips, measurer: try FontSet()).scene
    var strings: [String] = []
    for case .text(let text) in scene.elements { strings.append(text.string) }
    for label in ["87.5", "75", "50", "0", "Chinchilla", "dense is best"] {
      #expect(strings.contains(label))
    }
    #expect(strings.count { $0 == "87.5" } == 2, "dense and sparse accounting")
  }

  @Test func intervalsOfTheAccountingsStandSideBySide() throws {
    let thresholds = [
      DataPoint(0.5, 10, interval: 5...20), DataPoint(0.75, 100, interval: 50...200),
    ]
    let figure = ChinchillaMultiplesFigure(
      accountings: ["dense", "sparse"].map { .init(name: $0, thresholds: thresholds) }
    ).figure()
    let rows = figure.table.rows.filter { $0.series == "dense" || $0.series == "sparse" }
    let places: Set<Double> = Set(rows.map(\.x))
    #expect(places == Set([0.5, 0.75]), "the data stay where they are")
    var shifts: [Double] = []
    for case .points(let mark) in figure.panels[0].marks { shifts.append(mark.shift) }
    #expect(Set(shifts).count == 2 && abs(shifts.reduce(0, +)) < 1e-12)
    for case .line(let mark) in figure.panels[0].marks { #expect(shifts.contains(mark.shift)) }
  }

  @Test func endlessIntervalsDoNotPressTheFigureFlat() throws {
    let thresholds = [0, 0.5, 0.75].map { s -> DataPoint in
      DataPoint(s, Self.power(10, 4 * s), interval: 1e-40...(.infinity))
    }
    let multiples = ChinchillaMultiplesFigure(
      accountings: [.init(name: "dense", thresholds: thresholds)]
    ).figure()
    let domain = try #require(multiples.panels.first?.y.domain)
    #expect(domain.lowerBound > 1e-4 && domain.upperBound < 1e7)

    let multiplier = EffectiveParametersFigure(
      multiplier: { 1 + $0 }, interval: { _ in 0...1e12 }, limit: 4000, marked: [0.5]
    ).figure()
    let range = try #require(multiplier.panels.first?.y.domain)
    #expect(range.upperBound < 10)

    var samples = (1...600).map { 1 + Double($0 % 23) / 100 }
    samples += [1e30, .infinity, .nan]
    let coefficients = CoefficientsFigure(
      coefficients: [.init(name: "a_S", samples: samples, estimate: 1.1)]
    ).figure()
    let xs = coefficients.table.rows.filter { $0.series == "a_S" }.map(\.x)
    #expect((xs.max() ?? .infinity) < 2)
  }
}
