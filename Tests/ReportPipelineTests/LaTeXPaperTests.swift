import Foundation
import Plotting
import ReportPipeline
import TestSupport
import Testing

/// The report's numbers, tables and figures in a paper.
@Suite struct LaTeXPaperTests {
  static let pdflatex = installedProgram("pdflatex")

  /// A sweep whose words are as unfriendly to LaTeX as logs can be.
  private static func workplace(_ sweeps: String...) throws -> Workplace {
    let workplace = try Workplace([:])
    for sweep in sweeps { try add(sweep, to: workplace) }
    workplace.options.formats = [.pdf]
    workplace.options.fit.bootstrap = 20
    return workplace
  }

  private static func add(_ sweep: String, to workplace: Workplace) throws {
    let oddities = [" &", "%1", "#_", "~^", "\\{", "日", "α `", "|<", "ï--†"]
    var lines = Design().rows.enumerated().map { index, row in
      let rest = row.split(separator: ",").dropFirst().joined(separator: ",")
      // The last is held out.
      let tail = index == 47 ? "-of-the-cluster_job/" + String(repeating: "x", count: 60) : ""
      return "r\(index)\(tail)\(oddities[index % oddities.count]),\(rest),unstructured"
    }
    let design = Design()
    for (name, sparsity) in [("2:4", 0.5), ("1:4", 0.75)] {
      lines.append(
        "p_\(name),2e5,\(sparsity),3e7,\(1.01 * design.loss(2e5, sparsity, 3e7)),\(name)")
    }
    try workplace.folder.write(
      "Data/\(sweep)/runs.csv",
      "run,nonzero_params,sparsity,tokens,val_loss,pattern\n" + lines.joined(separator: "\n") + "\n"
    )
    try workplace.settings(
      """
      title: "50 % of R&D #1 with {braces}, $, _ and \\\\n"
      runs: [runs.csv]
      loss: {column: val_loss, unit: "nats_per% #token"}
      data: {column: tokens, unit: "to_kens & more"}
      pattern: {column: pattern}
      exclude: [{run: "r2?&*", why: "5 % _ & $ off"}]
      published:
        name: "M_r & Co. 100%"
        coefficients: {a_S: 10, b_S: 0.9, c_S: 20, b_N: 0.25, a_D: 2.0e5, b_D: 0.35, c: 0.8}
      """, of: sweep)
  }

  private static func inputs(_ workplace: Workplace, _ sweep: String) throws -> [String] {
    try workplace.folder.files("Output/\(sweep)").keys
      .filter { $0.hasSuffix(".tex") && $0 != "numbers.tex" }.sorted()
  }

  /// Copies a sweep's LaTeX to a folder that `\input` takes as it is; figures stay where they are.
  ///
  /// - Returns: The files beside numbers.tex, with the folder.
  private static func copied(
    _ workplace: Workplace, _ sweep: String, to folder: String
  ) throws -> [String] {
    try (["numbers.tex"] + inputs(workplace, sweep)).map { name in
      let path = "\(folder)/\(name)"
      try workplace.folder.write(path, workplace.folder.text("Output/\(sweep)/\(name)"))
      return path
    }.filter { !$0.hasSuffix("numbers.tex") }
  }

