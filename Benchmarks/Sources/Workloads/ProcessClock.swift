import Foundation

/// The clocks of measurements, in seconds.
public enum ProcessClock {
  /// Time that passed since some moment.
  public static var wall: Double { seconds(of: CLOCK_MONOTONIC) }

  /// Processor time of all threads of this process so far, user and system.
  public static var processor: Double { seconds(of: CLOCK_PROCESS_CPUTIME_ID) }

  private static func seconds(of clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
