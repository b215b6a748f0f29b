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
  /// Those that reach any of the bounds.
  case atLeast(Bounds)
  /// Those whose names match one of the glob patterns.
  case runs([String])

  /// Bounds, of which a run reaches one to be held out; nil where there is none.
  public struct Bounds: Sendable, Equatable {
    public var nonZeroParameters: Double?
    public var data: Double?
    /// FLOPs of dense training: FLOPs per parameter and unit of data x N_dense x D.
    public var compute: Double?
  }
}

extension HoldoutRule: CustomStringConvertible {
  /// The rule in words.
  public var description: String {
    switch self {
    case .largest: "runs within 5 % of the largest N"
    case .none: "none"
    case .atLeast(let bounds):
      "runs of at least "
        + [
          bounds.nonZeroParameters.map { "N = \(grouped($0))" },
          bounds.data.map { "\(grouped($0)) units of data" },
          bounds.compute.map { "\(grouped($0)) FLOPs" },
        ].compactMap { $0 }.joined(separator: " or ")
    case .runs(let patterns):
      "runs named " + patterns.map(\.visible).joined(separator: ", ")
    }
  }
}

/// A named number of a law.
public struct Coefficient: Sendable, Equatable {
  public var name: String
  public var value: Double

  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// A law from the literature, in the sweep's units of N and D.
public struct PublishedLaw: Sendable, Equatable {
  /// Where it was published.
  public var name: String
  /// The law's name; nil for that of Frantar et al. 2024, equation 1.
  public var law: String?
  /// In the order of sweep.yml; of a law that sweep.yml does not name all seven of the paper's,
  /// or the five of dense training, are there: `c_S`, `b_N`, `a_D`, `b_D` and `c`.
  public var coefficients: [Coefficient]
  /// What a reader should know of it.
  public var note: String?
  public var location: SourceLocation?

  public init(
    name: String, law: String? = nil, coefficients: [Coefficient], note: String? = nil,
    location: SourceLocation? = nil
  ) {
    self.name = name
    self.law = law
    self.coefficients = coefficients
    self.note = note
    self.location = location
  }

  public subscript(name: String) -> Double? {
    coefficients.first { $0.name == name }?.value
  }
}

/// How the training compute of a run is counted.
public struct ComputeSettings: Sendable, Equatable {
  /// FLOPs per parameter and unit of data.
  public var flopsPerParameter: Double
  /// What further FLOPs per unit of data are counted from, as sweep.yml has it; nil for none.
  public var extra: String?
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
