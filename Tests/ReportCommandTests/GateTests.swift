import Foundation
import TestSupport
import Testing

@Suite("Gates fail the command, and the report is still written")
struct GateTests {
  @Test func tooFewStartsThatAgree() throws {
    let data = try DataRoot()
    let passed = try data.generate("--min-starts-agreeing", "1", "--quiet")
    #expect(passed.code == 0)
    #expect(passed.errors == "")
    // So much noise leaves more than one minimum.
    let noisy = try DataRoot(["sweep": Design(noise: 0.8)])
    let failed = try noisy.generate("--min-starts-agreeing", "10", "--quiet")
    #expect(failed.code == 1)
    let lines = failed.errors.split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines {
      #expect(line.hasPrefix("gate failed: sweep: "))
      #expect(line.contains(" of 10 starts of the fit "))
      #expect(line.hasSuffix("reached the best objective, fewer than --min-starts-agreeing 10"))
    }
    #expect(noisy.folder.exists("Output/sweep/report.md"))
  }

  @Test func moreStartsThanThereAreIsWrongUsage() throws {
    let data = try DataRoot()
    let done = try data.generate("--min-starts-agreeing", "11")
    #expect(done.code == 64)
    #expect(done.errors.contains("is more than the 10 starts of a fit (--starts)"))
    #expect(!data.folder.exists("Output"))
  }

  @Test func tooManyExcludedRuns() throws {
    let data = try DataRoot()
    let csv = Design().csv + "bad,1e5,75,1e7,2\nworse,1e5,0.5,1e7,nan\n"
    try data.folder.write("Data/sweep/runs.csv", csv)
    #expect(try data.generate("--max-excluded", "2").code == 0)
    let failed = try data.generate("--max-excluded", "1", "--quiet")
    #expect(failed.code == 1)
    #expect(failed.errors.hasPrefix("gate failed: sweep: 2 excluded runs, more than "))
    #expect(failed.errors.contains("--max-excluded 1; the first: bad: "))
    #expect(failed.errors.split(separator: "\n").count == 1)
    #expect(data.folder.exists("Output/sweep/report.md"))
  }

  @Test(arguments: [
    ["--max-excluded", "-1"], ["--max-excluded", "1.5"], ["--min-starts-agreeing", "0"],
    ["--max-holdout-error", "-0.1"], ["--summary", ""], ["--summary", "folder/"],
  ])
  func wrongLimitsAre64(arguments: [String]) throws {
    let data = try DataRoot()
    let done = try Command.run(
      ["Data", "--output", "Output"] + DataRoot.quick + arguments, in: data.folder.url)
    #expect(done.code == 64)
    #expect(!data.folder.exists("Output"))
  }
}

@Suite("The summary is a Markdown table of the sweeps")
struct SummaryTests {
  @Test func everySweepHasARow() throws {
    let data = try DataRoot(["a|b": Design(), "c": Design(aS: 12)])
    #expect(try data.generate("--summary", "summary.md", "--quiet").code == 0)
    let lines = try data.folder.text("summary.md").split(separator: "\n")
    let rows = lines.filter { $0.hasPrefix("|") }
    try #require(rows.count == 4)
    #expect(rows[2].hasPrefix("| a\\|b | 36 | 12 | 0 | "))
    #expect(rows[3].hasPrefix("| c | 36 | 12 | 0 | "))
    // Columns are separated by bars that are not escaped.
    let bars = rows.map { row in
      row.replacing("\\|", with: "").count { $0 == "|" }
    }
    #expect(Set(bars).count == 1)
  }

  @Test func failedGatesStandAboveTheTable() throws {
    let data = try DataRoot()
    try data.folder.write("summary.md", "from another job\n")
    let done = try data.generate("--summary", "summary.md", "--max-holdout-error", "0")
    #expect(done.code == 1)
    let text = try data.folder.text("summary.md")
    #expect(text.contains("- **Gate failed:** sweep: mean held-out error "))
    #expect(!text.contains("another job"))
  }

  @Test func aSummaryThatWouldDestroySomethingIsRefused() throws {
    let data = try DataRoot()
    let runs = try data.folder.text("Data/sweep/runs.csv")
    for path in ["Data/sweep/runs.csv", "Output/README.md", "Data", "absent/summary.md"] {
      let done = try data.generate("--summary", path)
      #expect(done.code == 74, "\(path)")
      #expect(done.errors.hasPrefix("error: \(path): the summary "), "\(path)")
    }
    #expect(try data.folder.text("Data/sweep/runs.csv") == runs)
    #expect(!data.folder.exists("Output"))
  }
}

