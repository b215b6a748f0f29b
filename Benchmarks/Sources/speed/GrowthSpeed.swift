import Workloads

/// How the cost of a fit grows with the number of runs, on one thread.
struct GrowthSpeed: Codable {
  /// Multi-start fits of `GrowthSize.starts` starts.
  var fit: [GrowthPoint] = []
  /// Bootstraps of `GrowthSize.replicates` replicates, the first of which is checked by fresh starts.
  var bootstrap: [GrowthPoint] = []
  /// 10,000 runs with 200 starts and 1,000 replicates on the threads given.
  var large: Measurement
  var threads: Int

  init(threads: Int) {
    for count in GrowthSize.runCounts {
      let problem = Problem(syntheticRuns: count)
      var fit = problem.fit(starts: 1)
      func measure(_ work: () -> Void) -> GrowthPoint {
        let stopwatch = Stopwatch(runs: 3, seconds: 0)
        return GrowthPoint(
          count: count,
          measurement: count > 1_000 ? Stopwatch.once(work) : stopwatch.measure(work))
      }
      self.fit.append(measure { fit = problem.fit(starts: GrowthSize.starts) })
      bootstrap.append(
        measure { _ = problem.bootstrap(fit, replicates: GrowthSize.replicates) })
    }
    self.threads = threads
    let problem = Problem(syntheticRuns: 10_000)
    large = Stopwatch.once {
      let fit = problem.fit(starts: WorkloadSize.starts, threads: threads)
      _ = problem.bootstrap(fit, replicates: WorkloadSize.replicates, threads: threads)
    }
  }
}
