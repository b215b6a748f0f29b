import Foundation
import RunLogs

extension RepeatedSettings {
  /// One for each group, at its first run.
  public var findings: [Finding] {
    groups.map { group in
      let others = group.runs.dropFirst().map(\.name)
      let names = others.prefix(4).joined(separator: ", ")
      let rest = others.count > 4 ? " and \(others.count - 4) more" : ""
      return Finding(
        run: group.runs[0].name, kind: .repeatedSetting, location: group.runs[0].location,
        message: "the setting is also that of \(names)\(rest); these "
          + "\(group.runs.count) losses vary by \(percent(group.relativeDeviation)) (standard "
          + "deviation)",
        action: "kept as single runs: they show the noise")
    }
  }
}

extension OutlierCheck {
  /// One for each outlier.
  public var findings: [Finding] {
    outliers.map { outlier in
      let error = outlier.relativeError
      return Finding(
        run: outlier.run.name, kind: .outlier, location: outlier.run.location,
        message: "the law is \(percent(abs(error))) too \(error > 0 ? "high" : "low") here, "
          + "\(String(format: "%.1f", outlier.deviations)) standard deviations, where chance "
          + "rarely passes \(String(format: "%.1f", threshold))",
        action: outlier.weight < 1
          ? "kept; the Huber loss counts it \(String(format: "%.2g", outlier.weight)) times as "
            + "much as a run that fits" : "kept at full weight: its residual is below huber_delta")
    }
  }
}

extension Sweep {
  /// What is to be noticed without a fit: in the logs of single runs and among main runs.
  public var findingsWithoutFit: [Finding] {
    findings + RepeatedSettings(runs.filter { $0.role == .fitted || $0.role == .heldOut }).findings
  }
}

extension SweepAnalysis {
  /// What is to be noticed about single runs: in their logs, among themselves and against the law
  /// that the conclusions rest on.
  public var findings: [Finding] {
    sweep.findings + repeatedSettings.findings + (outliers?.findings ?? [])
  }
}

private func percent(_ fraction: Double) -> String {
  String(format: "%.2f %%", 100 * fraction)
}
