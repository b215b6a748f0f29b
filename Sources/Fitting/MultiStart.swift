import Foundation

/// Fits an exponential sum from many starting points and reports how they agree.
///
/// Each start is a point of a low-discrepancy sequence in the space of the exponents alone; the
/// linear coefficients follow from non-negative least squares there (variable projection,
/// Golub and Pereyra 1973), and `RobustLeastSquares` finds an optimum of all parameters together.
/// With many rows it finds that of some of them first, where a linearisation costs little, and the
/// optimum of all from there.
public enum MultiStart {
  public struct Options: Sendable {
    /// The number of starting points. Default: 200.
    public var starts = 200
    /// Shifts the sequence of starting points. Default: 0.
    public var seed: UInt64 = 0
    /// The largest number of threads; the result does not depend on it. Default: 1.
    public var threads = 1
    /// The linear coefficients that may be negative, by position; others are at least 0.
    public var signedTerms: Set<Int> = []
    /// These bound the exponents.
    public var exponentBounds: [ClosedRange<Double>]
    /// Where starting exponents are drawn.
    public var startRanges: [ClosedRange<Double>]
    /// Parameters that keep a value, by position.
    public var held: [Int: Double] = [:]

    public init(exponentBounds: [ClosedRange<Double>], startRanges: [ClosedRange<Double>]) {
      self.exponentBounds = exponentBounds
      self.startRanges = startRanges
    }
  }

  /// A distinct stationary point and how many starts ended there.
  public struct Minimum: Sendable, Equatable {
    public var objective: Double
    public var starts: Int
  }

  public struct Summary: Sendable {
    public var best: RobustLeastSquares.Summary
    /// Starts tried.
    public var tried: Int
    /// Starts whose objective is at most best · (1 + 1e-9) + 1e-12 δ².
    public var reachedBest: Int
    /// The other ends, lowest first; ends closer than 1e-6 (relative) count as one.
    public var otherMinima: [Minimum]
  }

  /// The rows that a search begins with: enough to find the valley of any optimum.
  static let coarseRows = 1_000

  public static func minimise(
    _ objective: ExponentialSumObjective, options: Options
  ) -> Summary {
    let sequence = LowDiscrepancySequence(
      dimensions: max(options.startRanges.count, 1), seed: options.seed)
    let solverOptions = solverOptions(for: objective, options)
    let coarse = objective.thinned(to: coarseRows)
    let ends = parallelMap(count: max(options.starts, 1), threads: options.threads) { index in
      let exponents = zip(sequence[index], options.startRanges).map { position, range in
        range.lowerBound + position * (range.upperBound - range.lowerBound)
      }
      let start = start(coarse ?? objective, at: exponents, signed: options.signedTerms)
      guard let coarse else {
        return RobustLeastSquares.minimise(objective, from: start, options: solverOptions)
      }
      let near = RobustLeastSquares.minimise(coarse, from: start, options: solverOptions)
      var refined = solverOptions
      refined.startsNearOptimum = true
      return RobustLeastSquares.minimise(objective, from: near.parameters, options: refined)
    }
    return summarise(ends, loss: objective.loss)
  }

  /// Refines a known point, as bootstrap replicates do.
  public static func refine(
    _ objective: ExponentialSumObjective, from parameters: [Double],
    exponentBounds: [ClosedRange<Double>], signedTerms: Set<Int> = [], held: [Int: Double] = [:]
  ) -> RobustLeastSquares.Summary {
    var options = Options(exponentBounds: exponentBounds, startRanges: [])
    options.signedTerms = signedTerms
    options.held = held
    var solver = solverOptions(for: objective, options)
    solver.startsNearOptimum = true
    return RobustLeastSquares.minimise(objective, from: parameters, options: solver)
  }

  private static func solverOptions(
    for objective: ExponentialSumObjective, _ options: Options
  ) -> RobustLeastSquares.Options {
    let terms = 0..<objective.model.termCount
    var lower = terms.map { options.signedTerms.contains($0) ? -Double.infinity : 0 }
    var upper = terms.map { _ in Double.infinity }
    lower += options.exponentBounds.map(\.lowerBound)
    upper += options.exponentBounds.map(\.upperBound)
    for (place, value) in options.held where lower.indices.contains(place) {
      (lower[place], upper[place]) = (value, value)
    }
    var solver = RobustLeastSquares.Options()
    (solver.lowerBounds, solver.upperBounds) = (lower, upper)
    return solver
  }

