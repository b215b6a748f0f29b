import Fitting
import Foundation
import ScalingLaws

/// A known law, the settings at which it is measured, and the noise of the measurements.
struct Scenario: Sendable {
  var name: String
  var law: FrantarLaw
  var settings: [Setting]
  /// Settings beyond the fitted ones, at which a new measurement is predicted.
  var heldOut: [Setting]
  var noise: Noise

  /// Noise of log loss.
  enum Noise: Sendable {
    case normal(Double)
    /// Student's t with 4 degrees of freedom, scaled to the given standard deviation.
    case heavyTailed(Double)
    /// Half of the variance is shared by all runs of one size and sparsity, as when the law
    /// itself or the training recipe is a little off for them.
    case clustered(Double)

    var description: String {
      switch self {
      case .normal(let sd): "normal noise of \(percent(sd))"
      case .heavyTailed(let sd): "heavy-tailed noise (t, 4 degrees of freedom) of \(percent(sd))"
      case .clustered(let sd):
        "normal noise of \(percent(sd)), half of its variance shared by each (N, S)"
      }
    }

    private func percent(_ value: Double) -> String {
      "\((value * 1e4).rounded() / 100) %"
    }
  }

  /// Losses of the fitted settings, then of the held-out ones.
  func draw(_ generator: inout SplitMix64) -> (fitted: [Double], heldOut: [Double]) {
    var shared: [[Double]: Double] = [:]
    func measure(_ setting: Setting) -> Double {
      let deviation: Double
      switch noise {
      case .normal(let sd): deviation = sd * generator.normal()
      case .heavyTailed(let sd):
        let z = generator.normal()
        let chiSquared = (0..<4).reduce(0.0) { sum, _ in
          let draw = generator.normal()
          return sum + draw * draw
        }
        // The variance of t with 4 degrees of freedom is 2.
        deviation = sd * z / (chiSquared / 4).squareRoot() / 2.0.squareRoot()
      case .clustered(let sd):
        let cluster = [setting.nonZeroParameters, setting.sparsity]
        let common = shared[cluster] ?? generator.normal()
        shared[cluster] = common
        deviation = sd * (common + generator.normal()) / 2.0.squareRoot()
      }
      return law.loss(
        nonZeroParameters: setting.nonZeroParameters, sparsity: setting.sparsity,
        data: setting.data) * exp(deviation)
    }
    return (settings.map(measure), heldOut.map(measure))
  }
}

extension Scenario {
  private static func grid(n: [Double], s: [Double], d: [Double]) -> [Setting] {
    n.flatMap { size in
      s.flatMap { sparsity in
        d.map { Setting(nonZeroParameters: size, sparsity: sparsity, data: $0) }
      }
    }
  }

  private static let sparsities = [0, 0.5, 0.75, 0.875]

  /// 4 N x 4 S x 3 D, with the law fitted to the T5 measurements of Frantar et al. 2024 and noise
  /// of the size of that fit's residuals.
  static func t5(_ noise: Noise) -> Scenario {
    let units = 24.0 * 12 * 768 * 768
    let data = [250_000.0, 500_000, 1_000_000].map { $0 * 65_536 }
    return Scenario(
      name: "T5-like design, 4 N x 4 S x 3 D = 48 runs",
      law: FrantarLaw(
        aS: 10.710824, bS: 1.3449684, cS: 41.620832, bN: 0.23168278, aD: 6.7690803e8,
        bD: 0.38463825, c: 0.83037479),
      settings: grid(
        n: [1.0 / 128, 1.0 / 32, 0.125, 0.5].map { $0 * units }, s: sparsities, d: data),
      heldOut: grid(n: [2 * units], s: [0, 0.75], d: [data[2]]), noise: noise)
  }

  /// The fitted part of the byte-level sweep with its repeated seeds, its fitted law, and noise
  /// of the size of its noise floor.
  static func bytes(_ noise: Noise) -> Scenario {
    let mi = 1_048_576.0
    let repeats = grid(n: [9_216, 18_432], s: [0, 0.75], d: [4 * mi])
    return Scenario(
      name: "byte-lm design, 4 N x 4 S x 3 D and 8 repeats = 56 runs",
      law: FrantarLaw(
        aS: 5.42960, bS: 1.52219, cS: 15.34434, bN: 0.362015, aD: 660_089, bD: 0.646852,
        c: 1.396848),
      settings: grid(
        n: [9_216, 18_432, 36_864, 73_728], s: sparsities, d: [2 * mi, 4 * mi, 8 * mi])
        + repeats + repeats,
      heldOut: grid(n: [294_912], s: [0, 0.5], d: [8 * mi]), noise: noise)
  }

  /// About the fewest runs that anyone would fit: 3 N x 3 S x 3 D with the T5 law.
  static func small(_ noise: Noise) -> Scenario {
    var scenario = t5(noise)
    let data = [250_000.0, 500_000, 1_000_000].map { $0 * 65_536 }
    let units = 24.0 * 12 * 768 * 768
    scenario.name = "Small design, 3 N x 3 S x 3 D = 27 runs, law of T5"
    scenario.settings = grid(
      n: [1.0 / 128, 0.0625, 0.5].map { $0 * units }, s: [0, 0.5, 0.875], d: data)
    return scenario
  }

  static let all = [
    t5(.normal(0.008)), bytes(.normal(0.009)), t5(.heavyTailed(0.008)),
    bytes(.heavyTailed(0.009)), small(.normal(0.008)), t5(.clustered(0.008)),
    bytes(.clustered(0.009)),
  ]
}
