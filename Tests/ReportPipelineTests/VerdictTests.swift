import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("Words of verdict have a rule behind them")
struct VerdictTests {
  /// What says something about the world, not only a number.
  private static let words = [
    "upported", "ontradicted", "ndecided", "not decide", "decide nothing", "not determine",
    "Not tested", "Dense is best", "finds no gain", "too narrow", "too low", "too high",
    "worse than it", "better here",
    "worse here", "pays even", "pays only", "rest on leaving", "decides some", "move no",
    "law's own.", "noise alone", "noisier", "determine every", "As in the paper",
    "Other than in the paper", "not settle", "for chance to be all", "off by more", "than chance",
    "not the optimum", "at the optimum", "smallest error", "best in {{", "is decided only",
    "lie between the two", "of its 95 % interval.", "95 % interval a number is moved",
    "laws disagree",
  ]

  /// The condition under which such a sentence stands, and the interval or rule that it asks.
  private static let grounds = [
    "verdict.supported": "the interval of the multiplier's drift inside a margin",
    "verdict.contradicted": "the interval of the multiplier's drift outside of a margin",
    "verdict.undecided": "the interval holds both answers",
    "verdict.untested": "there is no interval",
    "worth.verdict.negligible": "intervals reach 1, none the margin",
    "worth.verdict.undecided": "intervals reach 1, one the margin",
    "no_optimum.useless": "a_S is 0 in the fit",
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
    "spread.unequal": "Bartlett's test at one in twenty",
    "spread.equal": "Bartlett's test at one in twenty",
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
    "trends_are_notable": "clustered intervals, corrected for the number of levels",
    "^trends_are_notable": "clustered intervals, corrected for the number of levels",
    "agreement.asInThePaper": "the intervals of the runs",
    "agreement.otherwise": "the intervals of the runs",
    "agreement.mixed": "the intervals of the runs",
    "undecided.any": "the intervals of the runs",
    "is_worse": "the objective on the same runs",
    "^is_worse": "the objective on the same runs",
    "best": "the error on sizes left out",
    "error_ratio": "the error on sizes left out",
    "rivals.error_ratio": "the error on sizes left out",
    "^best": "the runs left over fall short of what a law needs",
    "sizes_skipped.any": "the runs left over fall short of what a law needs",
    "fitted.share_best": "the share of resamples",
    "has_flat": "fewer residuals within delta than coefficients",
    "pretrained": "the corrected intervals of the runs",
    "patterns": "the interval of the multiplier, by against_dense",
    "verdict.holds": "every choice inside the interval of each answer",
    "verdict.moves": "a choice outside of the interval of an answer",
    "exclusion_ledger": "a heading that asks",
  ]

  /// What a value is when a caption cites it: an estimate with the interval that it was written
  /// with, or what stands in the place of one.
  private static let cited = [
    "best_dense_at_ten": "the interval of the optimum",
    "valley_best_dense": "the interval of the optimum",
    "valley_tolerance": "a tolerance that was set",
    "first_without_savings": "the interval of the threshold",
    "dense_pays_from": "the interval of the threshold",
    "optimal_sparsity.dense_begins": "the interval of the threshold",
    "sparse_begins": "the interval of the threshold",
    "first_sparsity": "the interval of the threshold",
    "pair_correlation": "the rank correlation over the replicates",
    "pair_first": "the rank correlation over the replicates",
    "best_known": "the intervals of the coefficients",
    "undetermined": "the ends of the coefficients' intervals",
    "profile_worst": "the profile of the objective",
    "objective_ratio": "the least objective of the fit",
    "compute_optimal.headline.nonzero_params": "the interval of the optimum",
    "most_multiplier": "the interval of the multiplier",
    "rival_best_error": "the interval over resamples of the runs",
    "notable_levels": "clustered intervals, corrected for the number of levels",
    "cost_too_high": "the interval of the cost",
  ]

  /// Words of captions that may be a verdict.
  private static let captionWords = [
    "best", "worst", "better", "worse", "least", " pay", "worth", "wins", "known", "determine",
    "than chance", "beyond chance", "a trend that", "too low", "too high", "smallest",
    "makes the most",
  ]

