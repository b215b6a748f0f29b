import Benchmark
import Workloads

extension BenchmarkMetric {
  /// Processor time of all threads in microseconds.
  ///
  /// On Linux the library's own `cpuTotal` counts the scheduler's ticks of 10 ms, in which most of
  /// what is measured here takes no time at all.
  public static var processorTime: BenchmarkMetric {
    .custom("Processor time (μs)", polarity: .prefersSmaller, useScalingFactor: false)
  }
}

extension Benchmark {
  /// Measures `work` alone, its processor time with it.
  public func measure(_ work: () throws -> Void) rethrows {
    startMeasurement()
    let before = ProcessClock.processor
    try work()
    let used = ProcessClock.processor - before
    stopMeasurement()
    measurement(.processorTime, Int((used * 1e6).rounded()))
  }
}
