import CairoRendering
import Plotting
import ReportPipeline
@testable import ScalingLaws
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
        band: Scale.log10.samples(in: 1e5...1e11, count: 25).map { (n: Double) -> DataPoint in
          let centre: Double = power(n, 2.2) * factor
          return DataPoint(n, centre, interval: (centre / 2)...(centre * 2))
        }, data: { power($0, 1.2) * factor / 6 },
        published: { power($0, 2.3) * factor })
    }
  }

  private static func optimal(_ runs: [FigureRun]) -> OptimalSparsityFigure {
    OptimalSparsityFigure(
      accountings: [("dense FLOPs", 1.0), ("non-zero FLOPs", 0)].map { name, shift in
        .init(
          name: name, contours: contours(shift),
          runs: runs.map { .init(run: $0, flops: 6 * $0.n * $0.d) })
      }, chinchilla: { power($0, 2.2) * 2 })
  }

  private static func valleys(best: Double) -> [FixedComputeFigure.Valley] {
    ["dense", "sparse"].map { name in
      .init(
        accounting: name, loss: { 2 + ($0 - best) * ($0 - best) }, best: best,
        interval: (best / 2)...best, nearOptimal: (best - 0.1)...(best + 0.1),
        measured: [DataPoint(0.5, 2.01), DataPoint(0.75, 2.1)])
    }
  }

  private static func sources(_ runs: [FigureRun]) -> [any FigureSource] {
    let samples = (1...400).map { (index: Int) -> Double in
      let (slow, fast) = (Double(index % 37), Double(index % 11))
      return 1 + slow / 185 + fast / 10
    }
    let points = (0..<20).map { (index: Int) -> DataPoint in
      let done = Double(index) / 19
      return DataPoint(done, 3 - done)
    }
    let style = SweepStyle(runs)
    var multipliers = LossVersusParametersFigure(runs: runs, units: units, law: loss)
    multipliers.multiplier = { 1 + 2 * $0 }
    var sources: [any FigureSource] = [
      LossVersusSparsityFigure(runs: runs, units: units, law: loss),
      LossVersusSparsityFigure(runs: runs, units: units),
      multipliers,
      LossVersusDataFigure(runs: runs, units: units, law: loss),
      FitQualityFigure(runs: runs, units: units),
      ResidualsFigure(runs: runs, units: units),
      ExtrapolationFigure(runs: runs, units: units),
      optimal(runs), optimal([]),
      FixedComputeFigure(
        settings: [(1e6, 0.4), (4e7, 0.6), (1e9, 0.7)].map {
          .init(n: $0.0, multiple: 3, valleys: valleys(best: $0.1))
        }, tolerance: 0.005, largestFitted: 0.875),
      BestSparsityFigure(
        accountings: ["dense", "sparse"].map {
          .init(
            name: $0, best: { max(0, 1 - 1 / $0) },
            interval: { max(0, 1 - 1.1 / $0)...max(0, 1 - 0.9 / $0) },
            thresholds: [0, 0.5, 0.9].map {
              DataPoint($0, 1 / (1 - $0), interval: (0.9 / (1 - $0))...(1.1 / (1 - $0)))
            }, covered: 0.5...20)
        }, largestFitted: 0.875, sparsities: [0, 0.5, 0.75, 0.875]),
    ]
    sources.append(
      RivalsFigure(rivals: [
        .init(name: "sparsity", error: 0.012, interval: 0.008...0.02, shareBest: 0.3),
        .init(name: "dense parameters only", error: 0.05, shareBest: 0.7),
      ]))
    let answers = AnswersFigure(
      rows: AnswerRow.Kind.allCases.map {
        AnswerRow(
          name: "the paper's law with sparsity–data interaction", kind: $0,
          answers: [
            Estimate(2.6, interval: 1.8...3.9), Estimate($0 == .near ? .nan : 1.9),
            Estimate($0 == .far ? .infinity : 12, interval: 6...40_000),
          ])
      },
      titles: ["50 % overtakes dense", "75 % is worth", "50 % is best"],
      words: [.near: "near the best", .far: "further from it"])
    sources += [LawAnswersFigure(answers: answers), AnalysisChoicesFigure(answers: answers)]
    sources.append(
      LadderFigure(
        rungs: (1...3).map { (sizes: Int) -> Ladder.Rung in
          let step = power(2, Double(sizes))
          return Ladder.Rung(
            sizes: sizes, runs: 8 * sizes, meanAbsoluteRelativeError: 0.005 * step,
            maxAbsoluteRelativeError: 0.01 * step, sizeRatio: step, denseRatio: 1,
            computeRatio: step, covered: (7 * sizes, 8 * sizes))
        }, isDense: false))
    sources.append(ResidualMapFigure(runs: runs, units: units))
    sources.append(
      ComputeOptimalFigure(
        parts: [
          .init(
            .size, best: { 0.3 * $0.squareRoot() },
            interval: { (0.25 * $0.squareRoot())...(0.36 * $0.squareRoot()) }),
          .init(.data, best: { $0.squareRoot() / 1.8 }),
        ], runs: runs, units: units, budgets: 1e15...1e22, flopsPerParameter: 6,
        isInside: { $0 < 1e20 }))
    sources.append(
      LossDecompositionFigure(
        settings: [(1e6, 1e9), (1e10, 1e11)].map {
          .init(n: $0.0, d: $0.1, sizeTerm: { 1 - 0.5 * $0 }, dataTerm: 0.3)
        }, floor: 0.6, sparsities: [0, 0.5, 0.75, 0.875], units: units))
    sources.append(
      WrongSparsityFigure(
        accountings: ["dense", "sparse"].map {
          .init(
            name: $0, cost: { offset, multiple in 0.1 * offset * offset / multiple },
            covered: 0.5...20)
        }, n: 1e9))
    let multiplier = EffectiveParametersFigure(
      multiplier: { 1 + $0 * 2 }, interval: { (0.9 + $0)...(1.1 + 3 * $0) }, limit: 3,
      pairs: [DataPoint(0.5, 2.1)], sparsities: style.sparsities)
    sources.append(multiplier)
    sources.append(
      SummaryFigure(
        panels: [
          LossVersusSparsityFigure(runs: runs, units: units, law: loss).figure(),
          optimal(runs).figure(), multiplier.figure(),
        ].compactMap(\.panels.first)))
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
        factor: { 0.7 + 0.3 * (1 - $0) }, interval: { (0.69 + 0.31 * (1 - $0))...1.01 },
        limit: 0.7,
        implied: runs.map { .init(sparsity: $0.sparsity, n: $0.n, factor: 0.9, leverage: 0.1) }))
    sources.append(
      PruningScheduleFigure(
        window: 0.25...0.75, targets: [0, 0.5, 0.875], series: style.sparsities))
    sources.append(
      TrainingCurvesFigure(
        curves: runs.map {
          .init(name: $0.name, n: $0.n, sparsity: $0.sparsity, d: $0.d, points: points)
        }, units: units, window: 0.25...0.75))
    sources.append(
      CoefficientsFigure(
        coefficients: ["a_S", "b_S", "c_S", "b_N", "a_D", "b_D", "c"].map {
          .init(
            name: $0, samples: samples, estimate: 1.2, interval: 1.05...1.3, published: 1.5,
            isDetermined: $0 != "c")
        }))
    sources.append(
      ObjectiveProfileFigure(
        profiles: ["b_S", "b_N", "b_D", "c"].map {
          .init(
            name: $0, points: points.map { DataPoint($0.x + 0.1, 1e-6 * $0.y) },
            best: DataPoint(1.1, 2e-6), interval: 0.7...1.4, published: 0.4)
        }, limit: 1.05))
    sources.append(
      CoefficientPairsFigure(
        pairs: [("a_S", "c_S"), ("c_S", "b_N"), ("a_D", "b_D")].map { first, second in
          .init(
            first: first, second: second, correlation: 0.95,
            replicates: samples.map { DataPoint($0, 1e6 * $0 * $0) },
            estimate: DataPoint(1.3, 1.7e6), published: DataPoint(2, 3e6))
        }))
    sources.append(
      PatternsFigure(runs: [
        .init(pattern: "2:4", sparsity: 0.5, n: 37e3, excess: 0.01, interval: 0.005...0.015),
        .init(pattern: "1:4", sparsity: 0.75, n: 74e3, excess: -0.002),
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
              let multiple = power(10, 4 * s - 2 * efficiency)
              return DataPoint(
                efficiency, multiple, interval: (multiple / 3)...(multiple * 3))
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

  /// Three, where the axis is one of numbers and not of a few names.
  @Test(arguments: Preset.all, designs.indices)
  func everyAxisHasThreeLabels(preset: Preset, design: Int) throws {
    let fonts = try FontSet()
    for source in Self.sources(Self.designs[design]) where source.isDrawable {
      let figure = source.figure()
      let layout = figure.layout(preset: preset, measurer: fonts)
      let (sharesX, sharesY) =
        if case .grid(_, let x, let y) = figure.arrangement { (x, y) } else { (false, false) }
      for (panel, count) in zip(figure.panels, layout.labelledTicks) {
        let name = "\(type(of: source).name): \(panel.title.plainText) of \(design), \(sharesX)"
        #expect(count.x >= min(3, Self.most(panel.x)), "\(name), x")
        #expect(count.y >= min(3, Self.most(panel.y)) || sharesY, "\(name), y")
      }
    }
  }

  /// How many labels an axis could have.
  private static func most(_ axis: Axis) -> Int {
    switch axis.ticks {
    case .automatic: 3
    case .at(let values): values.count
    case .labelled, .none: 0
    }
  }

  /// Lines, markers and letters of every figure have the colours of the ramps, of the categories or
  /// a grey that shows; of one level they have one colour in every figure.
  @Test func oneColourHasOneMeaning() {
    let runs = Self.designs[1]
    let style = SweepStyle(runs)
    let ramps: [Color] = [Quantity.sparsity, .size, .data].flatMap { quantity in
      [style.sparsities, style.sizes, style.amounts].filter { $0.quantity == quantity }
        .flatMap { series in series.levels.map { series.color(of: $0) } }
    }
    let known = Set(ramps + Palette.categories + [Palette.reference, Palette.faint])
    for source in Self.sources(runs) where source.isDrawable {
      let name = type(of: source).name
      var used: [Color] = []
      for mark in source.figure().panels.flatMap(\.marks) {
        switch mark {
        case .line(let mark): used.append(mark.style.color)
        case .points(let mark): used.append(mark.marker.color)
        case .text(let mark): used.append(mark.color)
        case .rule(let mark): used.append(mark.style.color)
        case .band, .region, .span: break
        }
      }
      for color in Set(used) {
        // A contrast of 3:1 on white (WCAG 2).
        #expect(1.05 / (color.luminance + 0.05) >= 3, "\(name)")
        let isGrey = color.red == color.green && color.green == color.blue
        // Figures of invented sparsities, sizes and stages have levels of their own.
        let isOwn = ["pretrained", "n-m-patterns", "break-even"].contains(name)
        #expect(known.contains(color) || isGrey || isOwn, "\(name): \(color)")
      }
    }
  }

  @Test func curvesAreSolidInsideTheDataAndDashedOutside() {
    let figure = LossVersusParametersFigure(
      runs: Self.designs[1], units: Self.units, law: Self.loss
    ).figure()
    var dashes: [LineStyle.Dash: [Double]] = [:]
    for case .line(let line) in figure.panels[0].marks {
      dashes[line.style.dash, default: []] += line.points.map(\.x)
    }
    let fitted = Self.designs[1].filter { !$0.isHeldOut }.map(\.n)
    let (low, high) = (fitted.min() ?? 0, fitted.max() ?? 0)
    let solid = dashes[.solid] ?? []
    #expect(solid.min() == low && solid.max() == high)
    #expect((dashes[.dashed] ?? []).allSatisfy { $0 <= low || $0 >= high })
    #expect((dashes[.dashed]?.max() ?? 0) > high)
  }

  /// A curve of a sparsity or a budget that no run had is as dashed as one beyond the sizes.
  @Test func whatNoRunHadIsDashed() {
    func dashes(_ figure: Figure) -> [String: [LineStyle.Dash]] {
      var dashes: [String: [LineStyle.Dash]] = [:]
      for case .line(let line) in figure.panels.flatMap(\.marks) {
        dashes[String(line.name.prefix(4)), default: []].append(line.style.dash)
      }
      return dashes
    }
    let thresholds = [0, 0.5, 0.75, 0.875].map { DataPoint($0, Self.power(10, 4 * $0)) }
    let multiples = ChinchillaMultiplesFigure(
      accountings: [
        .init(name: "dense", thresholds: thresholds, largest: 200),
        .init(name: "sparse", thresholds: thresholds),
      ], largestFitted: 0.75
    ).figure()
    #expect(dashes(multiples) == ["dens": [.solid, .dashed], "non-": [.solid, .dashed]])
    var hollow: [[Double]] = []
    for case .points(let mark) in multiples.panels[0].marks where mark.marker.isHollow {
      hollow.append(mark.points.map(\.x))
    }
    #expect(hollow == [[0.75, 0.875], [0.875]])
    let shares = [0, 0.5, 1].map { DataPoint($0, Self.power(10, 2 - $0)) }
    let even = BreakEvenFigure(
      curves: [("half", 0.5), ("most", 0.75)].map { .init(name: $0, sparsity: $1, points: shares) }
    ) { sparsity, efficiency, multiple in
      sparsity < 0.6 && multiple < 50 && abs(multiple - Self.power(10, 2 - efficiency)) < 1e-9
    }.figure()
    #expect(dashes(even) == ["half": [.dashed, .solid], "most": [.dashed]])
  }

  /// A law without runs has no data to go beyond.
  @Test func aPublishedLawIsSolid() {
    let figure = SparsityTermFigure(factor: { 1 - 0.3 * $0 }, interval: { _ in nil }, limit: 0.7)
      .figure()
    #expect(figure.legend?.groups.flatMap(\.entries).map(\.label) == ["law"])
    #expect(!figure.hasDashes && !figure.hasBands)
  }

  /// The long name of a pattern beside a line that runs close to that of its sparsity.
  @Test(arguments: Preset.all)
  func noLabelStandsOnALine(preset: Preset) throws {
    func curve(_ name: String, _ shift: Double, isPattern: Bool = false) -> BreakEvenFigure.Curve {
      let points = (0...200).map { (step: Int) -> DataPoint in
        let share = Double(step) / 200
        let multiple = Self.power(10, 1.15 + shift - 0.65 * share * share)
        return DataPoint(
          share, multiple, interval: isPattern ? nil : (multiple / 2)...(3 * multiple))
      }
      return .init(name: name, sparsity: 0.5, isPattern: isPattern, points: points)
    }
    let figure = BreakEvenFigure(curves: [
      curve("50\u{2009}%", 0), curve("2:4 against dense", -0.1, isPattern: true),
    ]).figure()
    let layout = figure.layout(preset: preset, measurer: try FontSet())
    let (frame, panel) = (layout.frames[0], figure.panels[0])
    let domain = try #require(panel.x.domain)
    let low = Scale.log10.position(of: domain.lowerBound)
    let length = Scale.log10.position(of: domain.upperBound) - low
    let upright = layout.labelOutlines[0].filter { abs($0[0].y - $0[1].y) < 1e-9 }
    #expect(upright.count == 3, "the pattern and which side wins")
    for outline in upright {
      let box = Rect(
        minX: outline.map(\.x).min() ?? 0, minY: outline.map(\.y).min() ?? 0,
        maxX: outline.map(\.x).max() ?? 0, maxY: outline.map(\.y).max() ?? 0)
      for case .line(let line) in panel.marks {
        let crosses = line.points.contains { point in
          let across = (Scale.log10.position(of: point.x) - low) / length
          let x = frame.minX + frame.width * across
          let y = frame.maxY - frame.height * point.y / 100
          return box.contains(Point(x, y))
        }
        #expect(!crosses, "\(line.name)")
      }
    }
  }

  @Test func seedsAreOneMarkerWithTheirRange() throws {
    let losses = [2.0, 2.06, 2.03]
    let runs = losses.enumerated().map { index, loss in
      FigureRun(name: "seed \(index)", n: 1e6, sparsity: 0.5, d: 1e9, loss: loss)
    }
    let table = LossVersusSparsityFigure(runs: runs, units: Self.units).figure().table
    #expect(table.rows.count == 1)
    let row = try #require(table.rows.first)
    #expect(abs(row.y - 2.03) < 1e-12 && row.interval == 2.0...2.06)
  }

  @Test func heldOutRunsAreHollowAndOnTop() {
    let figure = FitQualityFigure(runs: Self.designs[1], units: Self.units).figure()
    var hollow: [Bool] = []
    for case .points(let mark) in figure.panels[0].marks { hollow.append(mark.marker.isHollow) }
    #expect(hollow.contains(true) && hollow.contains(false))
    #expect(hollow.firstIndex(of: true) == hollow.lastIndex(of: false).map { $0 + 1 })
  }

  @Test func aboveSixtyRunsResidualsAreGroupMeans() {
    func series(_ runs: [FigureRun]) -> Set<String> {
      Set(ResidualsFigure(runs: runs, units: Self.units).figure().table.rows.map(\.series))
    }
    #expect(series(Self.designs[1]).contains("S=75\u{2009}%"))
    var many = Self.designs[2]
    #expect(series(many).contains("mean"))
    #expect(!series(many).contains("mean, notable"))
    for index in many.indices where many[index].sparsity > 0 {
      many[index].predicted = 1.05 * many[index].loss
    }
    #expect(series(many).contains("mean, notable"))
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

  /// What is said of every figure here is said of every figure that a report can have.
  @Test func everyFigureIsUnderTheseTests() {
    let names = Set(Self.sources(Self.designs[1]).map { type(of: $0).name })
    #expect(names == Set(FigureSet.names))
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

  @Test(arguments: Preset.all)
  func theOptimalSparsityFigureNamesEveryContour(preset: Preset) throws {
    let scene = Self.optimal([]).figure().layout(preset: preset, measurer: try FontSet()).scene
    var strings: [String] = []
    for case .text(let text) in scene.elements { strings.append(text.string) }
    for label in ["87.5", "75", "50", "0"] {
      #expect(strings.count { $0 == label } >= 2, "\(label) in both panels")
    }
    #expect(strings.contains("Chinchilla") && strings.contains("dense is best"))
  }

  /// Three levels whose bands lie on each other: one is drawn.
  @Test func bandsAreDrawnWhereTheyCanBeRead() {
    func bands(_ width: Double) -> Int {
      var figure = Self.optimal([])
      for index in figure.accountings[0].contours.indices {
        let factor = Self.power(10, 0.4 * Double(index))
        let line: @Sendable (Double) -> Double = { Self.power($0, 2.2) * factor }
        figure.accountings[0].contours[index].band = [1e6, 1e8, 1e10].map {
          DataPoint($0, line($0), interval: (line($0) / width)...(line($0) * width))
        }
      }
      return figure.figure().panels[0].marks.count { if case .band = $0 { true } else { false } }
    }
    #expect(bands(1.2) == 4)
    #expect(bands(4) == 2)
    #expect(bands(1000) == 0)
  }

  @Test func pairsOfRunsGiveTheMultiplierWithoutExtrapolation() {
    func run(_ n: Double, _ s: Double, _ loss: Double) -> FigureRun {
      FigureRun(name: "", n: n, sparsity: s, d: 1e9, loss: loss)
    }
    let runs = [
      run(1e6, 0, 4), run(1e8, 0, 1), run(1e6, 0.5, 2), run(1e6, 0.75, 0.9), run(1e6, 0.25, 4.1),
    ]
    let pairs = EffectiveParametersFigure.pairs(runs, amounts: SweepStyle(runs).amounts)
    // Half way between the losses in their logarithm: half way between the sizes.
    #expect(pairs.count == 1 && pairs[0].x == 0.5 && abs(pairs[0].y - 10) < 1e-9)
  }

  /// A threshold that the runs say nothing of may be anything; nobody reads 190 decades.
  @Test func noAxisHasHundredsOfDecades() throws {
    let multiples = [1e-90, 0.5, 3, 40, 1e100]
    let thresholds = zip([0, 0.25, 0.5, 0.75, 0.875], multiples).map { DataPoint($0, $1) }
    let figure = ChinchillaMultiplesFigure(
      accountings: [.init(name: "dense", thresholds: thresholds)]
    ).figure()
    let domain = try #require(figure.panels.first?.y.domain)
    #expect(domain.contains(0.5) && domain.contains(40))
    #expect(domain.upperBound / domain.lowerBound < 1e31)
    let all = figure.table.rows.map(\.y)
    #expect(multiples.allSatisfy(all.contains))
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
      multiplier: { 1 + $0 }, interval: { _ in 0...1e12 }, limit: 4000,
      sparsities: Series(.sparsity, [0.5])
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
