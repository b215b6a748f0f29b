import ScalingLaws
import Workloads

/// What fitting one sweep costs, on one thread.
struct FitSpeed: Codable {
  var problem: ProblemRecord
  var runs: Int
  /// The best objective, and how many of the starts reached it.
  var objective: Double
  var startsAgreeing: Int
  var oneStart: Measurement
  var publishedStarts: Measurement
  var multiStart: Measurement
  /// Replicates as a report makes them: some are also fitted from fresh starts.
  var bootstrap: Measurement
  /// Replicates that are only refined from the fit.
  var warmBootstrap: Measurement
  /// Replicates that were also fitted from fresh starts, and how many starts each.
  var replicatesChecked: Int
  var freshStarts: Int
  /// A grid of optimal sparsities; nothing where the fit has no law.
  var contourSolve: Measurement?
  var startsGrowth: [GrowthPoint]

  init(_ problem: Problem) {
    let fit = problem.fit(starts: WorkloadSize.starts)
    self.problem = ProblemRecord(problem)
    runs = problem.observations.count
    objective = fit.objective
    startsAgreeing = fit.startsReachedBest
    func starts(_ count: Int) -> Measurement {
      Stopwatch().measure { _ = problem.fit(starts: count) }
    }
    oneStart = starts(1)
    publishedStarts = starts(WorkloadSize.publishedStarts)
    multiStart = starts(WorkloadSize.starts)
    func replicates(freshStarts: Bool) -> BootstrapDistribution {
      problem.bootstrap(fit, replicates: WorkloadSize.replicates, freshStarts: freshStarts)
    }
    var checked = replicates(freshStarts: true)
    bootstrap = Stopwatch(runs: 3).measure { checked = replicates(freshStarts: true) }
    replicatesChecked = checked.freshStartCheck.checked
    freshStarts = checked.options.freshStarts
    warmBootstrap = Stopwatch(runs: 3).measure { _ = replicates(freshStarts: false) }
    let solve = ContourSolve(fit, of: problem)
    contourSolve = Stopwatch().measure { _ = solve.run() }
    startsGrowth = GrowthSize.startCounts.map {
      GrowthPoint(count: $0, measurement: starts($0))
    }
  }
}

/// The cost of a size of problem.
struct GrowthPoint: Codable {
  var count: Int
  var measurement: Measurement
}
