import Fitting
import Foundation

/// A law with the replicates that tell how well it is known.
public struct LawEnsemble: Sendable {
  public var law: ScalingLaw
  /// The law refitted to resampled runs; empty where no intervals are wanted.
  public var replicates: [ScalingLaw]
  /// The standard deviation of log loss of a single run about the law.
  public var residualDeviation: Double
  /// The level of every interval.
  public var level: Double
  /// Seed of the noise of single runs.
  public var seed: UInt64

  public init(
    law: ScalingLaw, replicates: [ScalingLaw] = [], residualDeviation: Double = 0,
    level: Double = 0.95, seed: UInt64 = 0
  ) {
    self.law = law
    self.replicates = replicates
    self.residualDeviation = residualDeviation
    self.level = level
    self.seed = seed
  }

  public init(law: FrantarLaw, replicates: [FrantarLaw] = [], residualDeviation: Double = 0) {
    self.init(
      law: ScalingLaw(law), replicates: replicates.map { ScalingLaw($0) },
      residualDeviation: residualDeviation)
  }

  /// A fit and its replicates.
  init(_ fit: FittedLaw, seed: UInt64) {
    self.init(
      law: fit.law, replicates: fit.uncertainty?.distribution.laws ?? [],
      residualDeviation: fit.residualDeviation, level: fit.uncertainty?.level ?? 0.95,
      seed: seed)
  }

  /// A function of the law alone.
  func sample(_ value: (ScalingLaw) -> Double) -> Sample {
    Sample(value: value(law), replicates: replicates.map(value))
  }

  /// A function of the law and of a measured loss, which might have come out otherwise.
  ///
  /// - Parameters:
  ///   - run: tells runs apart: each has its own noise, the same in every function of it.
  ///   - deviation: of log loss; nil for `residualDeviation`.
  func sample(
    loss: Double, run: Int, deviation: Double? = nil, _ value: (ScalingLaw, Double) -> Double
  ) -> Sample {
    let deviation = deviation ?? residualDeviation
    // Streams of other purposes count from 0, so the noise has a seed of its own.
    var generator = SplitMix64(
      seed: seed ^ 0x5EED_0F40_15E0_0001, stream: UInt64(truncatingIfNeeded: run))
    return Sample(
      value: value(law, loss),
      replicates: replicates.map { value($0, loss * exp(deviation * generator.normal())) })
  }

  /// The estimate of a function of the law alone.
  func estimate(_ value: (ScalingLaw) -> Double) -> Estimate {
    sample(value).estimate(level: level)
  }
}

/// A number and the same number in every replicate.
struct Sample: Sendable {
  var value: Double
  var replicates: [Double]

  /// Open on both sides where some replicate gives no answer, such as a ratio of infinities.
  func estimate(level: Double) -> Estimate {
    let isUnknown = replicates.contains(where: \.isNaN)
    return Estimate(
      value,
      interval: isUnknown
        ? -.infinity...(.infinity) : percentileInterval(replicates, level: level))
  }

  /// The geometric mean, replicate by replicate.
  static func geometricMean(_ samples: [Sample]) -> Sample {
    combined(samples) { values in
      exp(values.reduce(0) { $0 + log($1) } / Double(values.count))
    }
  }

  /// A multiplier less 1, which is what a model has that is worth as much as a dense one.
  var gain: Sample { Sample(value: value - 1, replicates: replicates.map { $0 - 1 }) }

  static func / (a: Sample, b: Sample) -> Sample {
    combined([a, b]) { $0[0] / $0[1] }
  }

  private static func combined(_ samples: [Sample], _ value: ([Double]) -> Double) -> Sample {
    let count = samples.map(\.replicates.count).min() ?? 0
    return Sample(
      value: value(samples.map(\.value)),
      replicates: (0..<count).map { index in value(samples.map { $0.replicates[index] }) })
  }
}
