import Fitting
import Testing

@Suite("Losses")
struct LossTests {
  static let residuals = [-5, -1.0000001, -0.99, -0.3, 0, 1e-9, 0.5, 0.9999, 1.01, 100]

  @Test("score and curvature are derivatives", arguments: [Loss.squared, .huber(delta: 1)])
  func derivatives(loss: Loss) {
    let step = 1e-5
    for r in Self.residuals where abs(abs(r) - 1) > 2 * step {
      let score = (loss.value(r + step) - loss.value(r - step)) / (2 * step)
      #expect(abs(loss.score(r) - score) < 1e-7)
      let curvature = (loss.score(r + step) - loss.score(r - step)) / (2 * step)
      #expect(abs(loss.curvature(r) - curvature) < 1e-7)
      if r != 0 { #expect(abs(loss.weight(r) * r - loss.score(r)) < 1e-12) }
    }
  }

  @Test("Huber is squared within delta, linear beyond, and continuous at it")
  func huber() {
    let loss = Loss.huber(delta: 0.5)
    #expect(loss.value(0.4) == Loss.squared.value(0.4))
    #expect(loss.value(0.5) == 0.125)
    #expect(abs(loss.value(2.5) - 0.5 * (2.5 - 0.25)) < 1e-15)
    #expect(loss.value(-2.5) == loss.value(2.5))
  }
}
