import ArgumentParser
import ReportPipeline

/// The options that set gates: conditions that fail the command without stopping the report.
struct Gates: ParsableArguments {
  @Option(
    name: .customLong("max-holdout-error"),
    help: "Exit with 1 when the mean relative error on held-out runs exceeds this, such as 0.03.")
  var maxHoldoutError: Double?

  @Option(
    name: .customLong("min-starts-agreeing"),
    help: "Exit with 1 when fewer of the starts than this reach the best objective of a fit.")
  var minStartsAgreeing: Int?

  @Option(
    name: .customLong("max-excluded"),
    help:
      "Exit with 1 when more runs of a sweep than this are excluded, by sweep.yml or by faults.")
  var maxExcluded: Int?

  @Flag(
    help: "Pass a gate that cannot be measured, as where nothing was held out; else it fails.")
  var allowUnmeasured = false

  func validate() throws {
    if let limit = maxHoldoutError, !(limit.isFinite && limit >= 0) {
      throw ValidationError("--max-holdout-error takes a number that is not negative")
    }
    if let limit = minStartsAgreeing, limit < 1 {
      throw ValidationError("--min-starts-agreeing takes a number of starts from 1")
    }
    if let limit = maxExcluded, limit < 0 {
      throw ValidationError("--max-excluded takes a number of runs that is not negative")
    }
  }

  /// Refuses a gate that no fit of `starts` starts could pass.
  func check(starts: Int) throws {
    guard let limit = minStartsAgreeing, limit > starts else { return }
    throw ValidationError(
      "--min-starts-agreeing \(limit) is more than the \(starts) starts of a fit (--starts)")
  }

  var limits: GateLimits {
    GateLimits(
      holdoutError: maxHoldoutError, startsAgreeing: minStartsAgreeing, excluded: maxExcluded,
      allowsUnmeasured: allowUnmeasured)
  }
}
