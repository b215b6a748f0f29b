import Foundation
import TestSupport
import Testing

@Suite("The command as a user meets it")
struct CommandTests {
  @Test func aReportIsWrittenAndToldOnStandardError() throws {
    let data = try DataRoot()
    let done = try data.generate()
    #expect(done.code == 0)
    #expect(done.output == "")
    #expect(done.errors.contains("sweep: reading logs"))
    #expect(done.errors.contains("sweep: 36 runs fitted to "))
    #expect(done.errors.hasSuffix("read Output/README.md\n"))
    #expect(data.folder.exists("Output/sweep/report.md"))
    // A log has no use for what overwrites a line on a terminal.
    #expect(!done.errors.contains("\u{1B}"))
  }

  @Test func generateIsTheDefault() throws {
    let data = try DataRoot()
    #expect(try data.generate().code == 0)
    let before = try data.folder.files("Output")
    let named = try Command.run(
      ["generate", "Data", "--output", "Output"] + DataRoot.quick, in: data.folder.url)
    #expect(named.code == 0)
    #expect(try data.folder.files("Output") == before)
  }

  @Test func quietSaysNothing() throws {
    let done = try DataRoot().generate("--quiet")
    #expect(done.code == 0)
    #expect(done.output == "" && done.errors == "")
  }

  @Test func aGateFailsTheCommandAndStillWritesTheReport() throws {
    let data = try DataRoot()
    let failed = try data.generate("--max-holdout-error", "0.000001", "--quiet")
    #expect(failed.code == 1)
    #expect(failed.errors.hasPrefix("gate failed: sweep: mean held-out error "))
    #expect(data.folder.exists("Output/sweep/report.md"))
    #expect(try data.generate("--max-holdout-error", "0.5").code == 0)
  }

  @Test func aGateThatCannotBeMeasuredFailsUnlessAllowed() throws {
    let data = try DataRoot(["sweep": Design(sizes: [1e5, 2e5, 4e5])])
    let failed = try data.generate("--max-holdout-error", "0.01", "--quiet")
    #expect(failed.code == 1)
    #expect(failed.errors.contains("gate failed: sweep: nothing was held out, so --max-holdout"))
    let allowed = try data.generate("--max-holdout-error", "0.01", "--quiet", "--allow-unmeasured")
    #expect(allowed.code == 0)
    #expect(allowed.errors.contains("note: sweep: nothing was held out, so --max-holdout-error"))
  }

  @Test func checkTellsSameFromDifferent() throws {
    let data = try DataRoot()
    func check() throws -> Outcome {
      try Command.run(
        ["check", "Data", "--output", "Output"] + DataRoot.quick, in: data.folder.url)
    }
    let missing = try check()
    #expect(missing.code == 2)
    #expect(missing.output == "README.md: is missing, there is no report in Output\n")
    #expect(try data.generate().code == 0)
    let same = try check()
    #expect(same.code == 0)
    #expect(same.output == "")
    try data.folder.write("Data/sweep/runs.csv", Design(aS: 11).csv)
    let before = try data.folder.files("Output")
    let drift = try check()
    #expect(drift.code == 2)
    #expect(drift.output.contains("sweep/results.json: numbers differ, "))
    #expect(drift.errors.contains("run `report Data` to bring it up to date"))
    #expect(try data.folder.files("Output") == before)
  }

  @Test func checkSaysWhatToDoAboutASweepThatIsGone() throws {
    let data = try DataRoot(["a": Design(), "b": Design()])
    #expect(try data.generate().code == 0)
    try FileManager.default.removeItem(at: data.folder.url.appending(path: "Data/b"))
    let drift = try Command.run(
      ["check", "Data", "--output", "Output"] + DataRoot.quick, in: data.folder.url)
    #expect(drift.code == 2)
    #expect(drift.errors.contains("remove Output/b, then run `report Data`"))
    try FileManager.default.removeItem(at: data.folder.url.appending(path: "Output/b"))
    #expect(try data.generate().code == 0)
    let mended = try Command.run(
      ["check", "Data", "--output", "Output"] + DataRoot.quick, in: data.folder.url)
    #expect(mended.code == 0)
  }

