import Benchmark
import Measuring
import ScalingLaws
import Workloads

let benchmarks: @Sendable () -> Void = {
  addFitBenchmarks()
  addGrowthBenchmarks()
}

/// A problem and its fit.
struct FittedProblem: Sendable {
  let problem: Problem
  let fit: FittedLaw

  init(_ problem: Problem, starts: Int) {
    self.problem = problem
    fit = problem.fit(starts: starts)
  }
}

/// Fits, bootstraps and optima of the byte-level language models, on one thread.
private func addFitBenchmarks() {
  for starts in [1, WorkloadSize.publishedStarts, WorkloadSize.starts] {
    Benchmark(
      "Fit", configuration: .measuring(tags: ["starts": "\(starts)"]),
      closure: { benchmark, problem in
        benchmark.measure { blackHole(problem.fit(starts: starts)) }
      }, setup: { try Problem(sweep: "byte-lm") })
  }
  for freshStarts in [false, true] {
    Benchmark(
      "Bootstrap",
      configuration: .measuring(
        iterations: 10, seconds: 5,
        tags: [
          "replicates": "\(WorkloadSize.replicates)",
          "starts": freshStarts ? "warm, some fresh" : "warm",
        ]),
      closure: { benchmark, state in
        benchmark.measure {
          blackHole(
            state.problem.bootstrap(
              state.fit, replicates: WorkloadSize.replicates, freshStarts: freshStarts))
        }
      }, setup: { FittedProblem(try Problem(sweep: "byte-lm"), starts: WorkloadSize.starts) })
  }
  Benchmark(
    "Contour solve", configuration: .measuring(),
    closure: { benchmark, solve in benchmark.measure { blackHole(solve.run()) } },
    setup: {
      let state = FittedProblem(try Problem(sweep: "byte-lm"), starts: WorkloadSize.starts)
      return ContourSolve(state.fit, of: state.problem)
    })
}
