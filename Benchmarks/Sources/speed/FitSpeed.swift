import ScalingLaws

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
  var bootstrap: Measurement
  /// A grid of 41 sizes by 41 budgets solved by scan and Brent.
  var contourSolve: Measurement
  var startsGrowth: [GrowthPoint]

  /// Starts of the published procedure.
  static let publishedStartCount = 25
  static let startCount = 200
  static let replicateCount = 1_000

  init(_ problem: Problem) {
    let fit = problem.fit(starts: Self.startCount)
    self.problem = ProblemRecord(problem)
    runs = problem.observations.count
    objective = fit.objective
    startsAgreeing = fit.startsReachedBest
    func starts(_ count: Int) -> Measurement {
      Stopwatch().measure { _ = problem.fit(starts: count) }
    }
    oneStart = starts(1)
    publishedStarts = starts(Self.publishedStartCount)
    multiStart = starts(Self.startCount)
    bootstrap = Stopwatch(runs: 3).measure {
      _ = problem.bootstrap(fit, replicates: Self.replicateCount)
    }
    contourSolve = Self.contourSolve(fit, largest: problem.observations.sizes.last ?? 1e9)
    startsGrowth = [25, 50, 100, 200, 400, 800].map {
      GrowthPoint(count: $0, measurement: starts($0))
    }
  }

  private static func contourSolve(_ fit: LawFit, largest: Double) -> Measurement {
    guard let law = fit.law else { return Measurement(processor: 0, wall: 0, runs: 0) }
    let model = ComputeModel(
      law: law, accounting: .sparse(PruningSchedule()), flopsPerParameter: 6)
    var sum = 0.0
    return Stopwatch().measure {
      for row in 0...40 {
        let size = largest * Double(row + 1) / 41
        let budget = model.chinchillaFlops(nonZeroParameters: size)
        for column in 0...40 {
          sum +=
            model.optimumByScan(
              nonZeroParameters: size, flops: budget * (0.01 + Double(column * column))
            ).sparsity
        }
      }
    }
  }
}

/// The cost of a size of problem.
struct GrowthPoint: Codable {
  var count: Int
  var measurement: Measurement
}
