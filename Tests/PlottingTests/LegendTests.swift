import Plotting
import Testing

@Suite struct LegendTests {
  private func legend(_ count: Int, position: Legend.Position = .top) -> Legend {
    Legend(
      [
        Legend.Group(
          title: "*N*:",
          (0..<count).map { index in
            .init(
              RichText(plain: "\(index) M"),
              .init(line: LineStyle(.black), marker: Marker(.circle, color: .black)))
          })
      ], position: position)
  }

  @Test(arguments: [1, 3, 9, 40], [150.0, 234, 396])
  func entriesFlowWithinTheWidth(count: Int, width: Double) {
    let layout = LegendLayout(
      legend(count), width: width, theme: Theme(), measurer: FixedMeasurer())
    #expect(layout.size.width <= width)
    var texts = 0
    for case .text(let text) in layout.elements {
      texts += 1
      let end = text.origin.x + FixedMeasurer().advance(of: text.string, font: text.font)
      #expect(text.origin.x >= 0 && end <= layout.size.width + 1e-9)
      #expect(text.origin.y <= layout.size.height)
    }
    #expect(texts == count + 2, "the title is two runs")
  }

  private func panel(_ marks: [Mark], y domain: ClosedRange<Double>? = nil) -> Panel {
    Panel(x: Axis("x"), y: Axis("y", domain: domain), marks: marks)
  }

  private func line(
    _ color: Color, dash: LineStyle.Dash = .solid, from start: Double = 0, to end: Double = 1
  ) -> Mark {
    .line(
      LineMark(
        "l", points: [DataPoint(0, start), DataPoint(1, end)],
        style: LineStyle(color, dash: dash, scale: 0.8)))
  }

  /// The samples that are left of one of each kind.
  private func samples(_ marks: [Mark], y domain: ClosedRange<Double>? = nil) -> [String: Legend
    .Sample]
  {
    let grey = Palette.reference
    let entries: [Legend.Entry] = [
      .init("both", .init(line: LineStyle(.black), marker: Marker(.square, color: .black))),
      .init("beyond", .init(line: LineStyle(grey, dash: .dashed))),
      .init("held out", .init(marker: Marker(.circle, color: grey, isHollow: true))),
      .init("band", .init(fill: Palette.gold)),
    ]
    let legend = Figure(
      name: "f", panels: [panel([]), panel(marks, y: domain)], legend: Legend([.init(entries)])
    ).legend
    return Dictionary(
      uniqueKeysWithValues: (legend?.groups[0].entries ?? []).map {
        ($0.label.plainText, $0.sample)
      })
  }

  /// Grey stands for any colour; the rest of a sample is that of a mark that can be seen.
  @Test func aLegendNamesNothingThatIsNotDrawn() {
    #expect(samples([]).isEmpty)
    #expect(samples([line(.black, to: .nan)]).isEmpty)
    #expect(samples([line(.black, from: 3, to: 4)], y: 0...1).isEmpty, "off the scale")
    #expect(samples([line(Palette.gold)]).isEmpty, "of another colour")
    let solid = samples([line(.black)])
    #expect(solid == ["both": .init(line: LineStyle(.black))], "no marker, no dashes")
    let dashed = samples([line(.black, dash: .dashed)])
    #expect(dashed.keys.sorted() == ["beyond", "both"])
    #expect(dashed["both"]?.line?.dash == .dashed, "as it is drawn")
    let hollow = Marker(.square, color: .black, isHollow: true)
    let points = samples([.points(PointsMark("p", points: [DataPoint(1, 1)], marker: hollow))])
    #expect(points.keys.sorted() == ["both", "held out"])
    #expect(points["both"] == .init(marker: hollow))
    func band(_ interval: ClosedRange<Double>?) -> Mark {
      let points = [0.0, 1].map { DataPoint($0, $0, interval: interval) }
      return .band(BandMark("b", points: points, color: Palette.gold))
    }
    #expect(samples([band(nil)]).isEmpty)
    #expect(samples([band(0...1)]).keys.sorted() == ["band"])
  }

  private func figure(_ points: [DataPoint], position: Legend.Position) -> Figure {
    let marks: [Mark] = [
      .points(PointsMark("p", points: points, marker: Marker(.circle, color: .black)))
    ]
    return Figure(
      name: "f",
      panels: [
        Panel(x: Axis("x", domain: 0...1), y: Axis("y", domain: 0...1), marks: marks)
      ], legend: legend(3, position: position))
  }

  @Test func aLegendGoesInsideWhereACornerIsFreeAndAboveOtherwise() {
    let few = [DataPoint(0.1, 0.1), DataPoint(0.2, 0.3)]
    let everywhere = (0..<400).map { DataPoint(Double($0 % 20) / 20, Double($0 / 20) / 20) }
    func top(_ points: [DataPoint], _ position: Legend.Position) -> Double? {
      figure(points, position: position).layout(preset: .neurips, measurer: FixedMeasurer())
        .frames.first?.minY
    }
    #expect(top(few, .inside) != top(few, .top))
    #expect(top(everywhere, .inside) == top(everywhere, .top))
  }

  /// The second group follows the first in its row where both have room, with a wider gap than
  /// between entries, and else begins a row of its own.
  @Test func twoGroupsStandApart() {
    func entries(_ names: [String]) -> [Legend.Entry] {
      names.map { .init(RichText(plain: $0), .init(marker: Marker(.circle, color: .black))) }
    }
    let legend = Legend([
      Legend.Group(title: "S:", entries(["a", "b"])), Legend.Group(entries(["c", "d"])),
    ])
    func places(_ width: Double) -> [String: Point] {
      let layout = LegendLayout(
        legend, width: width, theme: Theme(), measurer: FixedMeasurer())
      var places: [String: Point] = [:]
      for case .text(let text) in layout.elements { places[text.string] = text.origin }
      return places
    }
    func gap(_ places: [String: Point], _ a: String, _ b: String) -> Double {
      (places[b]?.x ?? .nan) - (places[a]?.x ?? .nan)
    }
    let wide = places(400)
    #expect(Set(wide.values.map(\.y)).count == 1)
    #expect(abs(gap(wide, "a", "b") - gap(wide, "c", "d")) < 1e-9)
    #expect(gap(wide, "b", "c") > gap(wide, "a", "b") + 5)
    let narrow = places(70)
    #expect(narrow["c"]?.y ?? 0 > narrow["a"]?.y ?? 0)
    #expect(narrow["a"]?.y == narrow["b"]?.y && narrow["c"]?.y == narrow["d"]?.y)
    #expect(narrow["c"]?.x ?? 99 < narrow["a"]?.x ?? 0, "the row begins at the left, without title")
  }

  /// Five panels in three columns leave a cell, which saves the room above the panels.
  @Test func aLegendTakesACellThatNoPanelTakes() {
    func figure(_ panels: Int) -> FigureLayout {
      Figure(
        name: "f",
        panels: (0..<panels).map { _ in
          panel([line(.black)], y: 0...1)
        }, arrangement: .grid(maxColumns: 3, sharesX: true, sharesY: true), legend: legend(3)
      ).layout(preset: .default, measurer: FixedMeasurer())
    }
    let (five, six) = (figure(5), figure(6))
    #expect(five.frames[0].minY < six.frames[0].minY)
    for case .text(let text) in five.scene.elements where text.string == "1 M" {
      #expect(text.origin.x > five.frames[2].minX && text.origin.y > five.frames[3].minY)
    }
  }
}
