import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("Sweeps that determine only part of the law")
struct SpecialSweepTests {
  /// The coefficients of the fit that the conclusions rest on.
  private func coefficients(_ place: Workplace) throws -> [String: Double] {
    let results = try place.results()
    return try #require(results.refit ?? results.fit).coefficients
  }

  /// The runs of all sweeps are in memory together.
  @Test func moreSweepsThanMemoryHoldsAreRefused() throws {
    let place = try Workplace(["a": Design(), "b": Design()])
    var pipeline = Pipeline(place.options)
    let size = try pipeline.load().reduce(0) { $0 + $1.size }
    // 48 runs, each with a row of its log.
    #expect((40_000...200_000).contains(size), "\(size)")
    pipeline.mostBytes = size
    #expect(try pipeline.load().count == 2)
    pipeline.mostBytes = size - 1
    let error = try #require(throws: PipelineError.self) { try pipeline.load() }
    #expect(error.description.contains("the runs of all sweeps take more than 0 MiB"))
  }

  @Test func theLawIsFoundAgain() throws {
    let place = try Workplace(["sweep": Design(noise: 0)])
    try place.run()
    let found = try coefficients(place)
    let truth = [
      "a_S": 10, "b_S": 0.9, "c_S": 20, "b_N": 0.25, "a_D": 2e5, "b_D": 0.35, "c": 0.8,
    ]
    for (name, value) in truth {
      #expect(abs(try #require(found[name]) / value - 1) < 1e-6, "\(name)")
    }
    let results = try place.results()
    #expect(results.optimalSparsity?.basis == "refit")
    #expect(try #require(results.holdout?.maxAbsRelativeError) < 1e-7)
    let half = results.effectiveParameters?.first { $0.sparsity == 0.5 }
    let multiplier = pow((10 * pow(0.5, 0.9) + 20) / 30, -1 / 0.25)
    #expect(abs(try #require(half?.multiplier) / multiplier - 1) < 1e-5)
  }

  @Test func holdingOutTooMuchHoldsOutNothing() throws {
    let place = try Workplace(["sweep": Design(sizes: [1e5, 2e5, 4e5])])
    try place.run()
    let results = try place.results()
    #expect(results.runs.heldOut == 0)
    #expect(results.runs.fitted == 36)
    #expect(results.holdout == nil)
    #expect(results.refit == nil)
    #expect(results.optimalSparsity?.basis == "fit")
    #expect(results.warnings.contains { $0.hasPrefix("nothing was held out") })
    let report = try place.report()
    #expect(report.contains("nothing was held out"))
    #expect(!report.contains("## Does it extrapolate?"))
    #expect(!place.folder.exists("Output/sweep/figures/extrapolation.svg"))
  }

  @Test func denseRunsGiveTheDenseLawAndNoOptimum() throws {
    let amounts = [1e7, 2e7, 4e7, 8e7]
    let place = try Workplace(["sweep": Design(sparsities: [0], amounts: amounts, noise: 0)])
    try place.run()
    let found = try coefficients(place)
    #expect(Set(found.keys) == ["c_S", "b_N", "a_D", "b_D", "c"])
    let truth = ["c_S": 30, "b_N": 0.25, "a_D": 2e5, "b_D": 0.35, "c": 0.8]
    for (name, value) in truth {
      #expect(abs(try #require(found[name]) / value - 1) < 1e-6, "\(name)")
    }
    let results = try place.results()
    #expect(results.optimalSparsity == nil)
    #expect(results.effectiveParameters == nil)
    // A dense study is no sweep that lacks something.
    #expect(!results.warnings.contains { $0.contains("sparsity") })
    let report = try place.report()
    #expect(!report.contains("a<sub>S</sub>") && !report.contains("not identified"))
    #expect(!report.contains("Chinchilla compute when"))
    for figure in ["optimal-sparsity", "chinchilla-multiples", "effective-parameters"] {
      #expect(!place.folder.exists("Output/sweep/figures/\(figure).svg"))
    }
  }

  @Test func twoSparsitiesGiveAWarningAboutSaturation() throws {
    let place = try Workplace(["sweep": Design(sparsities: [0, 0.5], noise: 0, cS: 0)])
    try place.run()
    let found = try coefficients(place)
    #expect(abs(try #require(found["a_S"]) / 10 - 1) < 1e-6)
    #expect(abs(try #require(found["b_S"]) / 0.9 - 1) < 1e-6)
    #expect(try place.results().warnings.contains { $0.hasPrefix("two distinct sparsities") })
    #expect(try place.report().contains("two distinct sparsities cannot determine"))
  }

