import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("Words of verdict have a rule behind them")
struct VerdictTests {
  /// What says something about the world, not only a number.
  private static let words = [
    "upported", "ontradicted", "ndecided", "not decide", "decide nothing", "not determine",
    "Not tested", "too narrow", "too low", "too high", "worse than it", "better here",
    "worse here", "pays even", "pays only", "rest on leaving", "decides some", "move no",
    "law's own.", "noise alone", "noisier", "determine every", "As in the paper",
    "Other than in the paper",
    "not settle", "not chance", "off by more", "from 0, of", "not the optimum", "at the optimum",
    "Not exactly true", "predicted best", "more than any other", "is decided only",
  ]

  /// The condition under which such a sentence stands, and the interval or rule that it asks.
  private static let grounds = [
    "verdict.supported": "the interval of the multiplier's drift inside a margin",
    "verdict.contradicted": "the interval of the multiplier's drift outside of a margin",
    "verdict.undecided": "the interval holds both answers",
    "^drift.interval": "there is no interval",
    "verdict.better": "the corrected interval of the ratio lies above 1",
    "verdict.worse": "the corrected interval of the ratio lies below 1",
    "runs.kept_best": "the least of several noisy losses lies below their mean",
    "coverage.too_few": "the binomial chance of so few inside is below 5 %",
    "direction.too_low": "every error has this sign",
    "direction.too_high": "every error has this sign",
    "misfit.in_size_alone": "coverage, or three and more errors of one sign",
    "misfit.far_off": "a mean error above 10 %, set beforehand",
    "misfit.larger": "twice the root mean square on the fitted runs",
    "misfit.above": "the chi-squared interval of the noise",
    "misfit.within": "the chi-squared interval of the noise",
    "misfit.below": "the chi-squared interval of the noise",
    "pays.before": "the threshold's interval lies below 1",
    "pays.after": "the threshold's interval lies above 1",
    "pays.undecided": "the threshold's interval holds 1",
    "determination.undetermined.any": "the ends of the coefficient's interval",
    "undetermined.any": "the ends of the coefficient's interval",
    "is_whole": "the ends of every coefficient's interval",
    "put_back.verdict.independent": "every number inside its interval",
    "put_back.verdict.depends": "a number outside of its interval",
    "deciding_exclusions": "a number outside of its interval",
    "trends_are_notable": "three standard errors",
    "^trends_are_notable": "three standard errors",
    "agreement.asInThePaper": "the intervals of the runs",
    "agreement.otherwise": "the intervals of the runs",
    "agreement.mixed": "the intervals of the runs",
    "undecided.any": "the intervals of the runs",
    "is_worse": "the objective on the same runs",
    "^is_worse": "the objective on the same runs",
    "best": "the error on sizes left out",
    "^best": "the runs left over fall short of what a law needs",
    "sizes_skipped.any": "the runs left over fall short of what a law needs",
    "fitted.share_best": "the share of resamples",
    "patterns": "the interval of the multiplier, by against_dense",
    "exclusion_ledger": "a heading that asks",
  ]

  @Test func everySuchSentenceStandsUnderItsCondition() throws {
    let library = try TemplateLibrary(
      folder: packageFolder.appending(path: "Templates"), name: "Templates")
    var used: Set<String> = []
    var found = 0
    for (path, bytes) in library.files where path.hasSuffix(".md") && !path.hasPrefix("figures/") {
      var open: [String] = []
      for (index, line) in String(decoding: bytes, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false
      ).enumerated() {
        var here = open
        for match in line.matches(of: /\{\{([#^\/])([\w.]+)\}\}/) {
          if match.1 == "/" {
            _ = open.popLast()
          } else {
            open.append((match.1 == "^" ? "^" : "") + match.2)
            here.append(open[open.count - 1])
          }
        }
        guard Self.words.contains(where: line.contains) else { continue }
        found += 1
        let ground = here.last { Self.grounds[$0] != nil } ?? Self.citing[path]
        if let ground { used.insert(ground) }
        #expect(ground != nil, "Templates/\(path):\(index + 1): on what does this rest? \(line)")
      }
    }
    #expect(found > 25)
    #expect(Set(Self.grounds.keys).subtracting(used) == [])
  }

  /// Templates that are taken in under a condition.
  private static let citing = [:] as [String: String]

  /// Errors, root mean square on the fitted runs and measurements covered, with what may be said.
  @Test(arguments: [
    ([0.01, -0.01, 0.005, -0.02], 0.01, 4, "mixed", "as_expected", "in_keeping"),
    // Four errors of one sign are not chance alone, however small.
    ([0.0056, 0.0085, 0.0077, 0.0163], 0.0087, 4, "too_high", "as_expected", "in_size_alone"),
    ([-0.01, -0.01], 0.01, 2, "too_low", "as_expected", "in_keeping"),
    ([0.01, -0.01, 0.012, -0.011], 0.01, 1, "mixed", "too_few", "in_size_alone"),
    ([0.48, -0.2, 0.1], 0.01, 0, "mixed", "too_few", "larger"),
    // A bad fit does not excuse a bad prediction: 15 % is far off beside a fit that misses by 10 %.
    ([0.15, -0.15, 0.15, -0.15], 0.1, 4, "mixed", "as_expected", "far_off"),
    ([0.09, -0.09, 0.09, -0.09], 0.1, 4, "mixed", "as_expected", "in_keeping"),
    ([0.01, -0.01, 0.01, -0.01, 0.01, -0.01, 0.01], 0.01, 6, "mixed", "as_expected", "in_keeping"),
  ])
  func heldOutRuns(
    errors: [Double], rms: Double, inside: Int, direction: String, coverage: String, misfit: String
  ) {
    let covered = HoldoutVerdict.coverage(inside: inside, of: errors.count)
    #expect(HoldoutVerdict.direction(errors).rawValue == direction)
    #expect(covered?.rawValue == coverage)
    #expect(HoldoutVerdict.misfit(errors, rms: rms, covered).rawValue == misfit)
  }

  @Test func withoutIntervalsThereIsNoCoverage() {
    #expect(HoldoutVerdict.coverage(inside: 0, of: 0) == nil)
    // By hand: 0.95² and 1 - 0.95³.
    #expect(abs(HoldoutVerdict.chance(ofAtMost: 1, of: 2, level: 0.95) - 0.0975) < 1e-12)
    #expect(abs(HoldoutVerdict.chance(ofAtMost: 2, of: 3, level: 0.95) - 0.142625) < 1e-12)
    #expect(HoldoutVerdict.chance(ofAtMost: 3, of: 3, level: 0.95) == 1)
  }
}
