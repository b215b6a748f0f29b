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

  @Test func aColourBarStandsForManyLevels() {
    let bar = Legend.ColorBar(map: .viridis, scale: .log10, domain: 1e6...1e9, format: .si)
    let layout = LegendLayout(
      Legend([Legend.Group(title: "*N*:", [], colorBar: bar)]), width: 300, theme: Theme(),
      measurer: FixedMeasurer())
    var strings: [String] = []
    for case .text(let text) in layout.elements { strings.append(text.string) }
    #expect(strings == ["N", ":", "1M", "10M", "100M", "1B"])
  }
}
