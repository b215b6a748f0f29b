import ReportPipeline
import RunLogs

/// What was read of a sweep, for a terminal.
enum InspectionText {
  static func describe(_ sweep: Sweep) -> String {
    var lines = ["\(sweep.name.visible): \(sweep.title.visible)"]
    func count(_ role: RunRole) -> Int { sweep.runs.count { $0.role == role } }
    lines.append(
      "  runs: \(sweep.runsRead) read, \(count(.fitted)) to fit, \(count(.heldOut)) held out "
        + "(\(sweep.holdout)), \(sweep.exclusions.count) excluded, \(count(.other)) other")
    for column in sweep.columns {
      let factor = column.times == 1 ? "" : " × \(NumberText.setting(column.times))"
      let how = column.byConvention ? " (by its name)" : ""
      lines.append("  \(column.quantity): column \(column.column.visible)\(factor)\(how)")
    }
    if !sweep.runs.isEmpty { lines += table(sweep.runs) }
    for exclusion in sweep.exclusions {
      lines.append("  excluded: \(exclusion.run.visible): \(exclusion.why.visible)")
    }
    for file in sweep.missingFiles {
      lines.append("  missing: \(file.path.visible)" + (file.get.map { ": \($0)" } ?? ""))
    }
    for warning in sweep.warnings { lines.append("  warning: \(warning.visible)") }
    return lines.joined(separator: "\n")
  }

  private static func table(_ runs: [TrainingRun]) -> [String] {
    let header = ["run", "N", "S", "D", "loss", "pattern", "role"]
    let rows = runs.map { run in
      [
        run.name.visible, NumberText.size(run.nonZeroParameters), NumberText.sparsity(run.sparsity),
        NumberText.size(run.data), NumberText.significant(run.loss, 5),
        run.pattern.description, run.role.rawValue,
      ]
    }
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    return ([header] + rows).map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        // Numbers stand to the right.
        return (1...4).contains(column) ? padding + cell : cell + padding
      }
      return "  " + cells.joined(separator: "  ")
    }
  }
}
