import Foundation

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

  /// −log of N in fitting units: what b_N multiplies.
  func sizeFeature(_ setting: Setting) -> Double {
    -log(setting.nonZeroParameters / nonZeroParameters)
  }

  /// −log of D in fitting units: what b_D multiplies.
  func dataFeature(_ setting: Setting) -> Double {
    -log(setting.data / data)
  }

  /// log(1 − S): what b_S multiplies.
  func densityFeature(_ setting: Setting) -> Double {
    log(1 - setting.sparsity)
  }
}
