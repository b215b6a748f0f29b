import Benchmark
import Measuring
import Workloads

/// How the costs grow with the runs and with the starts, on one thread.
func addGrowthBenchmarks() {
  for runs in GrowthSize.runCounts {
    // The largest sizes take seconds: one iteration, and none before it.
    let configuration = Benchmark.Configuration.measuring(
      iterations: runs > 1_000 ? 1 : 5, warmups: runs > 1_000 ? 0 : 1,
      tags: ["runs": "\(runs)"])
    Benchmark(
      "Growth, fit of \(GrowthSize.starts) starts", configuration: configuration,
      closure: { benchmark, problem in
        benchmark.measure { blackHole(problem.fit(starts: GrowthSize.starts)) }
      }, setup: { Problem(syntheticRuns: runs) })
    Benchmark(
      "Growth, bootstrap of \(GrowthSize.replicates) replicates", configuration: configuration,
      closure: { benchmark, state in
        benchmark.measure {
          blackHole(state.problem.bootstrap(state.fit, replicates: GrowthSize.replicates))
        }
      }, setup: { FittedProblem(Problem(syntheticRuns: runs), starts: 1) })
  }
  for starts in GrowthSize.startCounts {
    Benchmark(
      "Growth, fit by starts",
      configuration: .measuring(iterations: 5, tags: ["starts": "\(starts)"]),
      closure: { benchmark, problem in
        benchmark.measure { blackHole(problem.fit(starts: starts)) }
      }, setup: { try Problem(sweep: "byte-lm") })
  }
}
