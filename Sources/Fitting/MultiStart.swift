/// Fits an exponential sum from many starting points and reports how they agree.
///
/// Each start is a point of a low-discrepancy sequence in the space of the exponents alone; the
/// linear coefficients follow from non-negative least squares there (variable projection,
/// Golub and Pereyra 1973), `RobustLeastSquares` comes near an optimum of all parameters together,
/// and `NewtonSearch` finishes.
public enum MultiStart {
  public struct Options: Sendable {
    /// The number of starting points. Default: 200.
    public var starts = 200
    /// Shifts the sequence of starting points. Default: 0.
    public var seed: UInt64 = 0
    /// The largest number of threads; the result does not depend on it. Default: 1.
    public var threads = 1
    /// Linear coefficients are non-negative; these bound the exponents.
    public var exponentBounds: [ClosedRange<Double>]
    /// Where starting exponents are drawn.
    public var startRanges: [ClosedRange<Double>]

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

  public static func minimise(
    _ objective: ExponentialSumObjective, options: Options
  ) -> Summary {
    let sequence = LowDiscrepancySequence(
      dimensions: max(options.startRanges.count, 1), seed: options.seed)
    let finish = solverOptions(for: objective, exponentBounds: options.exponentBounds)
    let approach = {
      var options = finish
      options.fallTolerance = 0.02
      return options
    }()
    let ends = parallelMap(count: max(options.starts, 1), threads: options.threads) { index in
      let exponents = zip(sequence[index], options.startRanges).map { position, range in
        range.lowerBound + position * (range.upperBound - range.lowerBound)
      }
      let linear = objective.bestLinearCoefficients(at: exponents)
      let near = RobustLeastSquares.minimise(
        objective, from: linear + exponents, options: approach)
      return search(objective, from: near.parameters, options: finish)
    }
    return summarise(ends, loss: objective.loss)
  }

  /// Refines a known point, as bootstrap replicates do.
  public static func refine(
    _ objective: ExponentialSumObjective, from parameters: [Double],
    exponentBounds: [ClosedRange<Double>]
  ) -> RobustLeastSquares.Summary {
    search(
      objective, from: parameters,
      options: solverOptions(for: objective, exponentBounds: exponentBounds))
  }

  private static func search(
    _ objective: ExponentialSumObjective, from parameters: [Double],
    options: RobustLeastSquares.Options
  ) -> RobustLeastSquares.Summary {
    var search = NewtonSearch(objective, from: parameters, options: options)
    return search.run()
  }

  private static func solverOptions(
    for objective: ExponentialSumObjective, exponentBounds: [ClosedRange<Double>]
  ) -> RobustLeastSquares.Options {
    var options = RobustLeastSquares.Options()
    let linear = [Double](repeating: 0, count: objective.sum.termCount)
    options.lowerBounds = linear + exponentBounds.map(\.lowerBound)
    options.upperBounds =
      linear.map { _ in Double.infinity } + exponentBounds.map(\.upperBound)
    return options
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