  @Test(arguments: [
    [], ["Data", "--format", "gif"], ["Data", "--format", ""], ["Data", "--preset", "nature"],
    ["Data", "--starts", "0"], ["Data", "--starts", "many"], ["Data", "--bootstrap", "-1"],
    ["Data", "--threads", "0"], ["Data", "--seed", "-1"], ["Data", "--outptu", "X"],
    ["Data", "Data2"], ["Data", "--max-holdout-error", "nan"],
    ["predict", "Data", "--nonzero-params", "1e6", "--data", "1e9", "--sparsity", "75"],
    ["predict", "Data", "--nonzero-params", "0", "--data", "1e9", "--sparsity", "0.5"],
    ["predict", "Data", "--nonzero-params", "1e6", "--data", "inf", "--sparsity", "0.5"],
    ["optimum", "Data", "--nonzero-params", "1e6", "--flops", "nan"],
    [
      "optimum", "Data", "--nonzero-params", "1e6", "--flops", "1e15", "--accounting", "hardware:2",
    ],
    ["optimum", "Data", "--nonzero-params", "1e6", "--flops", "1e15", "--tolerance", "-1"],
  ])
  func wrongUsageIs64(arguments: [String]) throws {
    let data = try DataRoot()
    let done = try Command.run(arguments, in: data.folder.url)
    #expect(done.code == 64)
    #expect(done.errors.hasPrefix("Error: "))
    #expect(!data.folder.exists("Output"))
  }

  @Test func whatCannotBeReadOrWrittenIs74() throws {
    let data = try DataRoot()
    let absent = try Command.run(["Absent"] + DataRoot.quick, in: data.folder.url)
    #expect(absent.code == 74)
    #expect(absent.faults == ["there is no folder \"Absent\"; give the folder of the sweeps"])
    let file = try Command.run(["Data/sweep/runs.csv"] + DataRoot.quick, in: data.folder.url)
    #expect(file.code == 74)
    #expect(file.faults.first?.contains("is not a folder") == true)
    let templates = try data.run("Data", "--templates", "Nowhere")
    #expect(templates.code == 74)
    #expect(templates.faults.first?.hasPrefix("Nowhere: there is no folder of templates") == true)
    let inside = try Command.run(
      ["Data", "--output", "Data/Output"] + DataRoot.quick, in: data.folder.url)
    #expect(inside.code == 74)
    try data.folder.write("plain", "mine")
    let onto = try Command.run(
      ["Data", "--output", "plain"] + DataRoot.quick, in: data.folder.url)
    #expect(onto.code == 74)
    #expect(try data.folder.text("plain") == "mine")
    #expect(!data.folder.exists("Output"))
  }

