import Foundation

/// How long a piece of work takes, in seconds.
struct Measurement: Codable {
  /// The median over the runs of the processor time that the process used, user and system.
  var processor: Double
  /// The median over the runs of the time that passed.
  var wall: Double
  var runs: Int
}

/// Times work that is repeated.
///
/// The statistic is the median of repeated runs after one that is not counted. Processor time
/// does not grow when other programs share the machine, so ratios of single-threaded programs are
/// taken of it; what a user waits for, on all threads, is the time that passed.
struct Stopwatch {
  /// The fewest runs that count.
  var runs = 5
  /// Runs go on until this much time has passed, at most 200 of them.
  var seconds = 0.5

  func measure(_ work: () throws -> Void) rethrows -> Measurement {
    try work()
    var processor: [Double] = []
    var wall: [Double] = []
    let start = Self.wallTime
    while wall.count < runs || (Self.wallTime - start < seconds && wall.count < 200) {
      let (usedBefore, before) = (Self.processorTime, Self.wallTime)
      try work()
      wall.append(Self.wallTime - before)
      processor.append(Self.processorTime - usedBefore)
    }
    return Measurement(
      processor: Self.median(processor), wall: Self.median(wall), runs: wall.count)
  }

  /// One run, for work of many seconds.
  static func once(_ work: () throws -> Void) rethrows -> Measurement {
    let (usedBefore, before) = (processorTime, wallTime)
    try work()
    return Measurement(
      processor: processorTime - usedBefore, wall: wallTime - before, runs: 1)
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  private static var wallTime: Double { seconds(of: CLOCK_MONOTONIC) }

  private static var processorTime: Double { seconds(of: CLOCK_PROCESS_CPUTIME_ID) }

  private static func seconds(of clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