@Suite("The tiers of a check set its exit code")
struct CheckCodeTests {
  private func check(_ data: DataRoot, _ arguments: [String] = []) throws -> Outcome {
    try Command.run(
      ["check", "Data", "--output", "Output"] + DataRoot.quick + arguments, in: data.folder.url)
  }

  @Test func bytesAloneAreANoteUnlessStrict() throws {
    let data = try DataRoot()
    #expect(try data.generate().code == 0)
    let path = "Output/sweep/manifest.json"
    let manifest = try data.folder.text(path)
    let changed = manifest.replacing(/"cairo" : "[^"]*"/, with: "\"cairo\" : \"1.99.0\"")
    try #require(changed != manifest)
    try data.folder.write(path, changed)
    let noted = try check(data)
    #expect(noted.code == 0)
    #expect(noted.output == "")
    #expect(noted.errors.contains("note: 1 file differs in bytes alone, the first sweep/manifest"))
    let strict = try check(data, ["--strict"])
    #expect(strict.code == 2)
    #expect(strict.output == "sweep/manifest.json: differs in bytes alone\n")
    #expect(strict.errors.contains("in 1 place (bytes 1); run `report Data`"))
  }

  /// A change of the committed report, and what the check says of it.
  private struct Drift {
    var path: String
    var change: (DataRoot, String) throws -> Void
    var line: String
  }

  @Test func everyTierOfDriftIsNamedAndFails() throws {
    let data = try DataRoot(["other": Design(aS: 14), "sweep": Design()])
    let formats = ["--format", "png,svg"]
    #expect(try data.generate("--format", "png,svg").code == 0)
    func replacing(_ old: some RegexComponent, _ new: String) -> (DataRoot, String) throws -> Void {
      return { data, path in
        let text = try data.folder.text(path)
        try #require(text.contains(old))
        try data.folder.write(path, text.replacing(old, with: new, maxReplacements: 1))
      }
    }
    let drifts = [
      Drift(
        path: "sweep/results.json", change: replacing(/"objective" : [^,]*/, "\"objective\" : 0.5"),
        line: "numbers differ, fit.objective: committed 0.5, now "),
      Drift(
        path: "sweep/tables/fit-quality.csv", change: replacing(/^panel,/, "Panel,"),
        line: "differs, "),
      Drift(
        path: "sweep/report.md", change: replacing(/## Summary/, "## Sumary"), line: "differs, "),
      Drift(
        path: "sweep/figures/sparsity-term.png",
        change: { data, path in
          let other = path.replacing("sweep", with: "other")
          try data.folder.write(path, try Data(contentsOf: data.folder.url.appending(path: other)))
        }, line: "pixels differ, worst tile at column "),
      Drift(
        path: "sweep/figures/residuals.svg",
        change: { data, path in
          try FileManager.default.removeItem(at: data.folder.url.appending(path: path))
        }, line: "is missing"),
    ]
    for drift in drifts {
      let path = "Output/" + drift.path
      let bytes = try Data(contentsOf: data.folder.url.appending(path: path))
      try drift.change(data, path)
      let found = try check(data, formats)
      #expect(found.code == 2)
      #expect(found.output.hasPrefix("\(drift.path): \(drift.line)"), "\(found.output)")
      #expect(found.output.split(separator: "\n").count == 1, "\(found.output)")
      try data.folder.write(path, bytes)
    }
    #expect(try check(data, formats).code == 0)
    let extra = try check(data, ["--format", "svg"])
    #expect(extra.code == 2)
    #expect(
      ["other", "sweep"].map {
        "\($0)/manifest.json: inputs differ, settings.formats: committed png,svg, now svg; nothing "
          + "else was compared\n"
      }.joined() == extra.output)
  }

  @Test func manyDifferencesOfAFileAreCut() throws {
    let data = try DataRoot()
    #expect(try data.generate().code == 0)
    try data.folder.write("Data/sweep/runs.csv", Design(aS: 11).csv)
    let drift = try check(data)
    #expect(drift.code == 2)
    let lines = drift.output.split(separator: "\n").filter {
      $0.hasPrefix("sweep/results.json: ")
    }
    #expect(lines.count == 11)
    #expect(lines.last?.hasSuffix("more differences") == true)
    #expect(drift.output.contains("sweep/manifest.json: inputs differ, inputs sweep/runs.csv: "))
  }
}