  @Test func publishedCoefficientsAloneMakeAReport() throws {
    let place = try Workplace([:])
    try place.settings(
      """
      title: From the literature
      published:
        name: Frantar et al. 2024
        coefficients: {a_S: 16.78705, b_S: 0.72161276, c_S: 45.018447, b_N: 0.24513173,
          a_D: 6.8999126e8, b_D: 0.20270772, c: 0.65074219}
      """)
    try place.run()
    let results = try place.results()
    #expect(results.fit == nil && results.refit == nil && results.holdout == nil)
    #expect(results.optimalSparsity?.basis == "published")
    let dense = try #require(results.optimalSparsity?.accountings["dense"])
    let expected = [0: 3.01475, 0.5: 71.1064, 0.75: 1677.13, 0.875: 39557]
    for threshold in dense.thresholds {
      guard let value = expected[try #require(threshold.sparsity)] else { continue }
      #expect(abs(try #require(threshold.chinchillaMultiple) / value - 1) < 1e-4)
    }
    let limit = try #require(results.effectiveParametersLimit?.multiplier)
    #expect(abs(limit / 3.64318 - 1) < 1e-4)
    #expect(try place.report().contains("Every conclusion below uses the published coefficients"))
  }

  /// T5 by its authors' coefficients and by the optimum of the objective that they state.
  @Test func whatFollowsFromEachPublishedLawStandsTogether() throws {
    let place = try Workplace([:])
    try place.settings(
      """
      published:
        - name: Frantar et al. 2024
          coefficients: {a_S: 16.78705, b_S: 0.72161276, c_S: 45.018447, b_N: 0.24513173,
            a_D: 6.8999126e8, b_D: 0.20270772, c: 0.65074219}
        - name: Refit
          note: the global optimum
          coefficients: {a_S: 10.710824, b_S: 1.3449684, c_S: 41.620832, b_N: 0.23168278,
            a_D: 6.7690803e8, b_D: 0.38463825, c: 0.83037479}
      """)
    try place.run()
    let report = try place.report()
    let sentence =
      "50 % sparsity is the best of all from 71.1× by Frantar et al. 2024; from 14.4× by Refit;"
    let place1 = try #require(report.range(of: sentence)).lowerBound
    #expect(place1 < (try #require(report.range(of: "## The law")).lowerBound))
    #expect(report.contains("| Frantar et al. 2024 | 71.1×, 2.46× | 1680×, 160× | 14.0× | 2.16× |"))
    #expect(
      report.contains("| Refit | 14.4×, 2.05× | 326×, 69.9× | 2.79× | 2.27× | the global optimum |")
    )
    let index = try place.folder.text("Output/README.md")
    let rows = index.components(separatedBy: "\n").filter { $0.hasPrefix("| ") }
    #expect(rows.count == 3)
    #expect(rows[1].hasSuffix("| 71.1× | 2.46× | 2.16× | coefficients of Frantar et al. 2024 |"))
    #expect(rows[2].hasSuffix("| 14.4× | 2.05× | 2.27× | coefficients of Refit |"))
  }

  @Test func publishedCoefficientsStandInForTooFewRuns() throws {
    let place = try Workplace(["sweep": Design(sizes: [1e5, 2e5])])
    try place.settings(
      """
      runs: [runs.csv]
      holdout: none
      published:
        name: Someone
        coefficients: {a_S: 10, b_S: 0.9, c_S: 20, b_N: 0.25, a_D: 2.0e5, b_D: 0.35, c: 0.8}
      """)
    try place.run()
    let results = try place.results()
    #expect(results.fit == nil)
    #expect(results.warnings.contains { $0.hasPrefix("no law was fitted") })
  }

  @Test func tooFewRunsAreAFaultThatSaysWhatIsNeeded() throws {
    let place = try Workplace(["sweep": Design(sizes: [1e5, 2e5])])
    guard case .invalid(let messages)? = place.faults() else {
      Issue.record("another error")
      return
    }
    #expect(messages.count == 1)
    #expect(messages[0].hasPrefix("sweep: the sweep cannot be fitted"))
    #expect(messages[0].contains("distinct values of the size N"))
    #expect(messages[0].contains("at least 3"))
  }

  @Test func manySizesMakeAReportToo() throws {
    let sizes = (0..<15).map { 1e5 * pow(1.5, Double($0)) }
    let place = try Workplace(["sweep": Design(sizes: sizes, sparsities: [0, 0.5, 0.75])])
    try place.run()
    #expect(try place.results().runs.fitted == 14 * 9)
    #expect(try place.report().contains("(15 values)"))
  }

  @Test func macrosAreOfLettersAndUniqueForAnySparsities() throws {
    // Two that print alike, and two with the same digits.
    let sparsities = [0, 0.0875, 0.49998, 0.5, 0.875]
    let place = try Workplace(["sweep-7": Design(sparsities: sparsities)])
    try place.run()
    let lines = try place.folder.text("Output/sweep-7/numbers.tex").split(separator: "\n")
    let names = lines.compactMap { line in
      line.firstMatch(of: /^\\newcommand\{\\(.*?)\}\{/).map { String($0.1) }
    }
    #expect(names.count > 20)
    #expect(names.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isLetter } })
    #expect(names.allSatisfy { $0.hasPrefix("SweepSeven") })
    let repeated = Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys.sorted()
    #expect(repeated == [])
  }

  @Test func macrosAddNoSpacesToTheSentence() throws {
    let place = try Workplace()
    try place.run()
    let text = try place.folder.text("Output/sweep/numbers.tex")
    #expect(text.contains("\\newcommand{\\SweepBN}"))
    #expect(!text.contains("{ ") && !text.contains(" }"))
  }

  @Test func hostileNamesDoNotBreakTheReport() throws {
    let place = try Workplace([:])
    let name = "a|b`c*d_<x>"
    var rows = Design().rows
    rows[0] = name + rows[0].drop { $0 != "," }
    rows[47] = "z|y`" + rows[47].drop { $0 != "," }
    try place.folder.write(
      "Data/s w/runs.csv",
      "run,nonzero_params,sparsity,tokens,val_loss\n" + rows.joined(separator: "\n") + "\n")
    try place.settings(
      "title: '# <b>not</b> | a `title`'\nsource: \"a\\nb *c*\"\n", of: "s w")
    try place.run()
    let report = try place.report("s w")
    #expect(report.hasPrefix("# \\# \\<b\\>not\\</b\\> \\| a \\`title\\`\n"))
    #expect(report.contains("a b \\*c\\*"))
    // The held-out run stands in a table, whose cells it must not split.
    #expect(report.contains("| `` z\\|y` `` |"))
    #expect(
      try place.folder.text("Output/README.md").contains(
        "(\(OutputFolder.name(ofSweep: "s w"))/report.md)"))
  }
}
