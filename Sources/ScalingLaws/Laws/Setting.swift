import Foundation
import RunLogs

/// What a law predicts a loss for.
public struct Setting: Sendable, Equatable {
  /// Non-zero parameters N.
  public var nonZeroParameters: Double
  /// Sparsity S in [0, 1).
  public var sparsity: Double
  /// Training data D.
  public var data: Double

  public init(nonZeroParameters: Double, sparsity: Double, data: Double) {
    self.nonZeroParameters = nonZeroParameters
    self.sparsity = sparsity
    self.data = data
  }

  public init(_ run: TrainingRun) {
    self.init(
      nonZeroParameters: run.nonZeroParameters, sparsity: run.sparsity, data: run.data)
  }

  /// N / (1 − S).
  public var denseParameters: Double { nonZeroParameters / (1 - sparsity) }
}

/// The units in which a law is fitted: N and D over their geometric means, which takes most of
/// the correlation out of amplitudes and exponents.
public struct Normalisation: Sendable, Equatable {
  public var nonZeroParameters: Double
  public var data: Double

  public init(_ settings: [Setting]) {
    nonZeroParameters = Self.geometricMean(settings.map(\.nonZeroParameters))
    data = Self.geometricMean(settings.map(\.data))
  }

  static func geometricMean(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 1 }
    return exp(values.reduce(0) { $0 + log($1) } / Double(values.count))
  }

  /// The unit of what a power is taken of; densities have none.
  func unit(of base: LawForm.Base) -> Double {
    switch base {
    case .size: nonZeroParameters
    case .data: data
    case .density, .sparsity, .meanDensity: 1
    }
  }
}
