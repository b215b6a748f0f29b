import Fitting

/// The least objective at each value of one exponent, with all other coefficients refitted: how
/// sharp the optimum is along that exponent.
public struct ObjectiveProfile: Sendable {
  public struct Point: Sendable, Equatable {
    /// The exponent.
    public var value: Double
    /// The least mean loss there.
    public var objective: Double

    package init(value: Double, objective: Double) {
      self.value = value
      self.objective = objective
    }
  }

  /// The exponent's name, such as `b_S`.
  public var exponent: String
  /// By ascending value, the optimum among them.
  public var points: [Point]
  /// The optimum of the fit.
  public var best: Point

  package init(exponent: String, points: [Point], best: Point) {
    self.exponent = exponent
    self.points = points
    self.best = best
  }
}

extension LawFitter {
  /// Profiles the objective along one exponent.
  ///
  /// Each point is refined from its neighbour nearer to the optimum and from a few fresh starts,
  /// so that the profile does not follow a side valley.
  ///
  /// - Parameters:
  ///   - exponent: the name of an exponent of the form; nil is returned for any other name.
  ///   - range: the values to cover; it is cut to the exponent's bounds.
  ///   - points: how many values besides the optimum, evenly spaced.
  ///   - freshStarts: the fresh starts at each value.
  public func profile(
    _ exponent: String, over range: ClosedRange<Double>, from fit: FittedLaw, points: Int = 41,
    freshStarts: Int = 2
  ) -> ObjectiveProfile? {
    guard let index = form.exponents.firstIndex(where: { $0.name == exponent }) else { return nil }
    let slot = objective.sum.termCount + index
    let bounds = form.exponents[index].bounds
    let range = range.clamped(to: bounds)
    let step = (range.upperBound - range.lowerBound) / Double(max(points - 1, 1))
    let values = (0..<max(points, 2)).map { range.lowerBound + step * Double($0) }
    let best = ObjectiveProfile.Point(value: fit.parameters[slot], objective: fit.objective)

    func walk(_ values: [Double]) -> [ObjectiveProfile.Point] {
      var current = fit.parameters
      return values.map { value in
        current[slot] = value
        let summary = refine(from: current, holding: index, at: value, freshStarts: freshStarts)
        current = summary.parameters
        return ObjectiveProfile.Point(value: value, objective: summary.objective)
      }
    }
    let below = walk(values.filter { $0 < best.value }.reversed()).reversed()
    let above = walk(values.filter { $0 > best.value })
    return ObjectiveProfile(exponent: exponent, points: below + [best] + above, best: best)
  }

  /// The best fit with one exponent held.
  private func refine(
    from parameters: [Double], holding index: Int, at value: Double, freshStarts: Int
  ) -> RobustLeastSquares.Summary {
    var bounds = form.exponents.map(\.bounds)
    bounds[index] = value...value
    var best = MultiStart.refine(
      objective, from: parameters, exponentBounds: bounds, signedTerms: form.signedTerms)
    guard freshStarts > 0 else { return best }
    var ranges = form.exponents.map(\.startRange)
    ranges[index] = value...value
    var options = MultiStart.Options(exponentBounds: bounds, startRanges: ranges)
    options.starts = freshStarts
    options.signedTerms = form.signedTerms
    let fresh = MultiStart.minimise(objective, options: options).best
    if fresh.objective < best.objective { best = fresh }
    return best
  }
}
