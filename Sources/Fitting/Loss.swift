/// The penalty that one residual adds to an objective.
public enum Loss: Sendable, Equatable {
  /// r²/2.
  case squared
  /// r²/2 where |r| ≤ δ, else δ (|r| − δ/2): quadratic for small residuals, linear for outliers.
  ///
  /// Source: Huber, "Robust Estimation of a Location Parameter", 1964. `delta` has the unit of
  /// the residual and is positive.
  case huber(delta: Double)

  /// The penalty of residual `r`.
  @inlinable
  public func value(_ r: Double) -> Double {
    switch self {
    case .squared: r * r / 2
    case .huber(let delta):
      abs(r) <= delta ? r * r / 2 : delta * (abs(r) - delta / 2)
    }
  }

  /// The derivative of the penalty with respect to `r`.
  @inlinable
  public func score(_ r: Double) -> Double {
    switch self {
    case .squared: r
    case .huber(let delta): min(max(r, -delta), delta)
    }
  }

  /// The second derivative of the penalty: 1 in the quadratic part, 0 in the linear part.
  @inlinable
  public func curvature(_ r: Double) -> Double {
    switch self {
    case .squared: 1
    case .huber(let delta): abs(r) <= delta ? 1 : 0
    }
  }

  /// The weight score(r) / r that turns the problem into reweighted least squares.
  @inlinable
  public func weight(_ r: Double) -> Double {
    switch self {
    case .squared: 1
    case .huber(let delta): abs(r) <= delta ? 1 : delta / abs(r)
    }
  }

  /// The penalty that treats residuals stretched by `factor` as this one does those before.
  public func stretched(_ factor: Double) -> Loss {
    switch self {
    case .squared: .squared
    case .huber(let delta): .huber(delta: delta * factor)
    }
  }

  /// The residual beyond which the penalty is linear; infinite where it never is.
  public var linearBeyond: Double {
    switch self {
    case .squared: .infinity
    case .huber(let delta): delta
    }
  }
}