  @Test func aFullDiskIsToldAndNoCrash() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let data = try DataRoot()
    let process = Process()
    process.executableURL = Command.executable
    process.arguments = ["inspect", "Data"]
    process.currentDirectoryURL = data.folder.url
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 74)
  }

  @Test func aFaultyTemplateIs65WithFileAndLine() throws {
    let data = try DataRoot()
    try FileManager.default.copyItem(
      at: URL(filePath: Command.templates), to: data.folder.url.appending(path: "Templates"))
    #expect(
      try data.run("Data", "--templates", "Templates", "--starts", "10", "--bootstrap", "0").code
        == 0)
    let before = try data.folder.files("Output")
    let report = try data.folder.text("Templates/report.md")
    try data.folder.write("Templates/report.md", report + "\n{{formulla}}\n")
    let line = report.split(separator: "\n", omittingEmptySubsequences: false).count + 1
    let name = try data.run(
      "Data", "--templates", "Templates", "--starts", "10", "--bootstrap", "0")
    #expect(name.code == 65)
    #expect(
      name.faults == [
        "Templates/report.md:\(line): {{formulla}} is not a value of the report; "
          + "did you mean {{formula}}?"
      ])
    try data.folder.write("Templates/report.md", report + "\n{{#fit}}\n")
    let section = try data.run(
      "Data", "--templates", "Templates", "--starts", "10", "--bootstrap", "0")
    #expect(section.code == 65)
    #expect(section.faults.first?.contains("is never closed") == true)
    #expect(try data.folder.files("Output") == before)
  }

  @Test func versionAndHelp() throws {
    let data = try DataRoot([:])
    #expect(try data.run("--version").output.contains(/^\d+\.\d+\.\d+\n$/))
    let help = try data.run("--help")
    #expect(help.code == 0)
    #expect(help.output.contains("EXIT CODES"))
    for command in ["generate", "check", "inspect", "predict", "optimum", "templates"] {
      #expect(help.output.contains(command))
      #expect(try data.run(command, "--help").code == 0)
    }
  }

  @Test func inspectShowsWhatWasReadAndFitsNothing() throws {
    let data = try DataRoot()
    try data.folder.write(
      "Data/sweep/runs.csv", Design().csv + "bad\u{1B}[31m,1e5,75,1e7,3\n")
    let done = try data.run("inspect", "Data")
    #expect(done.code == 0)
    #expect(done.output.contains("runs: 49 read, 36 to fit, 12 held out"))
    #expect(done.output.contains(/loss +val_loss +by its name/))
    #expect(done.output.contains("is this a percentage?"))
    // A log must not steer the terminal.
    #expect(!done.output.contains("\u{1B}"))
    #expect(!data.folder.exists("Output"))
  }

  /// A screen shows what matters; --all shows the rest.
  @Test func inspectKeepsToAScreenAndSaysWhetherALawCanBeFitted() throws {
    let data = try DataRoot()
    let bad = (0..<12).map { "bad\($0),1e5,0.5,1e7,\n" }.joined()
    try data.folder.write("Data/sweep/runs.csv", Design().csv + bad)
    let screen = try data.run("inspect", "Data").output.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(screen.count <= 41, "\(screen.joined(separator: "\n"))")
    #expect(screen[1] == "  a law can be fitted")
    #expect(screen.contains { $0.contains("12 runs, the first bad0: ") })
    #expect(screen.contains { $0.contains(" more: --all shows them") })
    let all = try data.run("inspect", "Data", "--all").output.split(separator: "\n")
    #expect(all.count > 60 && !all.contains { $0.contains("--all") })
    try data.folder.write(
      "Data/sweep/runs.csv",
      Design().csv.split(separator: "\n").prefix(4).joined(separator: "\n") + "\n")
    let few = try data.run("inspect", "Data").output.split(separator: "\n")
    #expect(few[1].hasPrefix("  no law can be fitted: the runs to fit have "), "\(few[1])")
    let json = try data.run("inspect", "Data", "--json").output
    #expect(json.contains("\"can_be_fitted\": false") || json.contains("\"can_be_fitted\" : false"))
  }

  @Test func predictAnswersInTextAndJSON() throws {
    let data = try DataRoot(["sweep": Design(noise: 0)])
    let question = [
      "predict", "Data", "--nonzero-params", "3e5", "--sparsity", "0.5", "--data", "5e7",
      "--starts", "10", "--bootstrap", "0",
    ]
    let truth = Design().loss(3e5, 0.5, 5e7)
    let text = try Command.run(question, in: data.folder.url)
    #expect(text.code == 0)
    #expect(
      text.output == "loss \(String(format: "%.4f", truth)) (law fitted to all 48 runs of sweep)\n")
    let json = try Command.run(question + ["--json"], in: data.folder.url)
    struct Answer: Decodable { var sweep: String, basis: String, loss: Double }
    let answer = try JSONDecoder().decode(Answer.self, from: Data(json.output.utf8))
    #expect(answer.sweep == "sweep" && answer.basis == "refit")
    #expect(abs(answer.loss / truth - 1) < 1e-7)
    #expect(!data.folder.exists("Output"))
  }

  @Test func extrapolationIsNeverSilent() throws {
    let data = try DataRoot()
    let far = try data.run(
      "predict", "Data", "--nonzero-params", "8e8", "--sparsity", "0.95", "--data", "1e6",
      "--starts", "10", "--bootstrap", "0")
    #expect(far.code == 0)
    #expect(
      far.output.contains(
        "warning: N is 1,000 times the largest fitted size, 3.0 decades outside")
        || far.output.contains("warning: N is 1000 times the largest fitted size, 3.0 decades"))
    #expect(far.output.contains("warning: D is 0.100 times the smallest fitted amount of data"))
    #expect(far.output.contains("warning: S is beyond the largest fitted sparsity, 87.5 %"))
  }

  @Test func optimumAnswersInTextAndJSON() throws {
    let data = try DataRoot()
    let question = [
      "optimum", "Data", "--nonzero-params", "4e5", "--flops", "1e15", "--accounting", "sparse",
      "--starts", "10", "--bootstrap", "0",
    ]
    let text = try Command.run(question, in: data.folder.url)
    #expect(text.code == 0)
    #expect(text.output.hasPrefix("optimal sparsity "))
    #expect(text.output.contains("within 0.1 % of the best loss: "))
    let json = try Command.run(question + ["--json"], in: data.folder.url)
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(answer["accounting"] as? String == "sparse")
    let best = try #require(answer["sparsity"] as? Double)
    let near = try #require(answer["near_optimal"] as? [Double])
    #expect(near.count == 2 && near[0] <= best && best <= near[1])
  }

  @Test func aQuestionNeedsOneSweep() throws {
    let data = try DataRoot(["a": Design(), "b": Design()])
    let question = ["--nonzero-params", "4e5", "--flops", "1e15", "--starts", "10"]
    let both = try Command.run(["optimum", "Data"] + question, in: data.folder.url)
    #expect(both.code == 65)
    #expect(both.faults == ["Data holds 2 sweeps; name one with --sweep: a, b"])
    let unknown = try Command.run(
      ["optimum", "Data", "--sweep", "c"] + question, in: data.folder.url)
    #expect(unknown.code == 65)
    #expect(unknown.faults == ["Data: there is no sweep named \"c\"; the sweeps here are a, b"])
  }

  @Test func aSweepItselfMayBeTheDataRoot() throws {
    let data = try DataRoot()
    let done = try Command.run(
      ["Data/sweep/", "--output", "Output"] + DataRoot.quick, in: data.folder.url)
    #expect(done.code == 0)
    #expect(data.folder.exists("Output/sweep/report.md"))
  }
}
