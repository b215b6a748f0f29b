import Plotting
import Testing

@Suite struct ScaleTests {
  @Test(arguments: [Scale.linear, .log10, .sparsity], [0.001, 0.25, 0.5, 0.875, 0.99])
  func valueUndoesPosition(scale: Scale, value: Double) {
    #expect(abs(scale.value(at: scale.position(of: value)) - value) < 1e-12)
  }

  @Test func eachHalvingOfDensityTakesTheSameLength() {
    let places = [0, 0.5, 0.75, 0.875].map(Scale.sparsity.position)
    #expect(places == [0, 1, 2, 3])
  }

  @Test func valuesWithoutAPlaceAreNaN() {
    #expect(Scale.log10.position(of: 0).isNaN)
    #expect(Scale.log10.position(of: -1).isNaN)
    #expect(Scale.sparsity.position(of: 1).isNaN)
    #expect(Scale.sparsity.position(of: .nan).isNaN)
  }

  @Test func domainPadsInTheScalesOwnCoordinate() {
    let domain = Scale.log10.domain(covering: [10, 1000], padding: 0.5)
    #expect(abs(domain.lowerBound - 1) < 1e-9)
    #expect(abs(domain.upperBound - 10_000) < 1e-6)
  }

  @Test(arguments: [Scale.linear, .log10, .sparsity])
  func domainOfOneValueHasLength(scale: Scale) {
    let domain = scale.domain(covering: [0.5], padding: 0.04)
    #expect(domain.lowerBound < 0.5 && domain.upperBound > 0.5)
  }

  @Test(
    arguments: [Scale.linear, .log10, .sparsity],
    [
      [], [.nan], [.infinity, -.infinity], [-1e308, 1e308], [.leastNonzeroMagnitude], [0],
      [1e30, 1e-30],
    ])
  func domainOfAnyValuesIsFiniteAndNotEmpty(scale: Scale, values: [Double]) {
    let domain = scale.domain(covering: values, padding: 0.04)
    #expect(domain.lowerBound.isFinite && domain.upperBound.isFinite)
    #expect(domain.lowerBound < domain.upperBound)
  }

  @Test func samplesKeepTheEndsExactly() {
    let samples = Scale.log10.samples(in: 3...7e8, count: 17)
    #expect(samples.count == 17)
    #expect(samples.first == 3 && samples.last == 7e8)
    #expect(samples == samples.sorted())
  }
}
