import Fitting

/// How far one run alone moves a coefficient.
public struct Influence: Sendable, Equatable {
  /// The run's name.
  public var run: String
  /// The coefficient fitted without the run.
  public var without: Double
  /// Fitted without the run over fitted with it, minus 1; infinite from a coefficient of 0.
  public var relativeChange: Double
}

extension LawFitter {
  /// The largest number of runs for which each is left out in turn; among more, no single run
  /// matters.
  public static let leaveOneOutLimit = 1_000

  /// The parameters fitted without each run in turn, refined from the fit; empty for more runs
  /// than `leaveOneOutLimit`.
  public func leaveOneOut(from parameters: [Double], threads: Int) -> [[Double]] {
    guard observations.count <= Self.leaveOneOutLimit else { return [] }
    return parallelMap(count: observations.count, threads: threads) { left in
      var weights = [Double](repeating: 1, count: observations.count)
      weights[left] = 0
      return refine(objective.reweighted(weights), from: parameters).parameters
    }
  }

  /// For each coefficient, in the order of the form, the runs that move it most when left out,
  /// largest first.
  public func influences(on fit: FittedLaw, top: Int = 3, threads: Int = 1) -> [[Influence]] {
    let coefficients = fit.coefficients
    let without = leaveOneOut(from: fit.parameters, threads: threads).map {
      form.coefficients(of: $0, units: units)
    }
    return coefficients.indices.map { index in
      let all = without.enumerated().map { run, values in
        let value = values[index].value
        let estimate = coefficients[index].value
        return Influence(
          run: observations.names[run], without: value,
          relativeChange: value == estimate ? 0 : value / estimate - 1)
      }
      // Ties keep the order of the runs, so that the choice is always the same; what differs by
      // less than the search resolves, as with two runs of one setting that the Huber loss weighs
      // alike, is a tie.
      let sizes = all.map { Float(abs($0.relativeChange)) }
      let order = all.indices.sorted { sizes[$0] == sizes[$1] ? $0 < $1 : sizes[$0] > sizes[$1] }
      return order.prefix(max(top, 0)).map { all[$0] }
    }
  }
}
