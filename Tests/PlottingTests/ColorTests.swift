import Plotting
import Testing

@Suite struct ColorTests {
  @Test(arguments: [ColorMap.viridis, .cividis])
  func lightnessRisesSoThatGreyPrintKeepsTheOrder(map: ColorMap) {
    let lightness = map.colors(count: 30).map(\.luminance)
    #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 < $1 })
    #expect((lightness.last ?? 1) < 0.7, "the palest still shows on white")
  }

  @Test(arguments: [-5.0, 0, 0.5, 1, 7, .nan, .infinity])
  func anyPositionHasAColour(position: Double) {
    let color = ColorMap.viridis.color(at: position)
    #expect([color.red, color.green, color.blue].allSatisfy { (0...1).contains($0) })
  }

  @Test func categoriesDiffer() {
    #expect(Set(OkabeIto.sequence).count == OkabeIto.sequence.count)
    #expect(OkabeIto.sequence.allSatisfy { $0.luminance < 0.6 })
  }

  @Test func hexadecimal() {
    #expect(Color(hex: 0xFF8000) == Color(red: 1, green: 128.0 / 255, blue: 0))
  }
}
