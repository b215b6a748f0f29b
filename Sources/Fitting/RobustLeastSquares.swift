/// Minimises a mean loss over residuals by damped Gauss-Newton steps.
///
/// The steps are those of Levenberg (1944) and Marquardt (1963) on reweighted residuals. Bounds
/// are kept by projection: a coefficient that sits at a bound and is pushed outwards is held there
/// for that step. With a Huber loss and most residuals in its linear part, reweighting converges
/// slowly; `NewtonSearch` finishes such searches.
public enum RobustLeastSquares {
  public struct Options: Sendable {
    /// The loss of each residual, for models given by residuals. Default: squared.
    public var loss: Loss = .squared
    /// Lower bounds, one a parameter; nil for none.
    public var lowerBounds: [Double]?
    /// Upper bounds, one a parameter; nil for none.
    public var upperBounds: [Double]?
    /// The largest number of linearisations. Default: 2,000.
    public var iterationLimit = 2_000
    /// The relative change of every free parameter below which the search ends. Default: 1e-12.
    public var stepTolerance = 1e-12
    /// The relative fall of the objective in one step below which the search ends, for a start that
    /// another search goes on from. Default: none.
    public var fallTolerance: Double?
    /// The first damping, relative to the diagonal of the Hessian. Default: 1e-3.
    public var initialDamping = 1e-3

    public init() {}
  }

  /// Why a search ended.
  public enum Termination: String, Sendable, Equatable, CaseIterable {
    /// max |Δθᵢ| / |θᵢ| ≤ the step tolerance over the free parameters, at negligible damping.
    case stepBelowTolerance
    /// ∂f/∂θᵢ = 0 for every free parameter.
    case gradientVanished
    /// No damping gives a step that lowers the objective by more than its rounding error.
    case objectiveCannotFall
    /// The last step lowered the objective by less than the tolerance: not converged.
    case fallBelowTolerance
    /// The iteration limit was reached first: not converged.
    case iterationLimit
    /// The objective is not finite at the start: nothing was done.
    case startOutsideDomain

    /// Whether the criterion is one of a stationary point.
    public var isConverged: Bool {
      switch self {
      case .stepBelowTolerance, .gradientVanished, .objectiveCannotFall: true
      case .fallBelowTolerance, .iterationLimit, .startOutsideDomain: false
      }
    }

    /// The criterion in words, for reports.
    public var explanation: String {
      switch self {
      case .stepBelowTolerance:
        "no free coefficient moved by more than the relative step tolerance"
      case .gradientVanished: "the gradient vanished"
      case .objectiveCannotFall: "no step lowers the objective by more than its rounding error"
      case .fallBelowTolerance: "the last step lowered the objective by less than the tolerance"
      case .iterationLimit: "the iteration limit was reached before convergence"
      case .startOutsideDomain: "the objective is not finite at the start"
      }
    }
  }

  public struct Summary: Sendable {
    /// The best point found.
    public var parameters: [Double]
    /// The objective there: the mean loss.
    public var objective: Double
    public var termination: Termination
    /// The number of linearisations made.
    public var iterations: Int
  }

  /// Minimises the mean loss over the residuals of `model`.
  public static func solve<Model: ResidualModel>(
    _ model: Model, from start: [Double], options: Options = Options()
  ) -> Summary {
    minimise(
      ResidualObjective(model: model, loss: options.loss), from: start, options: options)
  }
}
