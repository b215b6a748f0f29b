import Benchmark

extension Benchmark.Configuration {
  /// Processor time, which leaves out the time that other programs have the processor; the time
  /// that passed; instructions, where the machine counts them; and the peak of memory.
  ///
  /// - Parameters:
  ///   - iterations: the most iterations.
  ///   - seconds: no further iteration starts after this many.
  ///   - warmups: iterations that do not count.
  ///   - tags: the parameters of a benchmark that is run at several sizes.
  public static func measuring(
    iterations: Int = 100, seconds: Int = 2, warmups: Int = 1, tags: [String: String] = [:]
  ) -> Self {
    Self(
      metrics: [.processorTime, .wallClock, .instructions, .peakMemoryResident], tags: tags,
      units: [.processorTime: .count], warmupIterations: warmups, maxDuration: .seconds(seconds),
      maxIterations: iterations)
  }
}
