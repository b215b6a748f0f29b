import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("What the report says of excluded runs and of findings")
struct ExclusionReportTests {
  /// A sweep from which the runs of the least data are left out, their losses times `factor`.
  private func place(
    factor: Double, bootstrap: Int = 60, rule: String = "data: {below: 2.0e7}",
    extra: [String] = []
  ) throws -> Workplace {
    let place = try Workplace([:])
    place.options.fit.bootstrap = bootstrap
    let rows = Design().rows.map { row in
      var cells = row.split(separator: ",").map(String.init)
      if cells[3] == "10000000.0" { cells[4] = "\((Double(cells[4]) ?? .nan) * factor)" }
      return cells.joined(separator: ",")
    }
    // More amounts of data, so that enough are left.
    let more = Design(amounts: [6e7, 2e8]).rows.map { "m" + $0 }
    try place.folder.write(
      "Data/sweep/runs.csv",
      (["run,nonzero_params,sparsity,tokens,val_loss"] + rows + more + extra)
        .joined(separator: "\n") + "\n")
    try place.settings("exclude: [{\(rule), why: too short}]\nfaulty: exclude")
    return place
  }

  /// The part of the report from a heading to the next.
  private func section(_ heading: String, _ place: Workplace) throws -> String {
    let report = try place.report()
    let start = try #require(report.range(of: "### \(heading)\n"), "\(heading)")
    let rest = report[start.upperBound...]
    return String(rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)])
  }

  private let question = "Do the conclusions rest on leaving them out?"

  @Test func runsThatFitDoNotMatter() throws {
    let place = try place(factor: 1)
    try place.run()
    let text = try section(question, place)
    #expect(try place.appendix().contains("| data below 20,000,000 | 16 |"))
    #expect(text.contains("they move no coefficient, multiplier or threshold out of"))
    #expect(text.contains("Put back alone, `r"))
    #expect(try !place.report().contains("**Exclusions.**"))
    let ledger = try #require(try place.results().exclusionLedger)
    #expect(ledger.entries.map(\.cause) == ["rule"])
    #expect(ledger.entries[0].rule == "data below 20,000,000")
    #expect(ledger.entries[0].putBack.verdict == "independent")
    #expect(ledger.entries[0].singles.count == 16)
    // One row a rule, whatever the values that made it apply.
    #expect(try section("Excluded runs", place).contains("- 16 runs: `r1`, `r4`, "))
    #expect(try section("Excluded runs", place).contains(" and 4 more. Why: data below"))
    // A row for each of 10 quantities, of all runs and of each alone.
    let table = try place.folder.text("Output/sweep/tables/exclusion-ledger.csv")
    #expect(table.split(separator: "\n").count == 1 + 17 * 10)
    #expect(place.folder.exists("Output/sweep/tables/exclusion-ledger.tex"))
  }

  @Test func runsThatDecideAreNamedInTheSummary() throws {
    let place = try place(factor: 1.3)
    try place.run()
    let results = try place.results()
    let entry = try #require(results.exclusionLedger?.entries.first)
    #expect(entry.putBack.verdict == "depends")
    let move = try #require(entry.putBack.moves.first { ($0.intervalShare ?? 0) > 1 })
    let estimate = (results.refit ?? results.fit)?.coefficients[move.quantity]
    if let estimate { #expect(move.estimate == estimate) }
    #expect(try section(question, place).contains("**conclusions rest on leaving them out.**"))
    let summary = try #require(try place.report().components(separatedBy: "## The law").first)
    #expect(summary.contains("- **Exclusions.** Leaving out 16 runs (data below 20,000,000)"))
    #expect(try #require(entry.rmsRelativeError) > 0.15)
  }

  @Test func withoutIntervalsChangesAreRelative() throws {
    let place = try place(factor: 1.3, bootstrap: 0)
    try place.run()
    let text = try section(question, place)
    #expect(try place.appendix().contains("In brackets stands the relative change."))
    #expect(text.contains("without intervals that cannot be weighed"))
    #expect(!text.contains("95 %"))
    #expect(try place.results().exclusionLedger?.entries[0].putBack.verdict == nil)
  }

  @Test func causesStandApart() throws {
    let place = try place(
      factor: 1, bootstrap: 0, rule: "run: r1", extra: ["bad,4e5,0.5,3e7,nan"])
    try place.run()
    let ledger = try #require(try place.results().exclusionLedger)
    #expect(ledger.entries.map(\.cause) == ["fault", "rule"])
    #expect(ledger.entries[0].putBack.outcome == "no-numbers")
    #expect(ledger.entries[0].rmsRelativeError == nil)
    let text = try section(question, place)
    #expect(text.contains("- **faults of logs** (1 run): they have no loss"))
    #expect(text.contains("- **name matches \"r1\"** (1 run): what they move when put back,"))
    #expect(!text.contains("Put back alone"))
  }

  @Test func sparseRunsDoNotComeBackToADenseLaw() throws {
    let place = try place(factor: 1, bootstrap: 0, rule: "sparsity: {above: 0.1}")
    try place.run()
    let text = try section(question, place)
    #expect(text.contains("with them the runs would determine another form of the law"))
    #expect(!text.contains("| put back |"))
    #expect(!place.folder.exists("Output/sweep/tables/exclusion-ledger.csv"))
  }

  @Test func manyReasonsAreCut() throws {
    let extra = (0..<60).map { "bad\($0),4e5,0.5,3e7,nan" }
    let place = try place(factor: 1, bootstrap: 0, extra: extra)
    try place.run()
    let text = try section("Excluded runs", place)
    #expect(
      text.contains("- 31 runs more, for reasons that stand in [results.json](results.json)."))
    #expect(text.components(separatedBy: "- 1 run: `bad").count == 30)
    #expect(try place.results().runs.excluded.count == 76)
  }

  @Test func aPlantedOutlierIsToldWithItsPlace() throws {
    let place = try place(factor: 1, extra: ["odd,2e5,0.75,5e7,4.5"])
    try place.run()
    let results = try place.results()
    #expect(results.outliers?.table.first?.run == "odd")
    let finding = try #require(results.findings?.first { $0.kind == "outlier" && $0.run == "odd" })
    #expect(finding.file == "Data/sweep/runs.csv")
    #expect(finding.line == 82)
    let text = try place.appendix()
    #expect(text.contains("| `odd` | `Data/sweep/runs.csv:82` | outlier: the law is "))
    #expect(text.contains("kept; the Huber loss counts it"))
    #expect(text.contains("that the conclusions rest on"))
  }

  @Test func manyFindingsOfAKindAreCounted() throws {
    // Two more seeds of each of 12 settings.
    let seeds = Design(sizes: [2e5]).rows.flatMap { ["s1" + $0, "s2" + $0] }
    let place = try place(factor: 1, bootstrap: 0, extra: seeds)
    try place.run()
    let results = try place.results()
    let groups = try #require(results.noise?.settings)
    // Those of the least data are left out with their seeds.
    #expect(groups.count == 8)
    #expect(groups.allSatisfy { $0.runs.count == 3 })
    #expect(results.findings?.count { $0.kind == "repeated-setting" } == 8)
    let text = try place.appendix()
    #expect(text.components(separatedBy: "| repeated setting: ").count == 7)
    #expect(text.contains("Not listed here: repeated setting (2 more)."))
  }

  @Test func aSweepWithoutExclusionsSaysNothingOfThem() throws {
    let place = try Workplace()
    try place.run()
    #expect(try place.results().exclusionLedger == nil)
    #expect(try !place.report().contains(question))
  }
}
