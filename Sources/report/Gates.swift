import ReportPipeline
import ScalingLaws

/// Conditions that a user sets and that fail the command without stopping the report.
enum Gates {
  /// What a gate could not measure, for the user to know: such a gate does not fail.
  static func notices(_ analyses: [SweepAnalysis], maxHoldoutError: Double?) -> [String] {
    guard maxHoldoutError != nil else { return [] }
    return analyses.filter { $0.holdout == nil }.map {
      "\($0.sweep.name): nothing was held out, so --max-holdout-error does not apply"
    }
  }

  static func failures(
    _ analyses: [SweepAnalysis], maxHoldoutError: Double?
  ) -> [String] {
    guard let limit = maxHoldoutError else { return [] }
    return analyses.compactMap { analysis in
      guard let check = analysis.holdout else { return nil }
      let error = check.meanAbsoluteRelativeError
      guard !(error <= limit) else { return nil }
      return "\(analysis.sweep.name): mean held-out error \(NumberText.percent(error)) is above "
        + "--max-holdout-error \(NumberText.percent(limit))"
    }
  }
}