  /// What tells how to read a figure, and nothing of what it shows.
  private static let explanations = [
    "for which one sparsity is best", "above the best of its curve", "no other law has a smaller",
    "The least objective a", "it pays, to its left", "the sparsity pays, to its left",
    "the smallest size on the least data", "Left the best number of parameters",
    "smaller ones first", "Where the best sparsity is closer", "above the line the law predicts",
    "the larger the more precisely known", "The loss over that of the best sparsity",
    "diamonds are the levels", "the best number of parameters and the best amount",
    "before it beats a dense model", "The widest below",
  ]

  @Test func everySuchSentenceStandsUnderItsCondition() throws {
    let library = try TemplateLibrary(
      folder: packageFolder.appending(path: "Templates"), name: "Templates")
    var used: Set<String> = []
    var found = 0
    for (path, bytes) in library.files {
      let isCaption = path.hasPrefix("figures/")
      let words = isCaption ? Self.captionWords : Self.words
      var open: [String] = []
      for (index, text) in Self.parts(String(decoding: bytes, as: UTF8.self), isCaption) {
        var here = open
        for match in text.matches(of: /\{\{([#^\/]?)([\w.]+)\}\}/) {
          switch match.1 {
          case "/": _ = open.popLast()
          case "": if isCaption { here.append(String(match.2)) }
          default:
            open.append((match.1 == "^" ? "^" : "") + match.2)
            here.append(open[open.count - 1])
          }
        }
        let prose = text.replacing(/\{\{[^}]*\}\}/, with: "{{")
        guard words.contains(where: isCaption ? prose.contains : text.contains),
          !(isCaption && Self.explanations.contains(where: text.contains))
        else { continue }
        found += 1
        let ground = here.last { Self.grounds[$0] != nil || Self.cited[$0] != nil }
        used.formUnion(ground.map { [$0] } ?? [])
        // One sentence of a caption may rest on several values.
        if isCaption { used.formUnion(here.filter { Self.cited[$0] != nil }) }
        #expect(ground != nil, "Templates/\(path):\(index): on what does this rest? \(text)")
      }
    }
    #expect(found > 60)
    #expect(Set(Self.grounds.keys).union(Self.cited.keys).subtracting(used) == [])
  }

  /// The lines of a template with their numbers; of a caption, its sentences.
  private static func parts(_ text: String, _ isCaption: Bool) -> [(Int, String)] {
    if isCaption {
      return text.replacing(/([.!?])(\{\{\/[\w.]+\}\})*\s/) { $0.0 + "\u{1}" }
        .split(separator: "\u{1}").map { (1, String($0)) }
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { ($0 + 1, String($1)) }
  }

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
    #expect(HoldoutVerdict.misfit(errors, rms: rms, covered)?.rawValue == misfit)
  }

  /// One run of an isoFLOP profile may be the only one of its size: an error that its interval holds
  /// says nothing against the law.
  @Test func anErrorWithinItsIntervalIsNoFailure() {
    func misfit(_ error: Double, isCovered: Bool) -> HoldoutVerdict.Misfit? {
      HoldoutVerdict.misfit([error], rms: 0.003, .asExpected, isCovered: isCovered)
    }
    #expect(misfit(-0.0065, isCovered: true) == .withinIntervals)
    #expect(misfit(-0.0065, isCovered: false) == .larger)
    #expect(misfit(-0.005, isCovered: true) == .inKeeping)
    #expect(misfit(-0.2, isCovered: true) == .larger)
  }

  @Test func errorsBelowWhatALossIsKnownToHaveNoDirection() {
    #expect(HoldoutVerdict.direction([1e-10, 3e-8]) == .mixed)
    #expect(HoldoutVerdict.misfit([1e-10, 3e-8, -1e-9], rms: 1e-12, .tooFew) == nil)
    #expect(HoldoutVerdict.direction([1e-5, 2e-5]) == .tooHigh)
    #expect(HoldoutVerdict.misfit([1e-5], rms: 1e-12, .tooFew) == .larger)
  }

  @Test func withoutIntervalsThereIsNoCoverage() {
    #expect(HoldoutVerdict.coverage(inside: 0, of: 0) == nil)
    // By hand: 0.95² and 1 - 0.95³.
    #expect(abs(HoldoutVerdict.chance(ofAtMost: 1, of: 2, level: 0.95) - 0.0975) < 1e-12)
    #expect(abs(HoldoutVerdict.chance(ofAtMost: 2, of: 3, level: 0.95) - 0.142625) < 1e-12)
    #expect(HoldoutVerdict.chance(ofAtMost: 3, of: 3, level: 0.95) == 1)
  }
}
