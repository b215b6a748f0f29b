import Plotting
import Testing

@Suite struct ColorTests {
  @Test(arguments: Ramp.allCases)
  func lightnessRisesSoThatGreyPrintKeepsTheOrder(ramp: Ramp) {
    let lightness = ramp.colors(count: 30).map(\.luminance)
    #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test(arguments: [-5.0, 0, 0.5, 1, 7, .nan, .infinity])
  func anyPositionHasAColour(position: Double) {
    let color = Ramp.size.color(at: position)
    #expect([color.red, color.green, color.blue].allSatisfy { (0...1).contains($0) })
  }

  @Test func contrastIsThatOfTheWebGuidelines() {
    #expect(abs(Color.black.contrastOnWhite - 21) < 1e-9)
    #expect(abs(Color.white.contrastOnWhite - 1) < 1e-9)
    // The example of WCAG 2: the lightest grey with 4.5:1.
    #expect(abs(Color(hex: 0x767676).contrastOnWhite - 4.54) < 0.01)
  }

  /// Lines, markers and letters in any of these show on white paper.
  @Test func everyColourHasAContrastOfThreeToOneOnWhite() {
    let ramps = Ramp.allCases.flatMap { $0.colors(count: 64) }
    for color in ramps + Palette.categories + [Palette.reference, Palette.faint] {
      #expect(color.contrastOnWhite >= 3)
    }
  }

  @Test func hexadecimal() {
    #expect(Color(hex: 0xFF8000) == Color(red: 1, green: 128.0 / 255, blue: 0))
  }
}

extension Color {
  /// The contrast of the opaque colour with white (WCAG 2), from 1 for white to 21 for black.
  fileprivate var contrastOnWhite: Double { 1.05 / (luminance + 0.05) }
}
