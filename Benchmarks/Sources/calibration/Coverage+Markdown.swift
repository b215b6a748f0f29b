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

  /// Lowest / median / highest coverage, a row for each scenario and a column for each method.
  private static func summary(_ coverages: [Coverage], of rows: String) -> [String] {
    let methods = coverages.first?.methods ?? []
    return [
      "| \(rows) | " + methods.map(\.name).joined(separator: " | ") + " |",
      "|---|" + methods.map { _ in "--:|" }.joined(),
    ]
      + coverages.map { coverage in
        let cells = methods.indices.map(coverage.range)
        return "| \(coverage.scenario.name), \(coverage.scenario.noise.description) | "
          + cells.joined(separator: " | ") + " |"
      }
  }

  /// The whole document.
  static func document(
    ofNoise noise: [Coverage], ofLaws laws: [Coverage], _ settings: Settings
  ) -> String {
    let lines =
      [
        "# Do the intervals cover?", "",
        "Written by `swift run -c release calibration` in this folder; do not edit.", "",
        "How often 95 % intervals contain the true value, in percent of \(settings.dataSets) data "
          + "sets drawn from a known law, with \(settings.replicates) bootstrap replicates for each "
          + "and the log residual. Two standard errors of an entry at 95 % "
          + "are \(oneDecimal(200 * (0.95 * 0.05 / Double(settings.dataSets)).squareRoot())).",
        "", "## Where the law is the true one", "",
        "In the first column the Huber loss turns linear at 1.345 robust standard deviations of the "
          + "residuals, as in a report whose sweep.yml does not say otherwise; in the second at the "
          + "paper's 0.001, far inside the scatter, where intervals fall short. Lowest / median / "
          + "highest coverage over all quantities:", "",
      ] + summary(noise, of: "data")
      + [
        "", "## Where another law is true", "",
        "The settings are those of the fitted runs of byte-lm, and each law in turn is the truth, with "
          + "the coefficients that fit those runs; every law is then fitted to the same data. Where "
          + "row and column meet, the law is the true one. Elsewhere intervals say how far noise "
          + "alone would move a conclusion, and nothing of the law being wrong: the reason why a "
          + "report gives its conclusions under each law. Lowest / median / highest coverage over "
          + "conclusions, predicted losses and new measurements:", "",
      ] + summary(laws, of: "truth")
    return lines.joined(separator: "\n") + "\n" + (noise + laws).map(\.markdown).joined()
  }
}

/// A number with one decimal.
func oneDecimal(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(abs(tenths % 10))"
}
