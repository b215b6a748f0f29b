import Foundation
import Plotting
import ReportPipeline
import ScalingLaws
import TestSupport
import Testing

/// Sweeps without any sparse run: an ordinary study of size and data, or a published law of one.
@Suite("Dense sweeps") struct DenseSweepTests {
  /// What a reader who never pruned a model must not meet.
  private static var foreign: Regex<Substring> {
    /(?i)spars|prun|non-zero|nonzero parameters|zeroed|unstructured|\bN:M\b|\b[0-9]+:[0-9]+\b|\*S\*|\bS =|a<sub>S|a_S|b<sub>S|b_S\b|densit|N, S|\b0\s?%,|in dense size|dense parameters/
  }

  private static let published = """
    published:
      name: Hoffmann et al. 2022
      coefficients: {E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28}

    """

  /// Rows of the law of Hoffmann et al. 2022 with deviations without a pattern.
  private static func rows(_ settings: [(n: Double, d: Double)], noise: Double = 0.003) -> String {
    let lines = settings.enumerated().map { index, run in
      let loss = 1.69 + 406.4 * pow(run.n, -0.34) + 410.7 * pow(run.d, -0.28)
      return "\(run.n),\(run.d),\(loss * (1 + noise * sin(Double(index * index) * 1.7 + 0.3)))"
    }
    return (["params,tokens,val_loss"] + lines).joined(separator: "\n") + "\n"
  }

  private static let grid = (0..<6).flatMap { size in
    (0..<5).map { (n: 2e7 * pow(2, Double(size)), d: 1e9 * pow(2, Double($0))) }
  }
  /// Budgets, each spent on a row of sizes: no two runs of one size or of equal data.
  private static let profiles = (0..<8).flatMap { budget in
    (-4...4).map { step -> (n: Double, d: Double) in
      let flops = 1e19 * pow(2, Double(budget))
      let n = 2e8 * pow(2, 0.45 * Double(budget) + 0.61 * Double(step))
      return (n, flops / 6 / n)
    }
  }

  private struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var table = ""
    var settings = "sparsity: 0\n"
    var bootstrap = 0

    var testDescription: String { name }

