import Plotting
import Testing

@Suite struct LayoutTests {
  private static func grid(
    _ count: Int, sharesX: Bool, sharesY: Bool, legend: Bool = true
  ) -> Figure {
    let panels = (0..<count).map { index -> Panel in
      let points = (0..<20).map {
        DataPoint(pow10(Double($0) / 4 + 4), 2 + Double(index) + 1 / (1 + Double($0)))
      }
      return Panel(
        title: "*D* = \(String(index)) B",
        x: Axis("Non-zero parameters *N*", short: "*N*", scale: .log10, format: .si),
        y: Axis("Loss *L*", scale: .log10),
        marks: [
          .line(
            LineMark(
              "fit", points: points, style: LineStyle(.black),
              label: LineLabel("fit", .onLine)))
        ])
    }
    let entries = (0..<6).map {
      Legend.Entry(RichText(plain: "series \($0)"), .init(line: LineStyle(.black)))
    }
    return Figure(
      name: "grid", panels: panels,
      arrangement: .grid(maxColumns: 4, sharesX: sharesX, sharesY: sharesY),
      legend: legend ? Legend([Legend.Group(entries)]) : nil)
  }

  private static func pow10(_ x: Double) -> Double { Scale.log10.value(at: x) }

  /// The upright boxes of all texts in a scene.
  private func boxes(_ scene: Scene) -> [(String, Quad)] {
    var result: [(String, Quad)] = []
    let measurer = FixedMeasurer()
    for case .text(let text) in scene.elements {
      let width = measurer.advance(of: text.string, font: text.font)
      let height = 0.7 * text.font.size
      // The middle of the string, half its width along and half its height up from the origin.
      let turned = Quad(
        centre: text.origin, size: Size(width: 2 * width, height: 2 * height), angle: text.angle)
      let end = turned.corners[1]
      let centre = Point((text.origin.x + end.x) / 2, (text.origin.y + end.y) / 2)
      result.append(
        (
          text.string,
          Quad(
            centre: centre, size: Size(width: width - 0.2, height: height), angle: text.angle)
        ))
    }
    return result
  }

  @Test(arguments: Preset.all, [1, 2, 3, 4, 6, 7])
  func textNeitherOverlapsNorLeavesThePage(preset: Preset, count: Int) {
    for (sharesX, sharesY) in [(true, true), (false, true), (false, false)] {
      let layout = Self.grid(count, sharesX: sharesX, sharesY: sharesY)
        .layout(preset: preset, measurer: FixedMeasurer())
      let size = layout.scene.size
      let page = Rect(x: 0, y: 0, width: size.width, height: size.height)
      let texts = boxes(layout.scene)
      for (index, (string, box)) in texts.enumerated() {
        #expect(page.contains(box.bounds), "\(string) leaves the page")
        for (other, otherBox) in texts[..<index] {
          #expect(!box.intersects(otherBox), "\(string) on \(other)")
        }
      }
    }
  }

