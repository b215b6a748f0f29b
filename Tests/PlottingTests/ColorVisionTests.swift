import Plotting
import Testing

@Suite struct ColorVisionTests {
  /// A rough distance in lightness and hue.
  private static func distance(_ a: Color, _ b: Color) -> Double {
    max(abs(a.red - b.red), abs(a.green - b.green), abs(a.blue - b.blue))
  }

  @Test(arguments: ColorVision.allCases)
  func blackAndWhiteStay(vision: ColorVision) {
    #expect(Self.distance(vision.seen(.black), .black) < 0.01)
    #expect(Self.distance(vision.seen(.white), .white) < 0.01)
  }

  @Test func greyscaleKeepsLightnessAndNothingElse() {
    for color in Palette.categories {
      let grey = ColorVision.grayscale.seen(color)
      #expect(Self.distance(grey, .gray(grey.red)) < 1e-9)
      #expect(abs(grey.luminance - color.luminance) < 1e-6)
    }
  }

  @Test func deuteranopesConfuseRedWithGreenButNotOurCategories() {
    let (red, green) = (Color(hex: 0xA05028), Color(hex: 0x6E6E28))
    let seen = (ColorVision.deuteranopia.seen(red), ColorVision.deuteranopia.seen(green))
    #expect(Self.distance(seen.0, seen.1) < 0.5 * Self.distance(red, green))
    let categories = Palette.categories.map(ColorVision.deuteranopia.seen)
    for (index, one) in categories.enumerated() {
      for other in categories[..<index] { #expect(Self.distance(one, other) > 0.1) }
    }
  }

  /// No colour of one quantity can be taken for one of another, or for a category.
  @Test func rampsKeepApart() {
    for (index, ramp) in Ramp.allCases.enumerated() {
      for color in ramp.colors(count: 20) {
        for other in Ramp.allCases[..<index].flatMap({ $0.colors(count: 20) }) {
          #expect(Self.distance(color, other) > 0.08)
        }
        for other in Palette.categories { #expect(Self.distance(color, other) > 0.08) }
      }
    }
  }

  @Test(arguments: ColorVision.allCases, Ramp.allCases)
  func orderedColoursKeepTheirOrder(vision: ColorVision, ramp: Ramp) {
    let lightness = ramp.colors(count: 12).map { vision.seen($0).luminance }
    #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 < $1 })
  }
}
