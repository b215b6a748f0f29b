import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("Words that go with figures")
struct CaptionTests {
  @Test(arguments: [[0.0], [0, 0.5, 0.75]])
  func panelsAreSpokenOfWhereThereAreSome(sparsities: [Double]) throws {
    let amounts = [1e7, 2e7, 4e7, 8e7]
    let place = try Workplace(["sweep": Design(sparsities: sparsities, amounts: amounts)])
    try place.run()
    let hasPanels = sparsities.count > 1
    let picture = try place.folder.text("Output/sweep/figures/loss-vs-data.svg")
    #expect(picture.contains("Small panels by sparsity") == hasPanels)
    #expect(picture.contains("Validation loss falling") == !hasPanels)
    #expect(try place.appendix().contains("in panels by sparsity") == hasPanels)
  }

  /// The first sentence of a caption says what the figure shows with a number, and names of
  /// coefficients are markup and not text that looks like it.
  @Test func captionsConclude() throws {
    let place = try Workplace(["sweep": Design(noise: 0.01)])
    place.options.fit.bootstrap = 60
    place.options.formats = [.pdf]
    try place.run()
    let pages = try place.report() + "\n" + place.appendix()
    let lines = pages.split(separator: "\n").filter {
      $0.hasPrefix("**Figure")
    }
    #expect(lines.count > 15)
    // Numbers follow the order of reading, through both pages and without a gap.
    let numbers = lines.compactMap { Int($0.dropFirst("**Figure ".count).prefix { $0 != "." }) }
    #expect(numbers == Array(1...lines.count))
    for line in lines {
      let caption = line.components(separatedBy: ".** ").dropFirst().joined()
      let sentence = caption.components(separatedBy: ". ")[0]
      let hasNumber = sentence.unicodeScalars.contains { (48...57).contains($0.value) }
      #expect(hasNumber, "\(line)")
      #expect(!line.contains("\\<sub") && !line.contains("\\*"), "\(line)")
    }
  }

  @Test func trainingCurvesSayWhichRunsTheyShow() throws {
    let place = try Workplace([:])
    let design = Design()
    for size in design.sizes {
      for sparsity in design.sparsities {
        for amount in design.amounts {
          let run = "Data/sweep/runs/n\(Int(size))-s\(sparsity)-d\(Int(amount))"
          try place.folder.write(
            run + "/config.json",
            "{\"nonzero_params\": \(size), \"sparsity\": \(sparsity)}")
          let rows = [0.1, 0.5, 0.8, 1].map { share in
            "{\"tokens\": \(share * amount), \"val_loss\": "
              + "\(design.loss(size, sparsity, share * amount))}\n"
          }
          try place.folder.write(run + "/metrics.jsonl", rows.joined())
        }
      }
    }
    try place.settings("runs: [runs/*]")
    try place.run()
    let report = try place.appendix()
    // All amounts have equally many runs: the largest is shown.
    #expect(report.contains("in panels by size, of runs trained on *D* = 100M tokens"))
    #expect(report.contains("Small panels by size: validation loss over training on 100M tokens"))
  }

  /// Where the optimum of a rival may be flat, its row says so.
  @Test func flatRivalsHaveAFootnote() throws {
    let place = try Workplace(["sweep": Design(noise: 0.02)])
    place.options.formats = [.pdf]
    try place.settings("fit: {residual: log, huber_delta: 1.0e-6}")
    try place.run()
    let laws = try #require(try place.results().rivals?.laws)
    let flat = laws.count { $0.isDetermined == false }
    let appendix = try place.appendix()
    let after = try #require(appendix.components(separatedBy: "## Laws compared").last)
    let table = try #require(after.components(separatedBy: "\n## ").first)
    let rows = table.split(separator: "\n").filter { $0.contains(" † |") }
    #expect(flat > 0)
    #expect(rows.count == flat)
    #expect(table.contains("† fewer residuals within δ than coefficients"))
    let latex = try place.folder.text("Output/sweep/tables/rival-laws.tex")
    #expect(latex.contains("$\\dagger$: fewer residuals"))
    #expect(latex.components(separatedBy: " $\\dagger$ &").count == flat + 1)
  }
}