  /// The parameters to start from at given exponents: the linear coefficients that fit best there
  /// in weighted least squares, with residuals taken to first order.
  static func start(
    _ objective: ExponentialSumObjective, at exponents: [Double], signed: Set<Int> = []
  ) -> [Double] {
    let sum = objective.counted
    let basis = sum.basis(at: exponents)
    // A log residual is predicted / measured − 1 to first order.
    let measured = objective.countedTargets.map { objective.residual == .log ? exp($0) : $0 }
    let scales = measured.map { objective.residual == .log ? 1 / $0 : 1 }
    guard sum.coupledTerms > 0, let power = exponents.last, let least = measured.min() else {
      // A coefficient of either sign is the difference of two that are not negative.
      let places = signed.sorted()
      let doubled = basis + places.map { basis[$0].map { -$0 } }
      var linear = linearCoefficients(doubled, measured, scales, objective.countedWeights)
      for (offset, place) in places.enumerated() { linear[place] -= linear[basis.count + offset] }
      return Array(linear.prefix(basis.count)) + exponents
    }
    // The sum g would be (L − c)^(1/κ) if the constant c were known: the best of a few guesses.
    let hasConstant = sum.coupledTerms < sum.termCount
    var best = (value: Double.infinity, parameters: [Double]())
    for share in hasConstant ? [0, 0.3, 0.6, 0.9] : [0] {
      let constant = share * least
      let inner = measured.map { pow($0 - constant, 1 / power) }
      let slopes = inner.indices.map {
        scales[$0] * power * (measured[$0] - constant) / inner[$0]
      }
      let linear = linearCoefficients(
        Array(basis.prefix(sum.coupledTerms)), inner, slopes, objective.countedWeights)
      let parameters = linear + (hasConstant ? [constant] : []) + exponents
      let value = objective.value(at: parameters)
      if !(value >= best.value) { best = (value, parameters) }
    }
    return best.parameters
  }

  /// The least squares Σ weight scale² (Σⱼ λⱼ columnⱼ − target)² over λ ≥ 0.
  private static func linearCoefficients(
    _ columns: [[Double]], _ targets: [Double], _ scales: [Double], _ weights: [Double]
  ) -> [Double] {
    let count = columns.count
    var gram = [Double](repeating: 0, count: count * count)
    var moments = [Double](repeating: 0, count: count)
    for row in targets.indices {
      let weight = weights[row] * scales[row] * scales[row]
      for term in 0..<count {
        let value = weight * columns[term][row]
        moments[term] += value * targets[row]
        for other in term..<count { gram[term * count + other] += value * columns[other][row] }
      }
    }
    for term in 0..<count {
      for other in 0..<term { gram[term * count + other] = gram[other * count + term] }
    }
    return NonNegativeLeastSquares.solve(gram: gram, moments: moments)
  }

  private static func summarise(
    _ ends: [RobustLeastSquares.Summary], loss: Loss
  ) -> Summary {
    let usable = ends.filter { $0.objective.isFinite && $0.termination != .startOutsideDomain }
    var best = usable.first ?? ends[0]
    for end in usable where end.objective < best.objective { best = end }
    var slack = 1e-300
    if case .huber(let delta) = loss { slack = 1e-12 * delta * delta }
    let limit = best.objective * (1 + 1e-9) + slack
    let others = usable.map(\.objective).filter { $0 > limit }.sorted()
    var minima: [Minimum] = []
    for objective in others {
      if let last = minima.last, objective <= last.objective * (1 + 1e-6) {
        minima[minima.count - 1].starts += 1
      } else {
        minima.append(Minimum(objective: objective, starts: 1))
      }
    }
    return Summary(
      best: best, tried: ends.count, reachedBest: usable.count - others.count,
      otherMinima: minima)
  }
}
