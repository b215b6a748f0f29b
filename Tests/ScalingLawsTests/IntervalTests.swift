import Fitting
import Foundation
import ScalingLaws
import Testing

@Suite("Intervals from replicates")
struct IntervalTests {
  /// A distribution whose first parameter takes the given values.
  private func distribution(
    _ values: [Double], estimate: Double, leaveOneOut: [Double] = [],
    kind: IntervalKind = .percentile, level: Double = 0.95
  ) -> BootstrapDistribution {
    var options = BootstrapOptions()
    options.kind = kind
    options.level = level
    func parameters(_ value: Double) -> [Double] { [value, 1, 1, 1, 1, 1, 1] }
    return BootstrapDistribution(
      form: SparsityLawForm(), units: Normalisation([]), residual: .log, options: options,
      estimate: parameters(estimate), replicates: values.map(parameters),
      leaveOneOut: leaveOneOut.map(parameters), noise: [-0.01, 0.01], unconverged: 0,
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

  @Test("an unbiased, unskewed distribution has the same interval of every kind")
  func agreement() throws {
    for kind in IntervalKind.allCases {
      let found = try #require(
        distribution(hundred, estimate: 50, leaveOneOut: [49, 50, 51], kind: kind)
          .interval { $0[0] })
      #expect(abs(found.lowerBound - 2.5) < 1e-9)
      #expect(abs(found.upperBound - 97.5) < 1e-9)
    }
  }

  /// Half of a share p of replicates lies below the estimate: z₀ = Φ⁻¹(p), and the ends are the
  /// quantiles at Φ(2 z₀ ± 1.96).
  @Test("bias correction moves both ends")
  func biasCorrected() throws {
    let found = try #require(
      distribution(hundred, estimate: 30, kind: .biasCorrected).interval { $0[0] })
    let bias = NormalDistribution.quantile(30.5 / 101)
    let z = NormalDistribution.quantile(0.975)
    #expect(
      abs(found.lowerBound - 100 * NormalDistribution.probability(below: 2 * bias - z)) < 1e-9)
    #expect(
      abs(found.upperBound - 100 * NormalDistribution.probability(below: 2 * bias + z)) < 1e-9)
  }

  /// Efron's acceleration of a mean is the sample skewness over 6 √n; leaving out xᵢ gives the
  /// mean (n x̄ − xᵢ) / (n − 1).
  @Test("acceleration moves both ends up for a right-skewed statistic")
  func accelerated() throws {
    let sample = [0.0, 1, 1, 2, 3, 9]
    let mean = sample.reduce(0, +) / 6
    let left = sample.map { (6 * mean - $0) / 5 }
    let squares = sample.reduce(0) { $0 + pow($1 - mean, 2) }
    let skewed = sample.reduce(0) { $0 + pow($1 - mean, 3) } / (6 * pow(squares, 1.5))
    let found = try #require(
      distribution(hundred, estimate: 50, leaveOneOut: left, kind: .accelerated).interval { $0[0] })
    func end(_ z: Double) -> Double {
      100 * NormalDistribution.probability(below: z / (1 - skewed * z))
    }
    let z = NormalDistribution.quantile(0.975)
    #expect(skewed > 0.05)
    #expect(abs(found.lowerBound - end(-z)) < 1e-9)
    #expect(abs(found.upperBound - end(z)) < 1e-9)
  }

  @Test("intervals follow monotone functions of the quantity", arguments: IntervalKind.allCases)
  func invariance(kind: IntervalKind) throws {
    let values = hundred.map { $0 * $0 / 100 }
    let distribution = distribution(values, estimate: 20, kind: kind, level: 0.9)
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
      form: SparsityLawForm(), units: Normalisation([]), residual: .log, options: options,
      estimate: [0.5, 0.5, 1, 1, 1, 0.5, 0.5], replicates: replicates, leaveOneOut: [],
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
    let value = try #require(exact.lossIntervals(for: [setting])[0])
    // 2 + 1 + 1 + 1.
    #expect(abs(value.lowerBound - 5) < 1e-12 && abs(value.upperBound - 5) < 1e-12)
    let measured = try #require(exact.measurementIntervals(for: [setting])[0])
    #expect(abs(measured.lowerBound - 5 * exp(-0.01)) < 1e-12)
    #expect(abs(measured.upperBound - 5 * exp(0.01)) < 1e-12)
  }
}