    func make() throws -> Workplace {
      let place = try Workplace([:])
      place.options.fit.bootstrap = bootstrap
      place.options.formats = [.svg, .pdf]
      if !table.isEmpty { try place.folder.write("Data/sweep/runs.csv", table) }
      try place.settings(settings)
      try place.run()
      return place
    }
  }

  private static let cases = [
    Case(name: "a grid", table: rows(grid), bootstrap: 60),
    Case(
      name: "a grid beside a published law", table: rows(grid),
      settings: "sparsity: 0\n" + published),
    Case(name: "isoFLOP profiles", table: rows(profiles), bootstrap: 60),
    Case(name: "repeated settings", table: rows(grid + grid.prefix(12)), bootstrap: 60),
    Case(
      name: "runs left out", table: rows(grid),
      settings: "sparsity: 0\nexclude: [{data: {below: 1.5e9}, why: too short}]\n", bootstrap: 60),
    Case(name: "runs of no law", table: rows(grid, noise: 0.4)),
    Case(
      name: "held out by size", table: rows(grid),
      settings: "sparsity: 0\nholdout: {nonzero_params_at_least: 3.0e8}\n"),
    Case(
      name: "a law that was asked for", table: rows(grid), settings: "sparsity: 0\nlaw: dense\n"),
    Case(name: "a published law alone", settings: published),
    Case(
      name: "a published law and runs too few for a fit", table: rows(Array(grid.prefix(3))),
      settings: "sparsity: 0\nholdout: {runs: [\"*\"]}\n" + published),
  ]

  @Test(arguments: cases) private func noWordOfSparsity(_ sweep: Case) throws {
    let place = try sweep.make()
    let files = try place.folder.files("Output")
    #expect(files["README.md"] != nil && files["sweep/appendix.md"] != nil)
    for (path, bytes) in files.sorted(by: { $0.key < $1.key })
    where [".md", ".csv", ".tex"].contains(where: path.hasSuffix) {
      // Keys are a contract: programs find a quantity under the same name in every sweep.
      let text = String(decoding: bytes, as: UTF8.self).replacing("nonzero_params", with: "N")
      for line in text.split(separator: "\n") {
        if let word = line.firstMatch(of: Self.foreign) {
          Issue.record("\(path): \(word.0): \(line)")
        }
      }
    }
    let analyses = try Pipeline(place.options).load().map {
      try SweepAnalysis.analyse($0, options: place.options.fit)
    }
    for figure in analyses.flatMap({ FigureSet($0).entries }) {
      #expect(!figure.name.contains(Self.foreign))
      for text in Self.words(of: figure.figure) where text.contains(Self.foreign) {
        Issue.record("\(figure.name): \(text)")
      }
    }
  }

  /// The words are found where they do stand.
  @Test func aSparseSweepSpeaksOfSparsity() throws {
    let place = try Workplace()
    try place.run()
    for path in ["report.md", "appendix.md", "numbers.tex", "tables/loss-vs-data.csv"] {
      #expect(try place.folder.text("Output/sweep/\(path)").contains(Self.foreign), "\(path)")
    }
  }

  /// A published law has no runs that set its budgets, so they are those of models that are trained.
  @Test func aPublishedLawGivesBudgetsThatAreSpent() throws {
    let place = try Case(name: "", settings: Self.published).make()
    let budgets = try place.folder.text("Output/sweep/tables/compute-optimal-budgets.csv")
    let flops = budgets.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: ",").first.flatMap { Double($0) }
    }
    #expect(flops.first == 1e16 && flops.last == 1e24)
    #expect(try place.report().contains("1 × 10²⁰ FLOPs are best spent on a dense model of 645M"))
    let drawn = try place.folder.text("Output/sweep/tables/compute-optimal.csv")
    let most = drawn.split(separator: "\n").dropFirst().compactMap {
      Double($0.split(separator: ",")[2])
    }.max()
    #expect(try #require(most) <= 1e24)
  }

  @Test func anAnswerWithoutAUnitEndsAtItsNumber() throws {
    let place = try Case(name: "", settings: Self.published).make()
    let sweep = try #require(try Pipeline(place.options).load().first)
    let analysis = try SweepAnalysis.analyse(sweep, options: place.options.fit)
    let text = try DenseOptimumAnswer(analysis, flops: 1e21).text
    for line in text.split(separator: "\n") { #expect(line.last != " ", "\(line)") }
  }

  @Test func ofManyRunsAFigureDrawsAnEvenChoice() throws {
    let many = (0..<700).map { index in
      (n: 2e7 * pow(1.01, Double(index)), d: 1e9 * pow(1.013, Double(index * 37 % 700)))
    }
    let place = try Case(name: "", table: Self.rows(many)).make()
    for figure in ["fit-quality", "residuals", "loss-vs-data", "loss-vs-parameters"] {
      let rows = try place.folder.text("Output/sweep/tables/\(figure).csv").split(separator: "\n")
      #expect(rows.count < 1300, "\(figure)")
    }
    let appendix = try place.appendix()
    #expect(appendix.matches(of: /Of 700 runs 5[0-9][0-9] are drawn/).count == 4)
    #expect(appendix.contains(/of [0-9]+ sizes 9 have a curve/))
  }

  /// Every word that a figure draws.
  private static func words(of figure: Figure) -> [String] {
    var texts: [RichText?] = []
    for panel in figure.panels {
      texts += [panel.title, panel.x.label, panel.y.label, panel.x.shortLabel, panel.y.shortLabel]
      for axis in [panel.x, panel.y] {
        if case .labelled(_, let names) = axis.ticks { texts += names }
      }
      for case .text(let mark) in panel.marks { texts.append(mark.text) }
    }
    for group in figure.legend?.groups ?? [] { texts += [group.title] + group.entries.map(\.label) }
    return texts.compactMap { $0?.plainText }
  }
}
