/// How the cost of a fit grows with the number of runs, on one thread.
struct GrowthSpeed: Codable {
  static let startCount = 10
  static let replicateCount = 20
  static let runCounts = [50, 500, 5_000, 50_000, 100_000]

  /// Multi-start fits of `startCount` starts.
  var fit: [GrowthPoint] = []
  /// Bootstraps of `replicateCount` replicates, the first of which is checked by fresh starts.
  var bootstrap: [GrowthPoint] = []
  /// 10,000 runs with 200 starts and 1,000 replicates on the threads given.
  var large: Measurement
  var threads: Int

  init(threads: Int) {
    for count in Self.runCounts {
      let problem = Problem(syntheticRuns: count)
      var fit = problem.fit(starts: 1)
      func measure(_ work: () -> Void) -> GrowthPoint {
        let stopwatch = Stopwatch(runs: 3, seconds: 0)
        return GrowthPoint(
          count: count,
          measurement: count > 1_000 ? Stopwatch.once(work) : stopwatch.measure(work))
      }
      self.fit.append(measure { fit = problem.fit(starts: Self.startCount) })
      bootstrap.append(
        measure { _ = problem.bootstrap(fit, replicates: Self.replicateCount) })
    }
    self.threads = threads
    let problem = Problem(syntheticRuns: 10_000)
    large = Stopwatch.once {
      let fit = problem.fit(starts: FitSpeed.startCount, threads: threads)
      _ = problem.bootstrap(fit, replicates: FitSpeed.replicateCount, threads: threads)
    }
  }
}
