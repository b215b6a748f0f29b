import Workloads

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
/// leaves out the time that other programs have the processor, so ratios of single-threaded programs are
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
    let start = ProcessClock.wall
    while wall.count < runs || (ProcessClock.wall - start < seconds && wall.count < 200) {
      let (usedBefore, before) = (ProcessClock.processor, ProcessClock.wall)
      try work()
      wall.append(ProcessClock.wall - before)
      processor.append(ProcessClock.processor - usedBefore)
    }
    return Measurement(
      processor: Self.median(processor), wall: Self.median(wall), runs: wall.count)
  }

  /// One run, for work of many seconds.
  static func once(_ work: () throws -> Void) rethrows -> Measurement {
    let (usedBefore, before) = (ProcessClock.processor, ProcessClock.wall)
    try work()
    return Measurement(
      processor: ProcessClock.processor - usedBefore, wall: ProcessClock.wall - before, runs: 1)
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
