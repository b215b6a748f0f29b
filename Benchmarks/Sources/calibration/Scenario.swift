import Fitting
import Foundation
import ScalingLaws
import Workloads

/// A known law, the settings at which it is measured, and the noise of the measurements.
struct Scenario: Sendable {
  var name: String
  /// The truth.
  var law: ScalingLaw
  var settings: [Setting]
  /// Settings beyond the fitted ones, at which a new measurement is predicted.
  var heldOut: [Setting]
  var noise: Noise

  /// Normal noise of log loss, or Student's t with 4 degrees of freedom.
  struct Noise: Sendable {
    /// The standard deviation.
    var size: Double
    /// The share of the variance that all runs of one size and sparsity have in common, as when the
    /// law or the training recipe is a little off for them.
    var shared = 0.0
    var isHeavyTailed = false
    /// Whether dense runs scatter by 1.3 % and those from 75 % by 0.4 %, as repeats of byte-lm do.
    var isUnequal = false

    var description: String {
      var text = isHeavyTailed ? "heavy-tailed noise (t, 4 degrees of freedom)" : "normal noise"
      text += isUnequal ? " of 1.3 % for dense runs, 0.4 % from 75 %" : " of \(percent(size))"
      if shared > 0 { text += ", \(percent(shared)) of its variance shared by each (N, S)" }
      return text
    }

    private func percent(_ value: Double) -> String { "\((value * 1e3).rounded() / 10) %" }

    func deviation(_ sparsity: Double) -> Double {
      isUnequal ? 0.013 - 0.012 * min(sparsity, 0.75) : size
    }

    /// A draw of variance 1.
    func draw(_ generator: inout SplitMix64) -> Double {
      let z = generator.normal()
      // The variance of t with 4 degrees of freedom is 2.
      return isHeavyTailed
        ? z / (generator.chiSquared(degreesOfFreedom: 4) / 2).squareRoot() : z
    }
  }

  /// Losses of the fitted settings, then of the held-out ones.
  func draw(_ generator: inout SplitMix64) -> (fitted: [Double], heldOut: [Double]) {
    var shared: [[Double]: Double] = [:]
    func measure(_ setting: Setting) -> Double {
      let cluster = [setting.nonZeroParameters, setting.sparsity]
      let common = shared[cluster] ?? noise.draw(&generator)
      shared[cluster] = common
      let error =
        noise.shared.squareRoot() * common
        + (1 - noise.shared).squareRoot() * noise.draw(&generator)
      return law.loss(setting) * exp(noise.deviation(setting.sparsity) * error)
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
      law: ScalingLaw(
        FrantarLaw(
          aS: 10.710824, bS: 1.3449684, cS: 41.620832, bN: 0.23168278, aD: 6.7690803e8,
          bD: 0.38463825, c: 0.83037479)),
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
      law: ScalingLaw(
        FrantarLaw(
          aS: 5.42960, bS: 1.52219, cS: 15.34434, bN: 0.362015, aD: 660_089, bD: 0.646852,
          c: 1.396848)),
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

  /// The settings of the fitted runs of byte-lm, and each law that knows of sparsity with the
  /// coefficients that fit those runs.
  static func lawsOfBytes() throws -> [Scenario] {
    let runs = try Problem(sweep: "byte-lm")
    let observations = runs.observations
    let largest = observations.sizes.last ?? 1
    var options = FitOptions()
    options.starts = 100
    return Laws.offered(for: observations, schedule: PruningSchedule()).map { form in
      LawFitter(
        form: form, observations: observations, residual: .log, huberDelta: runs.huberDelta
      ).fit(options).law
    }.filter(\.form.knowsSparsity).map { law in
      Scenario(
        name: law.form.title, law: law, settings: observations.settings,
        heldOut: grid(n: [4 * largest], s: [0, 0.5], d: [observations.dataAmounts.last ?? 1]),
        noise: Noise(size: 0.009))
    }
  }

  static let all: [Scenario] =
    [
      Noise(size: 0.009), Noise(size: 0.009, shared: 0.15), Noise(size: 0.009, shared: 0.3),
      Noise(size: 0.009, shared: 0.5), Noise(size: 0.009, isHeavyTailed: true),
      Noise(size: 0.009, shared: 0.3, isHeavyTailed: true), Noise(size: 0, isUnequal: true),
    ].map(bytes)
    + [Noise(size: 0.008), Noise(size: 0.008, shared: 0.5)].map(t5)
    + [Noise(size: 0.008), Noise(size: 0.008, shared: 0.3)].map(small)
}
