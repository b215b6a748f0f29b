import Plotting
import Testing

@Suite struct FigureTableTests {
  @Test func theTableHoldsEveryPointWithItsPanelAndSeries() {
    let figure = Figure(
      name: "f",
      panels: [
        Panel(
          title: "*D* = 1 B", x: Axis("x"), y: Axis("y"),
          marks: [
            .line(LineMark("fit", points: [DataPoint(1, 2)], style: LineStyle(.black))),
            .points(
              PointsMark(
                "measured", points: [DataPoint(1, 2.5, interval: 2...3)],
                marker: Marker(.circle, color: .black))),
            .text(TextMark("words", .near(x: 1, y: 1))),
          ])
      ])
    let rows = figure.table.rows
    #expect(rows.map(\.panel) == ["D = 1 B", "D = 1 B"])
    #expect(rows.map(\.series) == ["fit", "measured"])
    #expect(rows.map(\.y) == [2, 2.5])
    #expect(rows.map(\.interval) == [nil, 2...3])
  }

  @Test func presetsAreFoundByName() {
    #expect(Preset.named("icml")?.width == 234)
    #expect(Preset.named("icml-wide")?.width == 486)
    #expect(Preset.named("neurips")?.width == 396)
    #expect(Preset.named("nature") == nil)
    #expect(Set(Preset.all.map(\.name)).count == Preset.all.count)
  }
}
