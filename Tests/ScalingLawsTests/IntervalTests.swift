import Fitting
import Foundation
import ScalingLaws
import Testing

@Suite("Intervals from replicates")
struct IntervalTests {
  /// A distribution whose first parameter takes the given values.
  private func distribution(
    _ values: [Double], estimate: Double, noise: [Double] = [-0.01, 0.01], level: Double = 0.95
  ) -> BootstrapDistribution {
    var options = BootstrapOptions()
    options.level = level
    func parameters(_ value: Double) -> [Double] { [value, 1, 1, 1, 1, 1, 1] }
    return BootstrapDistribution(
      form: Laws.sparsity, units: Normalisation([]), residual: .log, options: options,
      estimate: parameters(estimate), replicates: values.map(parameters),
      noise: noise, unconverged: 0,
      freshStartCheck: .init(checked: 0, improved: 0))
  }

  private let hundred = (0...100).map(Double.init)

  @Test("percentile: the quantiles of the replicates")
  func percentile() throws {
    let interval = try #require(distribution(hundred, estimate: 50).interval { $0[0] })
    #expect(abs(interval.lowerBound - 2.5) < 1e-12)
    #expect(abs(interval.upperBound - 97.5) < 1e-12)
    let half = distribution(hundred, estimate: 50, level: 0.5).interval { $0[0] }
    #expect(half == 25.0...75.0)
  }

  @Test("intervals follow monotone functions of the quantity")
  func invariance() throws {
    let values = hundred.map { $0 * $0 / 100 }
    let distribution = distribution(values, estimate: 20, level: 0.9)
    let plain = try #require(distribution.interval { $0[0] })
    let cubed = try #require(distribution.interval { pow($0[0], 3) })
    // Up to interpolation between neighbouring replicates.
    #expect(abs(cbrt(cubed.lowerBound) - plain.lowerBound) < 0.1)
    #expect(abs(cbrt(cubed.upperBound) - plain.upperBound) < 0.1)
  }

  @Test("infinite replicates leave the interval open-ended, once they are more than its tail")
  func infinite() throws {
    let some = hundred.dropLast(5) + Array(repeating: .infinity, count: 5)
    let open = try #require(distribution(Array(some), estimate: 50).interval { $0[0] })
    #expect(abs(open.lowerBound - 2.5) < 1e-12)
    #expect(open.upperBound == .infinity)
    let few = hundred.dropLast(1) + [.infinity]
    let closed = try #require(distribution(Array(few), estimate: 50).interval { $0[0] })
    #expect(closed.upperBound == 97.5)
  }

  @Test("undefined replicates leave no interval, once they are more than its tail")
  func undefined() {
    let many = hundred.dropLast(5) + Array(repeating: .nan, count: 5)
    #expect(distribution(Array(many), estimate: 50).interval { $0[0] } == nil)
    let few = hundred.dropLast(1) + [.nan]
    #expect(distribution(Array(few), estimate: 50).interval { $0[0] } != nil)
    #expect(distribution(hundred, estimate: .nan).interval { $0[0] } == nil)
    #expect(distribution([], estimate: 1).interval { $0[0] } == nil)
  }

  @Test("a law without saturation has a multiplier without limit")
  func limit() throws {
    var options = BootstrapOptions()
    options.level = 0.8
    let replicates = (0..<100).map { [0.5, $0 < 30 ? 0 : 0.5, 1, 1, 1, 0.5, 0.5] }
    let distribution = BootstrapDistribution(
      form: Laws.sparsity, units: Normalisation([]), residual: .log, options: options,
      estimate: [0.5, 0.5, 1, 1, 1, 0.5, 0.5], replicates: replicates,
      noise: [0], unconverged: 0, freshStartCheck: .init(checked: 0, improved: 0))
    let interval = try #require(distribution.multiplierLimitInterval)
    // (0.5 / 1)^(−1 / 0.5) = 4 in most replicates.
    #expect(abs(interval.lowerBound - 4) < 1e-12)
    #expect(interval.upperBound == .infinity)
  }

  @Test("a measurement varies more than the law's value does, by the noise")
  func predictions() throws {
    let setting = Setting(nonZeroParameters: 1, sparsity: 0, data: 1)
    let exact = distribution(Array(repeating: 2, count: 200), estimate: 2)
    // 2 + 1 + 1 + 1.
    let measured = try #require(exact.measurementIntervals(for: [setting])[0])
    #expect(abs(measured.lowerBound - 5 * exp(-0.01)) < 1e-12)
    #expect(abs(measured.upperBound - 5 * exp(0.01)) < 1e-12)
  }

  /// Residuals are predicted minus measured: one of ten predictions was 10 % too high, so one of ten
  /// measurements is expected 10 % lower, and none higher.
  @Test("skewed noise makes a skewed interval of a measurement, on the right side")
  func skewedNoise() throws {
    let setting = Setting(nonZeroParameters: 1, sparsity: 0, data: 1)
    let noise = [0.1] + Array(repeating: -0.001, count: 9)
    let exact = distribution(Array(repeating: 2, count: 400), estimate: 2, noise: noise)
    let measured = try #require(exact.measurementIntervals(for: [setting])[0])
    #expect(abs(measured.lowerBound - 5 * exp(-0.1)) < 1e-12)
    #expect(abs(measured.upperBound - 5 * exp(0.001)) < 1e-12)
  }

  /// With a_S = 0 the exponent b_S acts on nothing, whatever value it has.
  @Test("an exponent of a vanished term has no interval and no correlation")
  func vanishedTerm() throws {
    func distribution(_ amplitude: (Int) -> Double) -> BootstrapDistribution {
      BootstrapDistribution(
        form: Laws.sparsity, units: Normalisation([]), residual: .log, options: .init(),
        estimate: [amplitude(0), 0.5, 1, 1, 0.7, 0.5, 0.5],
        replicates: (0..<200).map {
          let move = 1 + 1e-3 * Double($0 % 17)
          return [amplitude($0), 0.5 * move, 1, 1, 0.7 * move, 0.5 * move, 0.5]
        }, noise: [0], unconverged: 0, freshStartCheck: .init(checked: 0, improved: 0))
    }
    let gone = Uncertainty(distribution: distribution { _ in 0 })
    #expect(gone.interval(of: "b_S") == nil)
    #expect(gone.interval(of: "b_N") != nil)
    #expect(!gone.distribution.tradeOffs.contains { "\($0.first) \($0.second)".contains("b_S") })
    // Its amplitude is 0 in one of ten replicates: more than the interval leaves out.
    #expect(
      Uncertainty(distribution: distribution { $0 % 10 == 9 ? 0 : 1 }).interval(of: "b_S") == nil)
    let there = Uncertainty(distribution: distribution { _ in 1 })
    #expect(there.interval(of: "b_S") != nil)
    #expect(there.distribution.tradeOffs.contains { $0.first == "b_S" && $0.second == "b_N" })
    // The constant c does not move: it has no correlation with anything.
    #expect(!there.distribution.tradeOffs.contains { $0.first == "c" || $0.second == "c" })
  }
}
