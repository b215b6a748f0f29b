import Fitting
import ScalingLaws

extension Coverage {
  /// The coverage in percent.
  func percent(_ method: Int, _ name: Int) -> Double {
    100 * Double(covered[method][name]) / Double(dataSets)
  }

  /// The lowest, the median and the highest coverage of one method over all quantities.
  func range(_ method: Int) -> String {
    let values = names.indices.map { percent(method, $0) }.sorted()
    return [0, 0.5, 1].map { oneDecimal(quantile(ofSorted: values, $0)) }.joined(separator: " / ")
  }

  var markdown: String {
    var lines = [
      "", "## \(scenario.name), \(scenario.noise.description)", "",
      "| quantity | " + methods.map(\.name).joined(separator: " | ") + " |",
      "|---|" + methods.map { _ in "--:|" }.joined(),
    ]
    for index in names.indices {
      let cells = methods.indices.map { oneDecimal(percent($0, index)) }
      lines.append("| \(names[index]) | " + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The whole document.
  static func document(_ coverages: [Coverage], _ settings: Settings) -> String {
    let methods = coverages.first?.methods ?? []
    var lines = [
      "# Do the intervals cover?", "",
      "Written by `swift run -c release calibration` in this folder; do not edit.", "",
      "How often 95 % intervals contain the true value, in percent of \(settings.dataSets) data "
        + "sets drawn from a known law, with \(settings.replicates) bootstrap replicates for each "
        + "and the log residual. Two standard errors of an entry at 95 % "
        + "are \(oneDecimal(200 * (0.95 * 0.05 / Double(settings.dataSets)).squareRoot())).",
      "",
      "In the first column the Huber loss turns linear at 1.345 robust standard deviations of the "
        + "residuals, as in a report whose sweep.yml does not say otherwise; in the second at the "
        + "paper's 0.001, far inside the scatter, where intervals fall short. Lowest / median / highest "
        + "coverage over all quantities:", "",
      "| data | " + methods.map(\.name).joined(separator: " | ") + " |",
      "|---|" + methods.map { _ in "--:|" }.joined(),
    ]
    for coverage in coverages {
      let cells = methods.indices.map(coverage.range)
      lines.append(
        "| \(coverage.scenario.name), \(coverage.scenario.noise.description) | "
          + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n") + "\n" + coverages.map(\.markdown).joined()
  }
}

/// A number with one decimal.
func oneDecimal(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(abs(tenths % 10))"
}
