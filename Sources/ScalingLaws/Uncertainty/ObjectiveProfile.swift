import Fitting

/// The least objective at each value of one coefficient, with all others refitted: how sharp the
/// optimum is along it.
public struct ObjectiveProfile: Sendable {
  public struct Point: Sendable, Equatable {
    /// The coefficient.
    public var value: Double
    /// The least mean loss there.
    public var objective: Double

    package init(value: Double, objective: Double) {
      self.value = value
      self.objective = objective
    }
  }

  /// An exponent, such as `b_S`, or the constant `c`.
  public var coefficient: String
  /// By ascending value, the optimum among them.
  public var points: [Point]
  /// The optimum of the fit.
  public var best: Point

  package init(coefficient: String, points: [Point], best: Point) {
    self.coefficient = coefficient
    self.points = points
    self.best = best
  }
}

extension ObjectiveProfile {
  /// How many times the least objective bounds a profile-likelihood interval, for runs with
  /// independent noise; nil of a perfect fit.
  ///
  /// Twice the log likelihood falls there by the quantile of chi square with one degree of freedom.
  package static func limit(objective: Double, delta: Double, runs: Int) -> Double? {
    guard objective > 0, objective.isFinite, runs > 0 else { return nil }
    let quantile = 3.841458820694124
    func deviance(_ ratio: Double) -> Double {
      Double(runs)
        * HuberLikelihood.deviancePerRun(objective: objective * ratio, delta: delta)
    }
    let least = deviance(1)
    var (low, high) = (1.0, 1e6)
    guard deviance(high) - least > quantile else { return nil }
    while high / low > 1 + 1e-9 {
      let middle = (low * high).squareRoot()
      if deviance(middle) - least < quantile { low = middle } else { high = middle }
    }
    return high
  }

  /// Where the profile lies below this many times its least; ends that it does not reach are those
  /// of the profile.
  public func range(below limit: Double) -> ClosedRange<Double> {
    let limit = limit * best.objective
    func crossing(_ points: some Sequence<Point>) -> Double {
      var last = best
      for point in points {
        if point.objective > limit {
          let share = (limit - last.objective) / (point.objective - last.objective)
          return last.value + share * (point.value - last.value)
        }
        last = point
      }
      return last.value
    }
    let low = crossing(points.filter { $0.value < best.value }.reversed())
    return low...max(low, crossing(points.filter { $0.value > best.value }))
  }
}

extension LawFitter {
  /// Profiles the objective along one exponent or the constant.
  ///
  /// Each point is refined from its neighbour nearer to the optimum and from a few fresh starts,
  /// so that the profile does not follow a side valley.
  ///
  /// - Parameters:
  ///   - name: of an exponent of the form, or of its constant; nil is returned for any other.
  ///   - range: the values to cover; it is cut to the coefficient's bounds.
  ///   - points: how many values besides the optimum, evenly spaced.
  ///   - freshStarts: the fresh starts at each value.
  public func profile(
    _ name: String, over range: ClosedRange<Double>, from fit: FittedLaw, points: Int = 41,
    freshStarts: Int = 2
  ) -> ObjectiveProfile? {
    guard let (slot, bounds) = profiled(name) else { return nil }
    let range = range.clamped(to: bounds)
    let step = (range.upperBound - range.lowerBound) / Double(max(points - 1, 1))
    let values = (0..<max(points, 2)).map { range.lowerBound + step * Double($0) }
    let best = ObjectiveProfile.Point(value: fit.parameters[slot], objective: fit.objective)

    func walk(_ values: [Double]) -> [ObjectiveProfile.Point] {
      var current = fit.parameters
      return values.map { value in
        current[slot] = value
        let summary = refine(from: current, holding: slot, at: value, freshStarts: freshStarts)
        current = summary.parameters
        return ObjectiveProfile.Point(value: value, objective: summary.objective)
      }
    }
    let below = walk(values.filter { $0 < best.value }.reversed()).reversed()
    let above = walk(values.filter { $0 > best.value })
    return ObjectiveProfile(coefficient: name, points: below + [best] + above, best: best)
  }

  /// The place of a coefficient whose fitted value is in absolute units, with its bounds.
  private func profiled(_ name: String) -> (slot: Int, bounds: ClosedRange<Double>)? {
    if name == form.constant { return (form.terms.count, 0...Double.greatestFiniteMagnitude) }
    return form.exponents.firstIndex { $0.name == name }.map {
      (objective.model.termCount + $0, form.exponents[$0].bounds)
    }
  }

  /// The best fit with one parameter held.
  private func refine(
    from parameters: [Double], holding slot: Int, at value: Double, freshStarts: Int
  ) -> RobustLeastSquares.Summary {
    let best = MultiStart.refine(
      objective, from: parameters, exponentBounds: form.exponents.map(\.bounds),
      signedTerms: form.signedTerms, held: [slot: value])
    guard freshStarts > 0 else { return best }
    var options = multiStartOptions(starts: freshStarts, seed: 0)
    options.held = [slot: value]
    let exponent = slot - objective.model.termCount
    if exponent >= 0 { options.startRanges[exponent] = value...value }
    let fresh = MultiStart.minimise(objective, options: options).best
    return fresh.objective < best.objective ? fresh : best
  }
}
