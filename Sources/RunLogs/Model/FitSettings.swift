/// The residual whose Huber loss is minimised.
public enum ResidualKind: String, Sendable, CaseIterable {
  /// log predicted - log measured.
  case log
  /// predicted - measured.
  case linear
}

/// Which main runs are kept back to check extrapolation.
public enum HoldoutRule: Sendable, Equatable {
  /// Those within 5 % of the largest N.
  case largest
  case none
  case nonZeroParametersAtLeast(Double)
  /// Those whose names match one of the glob patterns.
  case runs([String])
}

extension HoldoutRule: CustomStringConvertible {
  /// The rule in words.
  public var description: String {
    switch self {
    case .largest: "runs within 5 % of the largest number of non-zero parameters"
    case .none: "none"
    case .nonZeroParametersAtLeast(let bound):
      "runs of at least \(grouped(bound)) non-zero parameters"
    case .runs(let patterns):
      "runs named " + patterns.map(\.visible).joined(separator: ", ")
    }
  }
}

/// Coefficients of the sparsity scaling law from the literature, in the sweep's units.
///
/// L = (a_S (1 - S)^b_S + c_S) N^-b_N + (a_D / D)^b_D + c (Frantar et al. 2024, equation 1).
public struct PublishedCoefficients: Sendable, Equatable {
  /// Where they were published.
  public var name: String
  public var aS: Double
  public var bS: Double
  public var cS: Double
  public var bN: Double
  public var aD: Double
  public var bD: Double
  public var c: Double

  public init(
    name: String, aS: Double, bS: Double, cS: Double, bN: Double, aD: Double, bD: Double, c: Double
  ) {
    self.name = name
    self.aS = aS
    self.bS = bS
    self.cS = cS
    self.bN = bN
    self.aD = aD
    self.bD = bD
    self.c = c
  }
}

/// How the training compute of a run is counted.
public struct ComputeSettings: Sendable, Equatable {
  /// FLOPs per parameter and unit of data.
  public var flopsPerParameter: Double
  /// The fraction of training at which pruning starts.
  public var pruningStart: Double
  /// The fraction of training at which pruning ends.
  public var pruningEnd: Double

  public init(
    flopsPerParameter: Double = 6, pruningStart: Double = 0.25, pruningEnd: Double = 0.75
  ) {
    self.flopsPerParameter = flopsPerParameter
    self.pruningStart = pruningStart
    self.pruningEnd = pruningEnd
  }
}