  @Test func anIntervalThatTheFrameCutsEndsInAnArrowhead() throws {
    func bar(_ interval: ClosedRange<Double>) throws -> [Point] {
      let panel = Panel(
        x: Axis("x", domain: 0...2), y: Axis("y", domain: 0...10),
        marks: [
          .points(
            PointsMark(
              "p", points: [DataPoint(1, 5, interval: interval)],
              marker: Marker(.circle, color: .black)))
        ])
      let layout = Figure(name: "bar", panels: [panel]).layout(
        preset: .neurips, measurer: FixedMeasurer())
      // Two lines and a bar with two ends: the only path with three moves.
      let paths = layout.scene.elements.compactMap { element -> Path? in
        if case .path(let path, nil, _?) = element { path } else { nil }
      }
      let path = try #require(
        paths.first { path in
          path.segments.count { if case .move = $0 { true } else { false } } == 3
        })
      return path.segments.compactMap {
        switch $0 {
        case .move(let point), .line(let point): point
        default: nil
        }
      }
    }
    let whole = try bar(2...8)
    // The bar's ends, then a cap across each: level with its end.
    #expect(whole.count == 6)
    #expect(whole[4].y == whole[1].y && whole[5].y == whole[1].y)
    for upper in [12, Double.infinity] {
      let cut = try bar(2...upper)
      #expect(cut.count == 7)
      #expect(cut[2].y == cut[0].y && cut[3].y == cut[0].y)
      // The head's tip is at the frame, its barbs further in.
      #expect(cut[5] == cut[1] && cut[1].y < whole[1].y)
      #expect(cut[4].y > cut[1].y && cut[6].y > cut[1].y)
    }
  }

  @Test(arguments: Preset.all)
  func figuresHaveThePresetsWidthAndNoMoreThanItsHeight(preset: Preset) {
    for count in [1, 4, 12] {
      let layout = Self.grid(count, sharesX: true, sharesY: true)
        .layout(preset: preset, measurer: FixedMeasurer())
      #expect(layout.scene.size.width == preset.width)
      #expect(layout.scene.size.height <= preset.maxHeight + 0.01)
      #expect(layout.frames.count == count)
      #expect(layout.frames.allSatisfy { $0.width > 20 && $0.height > 15 })
    }
  }

  @Test(arguments: Preset.all)
  func noTextIsSmallerThanFivePoints(preset: Preset) {
    let layout = Self.grid(4, sharesX: true, sharesY: true)
      .layout(preset: preset, measurer: FixedMeasurer())
    for case .text(let text) in layout.scene.elements { #expect(text.font.size >= 5) }
    #expect(min(preset.theme.labelSize, preset.theme.tickSize, preset.theme.titleSize) >= 6)
  }

  @Test func panelsWrapWhereTheWidthIsShort() {
    let figure = Self.grid(4, sharesX: true, sharesY: true)
    func rows(_ preset: Preset) -> Int {
      Set(figure.layout(preset: preset, measurer: FixedMeasurer()).frames.map(\.minY)).count
    }
    #expect(rows(.neurips) == 1)
    #expect(rows(.icml) == 2)
  }

  @Test func sharedAxesShowNumbersOnce() {
    func count(_ string: String, _ figure: Figure) -> Int {
      let layout = figure.layout(preset: .icmlWide, measurer: FixedMeasurer())
      return boxes(layout.scene).count { $0.0 == string }
    }
    #expect(count("Loss ", Self.grid(3, sharesX: true, sharesY: true)) == 1)
    #expect(count("Loss ", Self.grid(3, sharesX: true, sharesY: false)) == 3)
    #expect(count("Non-zero parameters ", Self.grid(3, sharesX: true, sharesY: true)) == 1)
  }

  @Test func layoutIsAPureFunction() {
    let figure = Self.grid(6, sharesX: true, sharesY: false)
    let first = figure.layout(preset: .icml, measurer: FixedMeasurer())
    #expect(figure.layout(preset: .icml, measurer: FixedMeasurer()) == first)
  }

  @Test func parallelContoursAreAllLabelledWithoutCollision() {
    let marks = (0..<8).map { index -> Mark in
      let points = [6.0, 9].map {
        DataPoint(Self.pow10($0), Self.pow10(1.6 * $0 + Double(index)))
      }
      return .line(
        LineMark(
          "\(index)", points: points, style: LineStyle(.black),
          label: LineLabel(RichText(plain: "8\(index).5 %"), .onLine)))
    }
    let figure = Figure(
      name: "contours",
      panels: [
        Panel(x: Axis("N", scale: .log10), y: Axis("C", scale: .log10), marks: marks)
      ])
    for preset in Preset.all {
      let layout = figure.layout(preset: preset, measurer: FixedMeasurer())
      #expect(layout.labelsLeftOut.isEmpty)
      #expect(layout.labelOutlines.first?.count == 8)
    }
  }

  /// Names at the ends of curves stand in the margin, level with them where they keep apart.
  @Test(arguments: Preset.all)
  func endLabelsStandBesideThePanelAndKeepApart(preset: Preset) {
    let heights = [1.0, 1.02, 1.04, 5, 9]
    let marks = heights.enumerated().map { index, height -> Mark in
      .line(
        LineMark(
          "\(index)", points: [DataPoint(0, 2), DataPoint(1, height)], style: LineStyle(.black),
          label: LineLabel(RichText(plain: "e\(index)"), .end)))
    }
    let figure = Figure(
      name: "ends",
      panels: [Panel(x: Axis("x", domain: 0...1), y: Axis("y", domain: 0...10), marks: marks)])
    let layout = figure.layout(preset: preset, measurer: FixedMeasurer())
    let frame = layout.frames[0]
    var places: [Double] = []
    for case .text(let text) in layout.scene.elements where text.string.hasPrefix("e") {
      #expect(text.origin.x > frame.maxX)
      let end = text.origin.x + FixedMeasurer().advance(of: text.string, font: text.font)
      #expect(end <= layout.scene.size.width)
      places.append(text.origin.y)
    }
    places.sort()
    #expect(places.count == 5 && layout.labelsLeftOut.isEmpty)
    for (a, b) in zip(places, places.dropFirst()) { #expect(b - a > preset.theme.tickSize) }
    // The highest is alone, and level with its end.
    let level = frame.maxY - 0.9 * frame.height
    #expect(abs((places.first ?? 0) - level) < preset.theme.tickSize / 2)
  }

  /// A white rim sets words off from markers, but would break a line of a neighbour.
  @Test func noRimBreaksALine() {
    func halo(_ marks: [Mark]) -> Double? {
      let label = Mark.text(TextMark("word", .within(x: 0.49...0.51, y: 0.49...0.51)))
      let figure = Figure(
        name: "rim",
        panels: [
          Panel(
            x: Axis("x", domain: 0...1), y: Axis("y", domain: 0...1), marks: marks + [label])
        ])
      for case .text(let text) in figure.layout(preset: .icml, measurer: FixedMeasurer())
        .scene.elements where text.string == "word"
      {
        return text.halo
      }
      return nil
    }
    let marker = Mark.points(
      PointsMark("p", points: [DataPoint(0.5, 0.5)], marker: Marker(.circle, color: .black)))
    let line = Mark.line(
      LineMark(
        "l", points: [DataPoint(0, 0.5), DataPoint(1, 0.5)], style: LineStyle(.black)))
    #expect(halo([marker]) ?? 0 > 0)
    #expect(halo([line]) == 0)
    #expect(halo([marker, line]) == 0)
    #expect(halo([]) == 0)
  }

  @Test func exponentsAreSetSmallAndHigh() throws {
    for preset in Preset.all {
      let size = preset.theme.tickSize
      let block = ("10^{6}" as RichText).block(size: size, measurer: FixedMeasurer())
      let script = try #require(block.pieces.last)
      #expect(script.string == "6")
      #expect((0.68...0.78).contains(script.font.size / size))
      #expect(script.offset.y < -0.35 * size)
    }
  }

  /// Rims of single runs must not break the interval of their mean.
  @Test func aMarkLiesOnTopOfThoseBeforeIt() {
    let range: ClosedRange<Double> = 0...2
    func points(_ color: Color, interval: ClosedRange<Double>? = nil) -> Mark {
      .points(
        PointsMark(
          "p", points: [DataPoint(1, 1, interval: interval)], marker: Marker(.circle, color: color))
      )
    }
    let figure = Figure(
      name: "f",
      panels: [
        Panel(
          x: Axis("x", domain: range), y: Axis("y", domain: range),
          marks: [points(Palette.faint), points(Palette.purple, interval: range)])
      ])
    let scene = figure.layout(preset: .default, measurer: FixedMeasurer()).scene
    var order: [String] = []
    for case .path(_, let fill, let stroke) in scene.elements {
      if fill == Palette.faint { order.append("run") }
      if fill == Palette.purple { order.append("mean") }
      if stroke?.color == Palette.purple { order.append("interval") }
    }
    #expect(order == ["run", "interval", "mean"])
  }

  /// Figures of a report share their heights, whatever their panels hold.
  @Test(arguments: Preset.all, FigureHeight.allCases)
  func figuresHaveStandardHeights(preset: Preset, height: FigureHeight) {
    let heights = [1, 2].map { count -> Double in
      var figure = Self.grid(count, sharesX: count == 1, sharesY: true, legend: count == 1)
      figure.height = height
      return figure.layout(preset: preset, measurer: FixedMeasurer()).scene.size.height
    }
    #expect(abs(heights[0] - heights[1]) < 0.01)
  }

  @Test(arguments: [
    Double.nan, .infinity, -.infinity, 0, -1, 1e308, -1e308, .leastNonzeroMagnitude, 1e-300,
  ])
  func hostileNumbersGiveAFiniteScene(value: Double) {
    let points = [DataPoint(1, 1), DataPoint(value, 2), DataPoint(2, value), DataPoint(3, 3)]
    for scale in [Scale.linear, .log10, .sparsity] {
      let figure = Figure(
        name: "hostile",
        panels: [
          Panel(
            x: Axis("x", scale: scale), y: Axis("y", scale: scale),
            marks: [
              .line(
                LineMark(
                  "l", points: points, style: LineStyle(.black), label: LineLabel("l", .beside))),
              .band(
                BandMark(
                  "b", points: points.map { DataPoint($0.x, $0.y, interval: 0.1...$0.x.clamped) },
                  color: .black)),
              .points(PointsMark("p", points: points, marker: Marker(.circle, color: .black))),
              .region(RegionMark("r", outline: points, color: .black)),
              .rule(RuleMark("v", .vertical, at: value, style: LineStyle(.black), label: "v")),
              .text(TextMark("t", .near(x: value, y: 1))),
            ])
        ])
      let scene = figure.layout(preset: .icml, measurer: FixedMeasurer()).scene
      #expect(scene.size.height.isFinite)
      for element in scene.elements {
        switch element {
        case .text(let text): #expect(text.origin.x.isFinite && text.origin.y.isFinite)
        case .path(let path, _, _):
          for case .line(let point) in path.segments {
            #expect(point.x.magnitude < 1e5 && point.y.magnitude < 1e5)
          }
        }
      }
    }
  }

  @Test func aFigureWithoutPanelsOrMarksIsDrawn() {
    let empty = Figure(name: "empty", panels: [])
    #expect(empty.layout(preset: .icml, measurer: FixedMeasurer()).frames.isEmpty)
    let bare = Figure(name: "bare", panels: [Panel(x: Axis("x"), y: Axis("y"), marks: [])])
    #expect(bare.layout(preset: .icml, measurer: FixedMeasurer()).frames.count == 1)
  }
}

extension Double {
  fileprivate var clamped: Double { isFinite ? max(self, 0.2) : 5 }
}

/// Names at the ends of lines.
@Suite struct EndLabelTests {
  /// Where not all have room the margin says how many are missing.
  @Test(arguments: [6, 60])
  func missingNamesAreCounted(count: Int) throws {
    let lines = (0..<count).map { index -> Mark in
      let y = Double(index)
      return .line(
        LineMark(
          "line \(index)", points: [DataPoint(0, y), DataPoint(1, y)], style: LineStyle(.black),
          label: LineLabel(RichText(plain: "L\(index)"), .end)))
    }
    let scene = Figure(
      name: "lines", panels: [Panel(x: Axis("x"), y: Axis("y"), marks: lines)]
    ).layout(preset: .default, measurer: FixedMeasurer()).scene
    let words = scene.elements.compactMap { element -> String? in
      if case .text(let text) = element { text.string } else { nil }
    }
    let named = words.filter { $0.hasPrefix("L") }
    let missing = words.filter { $0.hasSuffix(" more") }
    #expect(missing == (named.count == count ? [] : ["+\(count - named.count) more"]))
    #expect((named.count == count) == (count == 6))
  }
}