  @Test(
    .enabled(if: pdflatex != nil, "pdflatex is not installed (Debian: texlive-latex-recommended)"),
    arguments: ["", "twocolumn"])
  func aPaperWithEverythingCompiles(columns: String) throws {
    // They differ in punctuation alone.
    let sweeps = ["a_b 1#50%~é{&^", "a-b 1#50%~é{&^"]
    let workplace = try Self.workplace(sweeps[0], sweeps[1])
    workplace.options.preset = columns.isEmpty ? .neurips : .icmlWide
    try workplace.run()
    let inputs = try sweeps.enumerated().flatMap {
      try Self.copied(workplace, $0.element, to: "sweep\($0.offset)")
    }
    #expect(inputs.count > 24)
    let numbers = try (0..<2).map { try workplace.folder.text("sweep\($0)/numbers.tex") }.joined()
    let macros = numbers.matches(of: /\\newcommand\{(\\[A-Za-z]+)\}/).map { String($0.1) }
    #expect(macros.count > 40 && Set(macros).count == macros.count)
    // No number brings a space of its own.
    let widths = macros.map {
      "\\setbox0\\hbox{x{\($0)}x}\\setbox1\\hbox{x{\($0)\\unskip}x}"
        + "\\ifdim\\wd0=\\wd1\\else\\errmessage{space in \\string\($0)}\\fi"
    }
    let paper = """
      \\documentclass[\(columns)]{article}
      \\usepackage[textwidth=\(columns.isEmpty ? "5.5in" : "6.75in")]{geometry}
      \\usepackage{graphicx,booktabs}
      \\graphicspath{{Output/}}
      \\input{sweep0/numbers.tex}
      \\input{sweep1/numbers.tex}
      \\begin{document}
      {\\raggedright \(macros.joined(separator: ", ")).\\par}
      \(widths.joined(separator: "\n"))
      \\begin{figure}\\caption{A number in a caption: \(macros[0]).}\\end{figure}
      \(inputs.map { "\\input{\($0)}\n\\clearpage" }.joined(separator: "\n"))
      \\end{document}
      """
    try workplace.folder.write("paper.tex", paper)
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.pdflatex))
    process.arguments = ["-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
    process.currentDirectoryURL = workplace.folder.url
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let bytes = try Data(contentsOf: workplace.folder.url.appending(path: "paper.log"))
    let log = String(decoding: bytes, as: UTF8.self)
    let faults = log.split(separator: "\n").filter {
      $0.hasPrefix("!") || $0.hasPrefix("Missing character") || $0.contains("Overfull")
        || $0.contains("multiply defined")
        // Where a fault is.
        || $0.hasPrefix("l.")
        // Bitmap fonts, which publishers refuse.
        || $0.contains("pk>")
    }
    #expect(process.terminationStatus == 0)
    #expect(faults.isEmpty)
    if process.terminationStatus != 0 || !faults.isEmpty {
      Attachment.record(log, named: "paper.log")
    }
  }

  @Test func everyFigureAndTableHasItsSnippet() throws {
    let sweep = "a_b-1"
    let workplace = try Self.workplace(sweep)
    try workplace.run()
    let files = try workplace.folder.files("Output/\(sweep)").keys
    for file in files where file.hasSuffix(".pdf") {
      #expect(files.contains(file.replacing(".pdf", with: ".tex")))
    }
    for name in [
      "law-coefficients", "sparsity-thresholds", "held-out-runs", "rival-laws",
      "pattern-comparison",
    ] {
      #expect(files.contains("tables/\(name).tex") && files.contains("tables/\(name).csv"))
    }
    for name in try Self.inputs(workplace, sweep) {
      let text = try workplace.folder.text("Output/\(sweep)/\(name)")
      #expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(name)")
      #expect(text.contains("\\caption") && text.contains("\\label"), "\(name)")
      #expect(!text.contains("<su") && !text.contains("{{#"), "\(name)")
    }
    let held = try workplace.folder.text("Output/\(sweep)/tables/held-out-runs.csv")
    #expect(held.split(separator: "\n").count == 13, "a header and the largest size's 12 runs")
    #expect(held.hasPrefix("run,nonzero_params,sparsity,data,measured,predicted,low,high,"))
  }

  @Test func withoutAFormatThatLaTeXTakesThereAreNoFigureSnippets() throws {
    let workplace = try Workplace()
    try workplace.run()
    let files = try workplace.folder.files("Output/sweep").keys
    #expect(files.contains("figures/loss-vs-data.svg"))
    #expect(!files.contains("figures/loss-vs-data.tex"))
    #expect(files.contains("tables/law-coefficients.tex"))
  }
}
