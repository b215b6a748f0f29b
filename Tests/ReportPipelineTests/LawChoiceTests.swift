import Foundation
import ReportPipeline
import RunLogs
import ScalingLaws
import TestSupport
import Testing

/// The law that a report concludes from is named in sweep.yml or on the command line.
@Suite("The law that concludes")
struct LawChoiceTests {
  private static let four = Laws.all().filter { $0.fewestSparsities <= 4 }.map(\.key)

  private func place(_ law: String, settings: String = "") throws -> Workplace {
    let place = try Workplace([:])
    place.options.data = packageFolder.appending(path: "Data/byte-lm").path
    place.options.formats = [.svg]
    place.options.fit.bootstrap = 20
    place.options.fit.starts = 10
    place.options.fit.law = law
    return place
  }

  @Test("every law makes a report of the byte-level sweep that says what it can", arguments: four)
  func everyLaw(key: String) throws {
    let place = try place(key)
    try place.run()
    let report = try place.report("byte-lm")
    let appendix = try place.folder.text("Output/byte-lm/appendix.md")
    for (name, text) in [("report", report), ("appendix", appendix)] {
      for fault in ReportProse.faults(text) { Issue.record("\(key): \(name): \(fault)") }
    }
    let form = try #require(Laws.all().first { $0.key == key })
    #expect(report.contains("This report concludes from the law that was asked for"))
    #expect(report.contains(form.formula))
    let hasThresholds = appendix.contains("best sparsity at round multiples")
    #expect(hasThresholds == !["dense", "free-multipliers"].contains(key))
    #expect(report.contains("overtakes dense at") == (key != "dense"))
    #expect(report.contains("*b*<sub>S</sub> |") == form.coefficientNames.contains("b_S"))
    let isUniform = !["dense", "data-interaction", "size-interaction"].contains(key)
    #expect(report.contains("the multiplier is the same for every size and any data.") == isUniform)
    #expect(try place.results("byte-lm").fit?.law == key)
  }

  @Test("what the named law is not fitted to is an error that says why")
  func fewSparsities() throws {
    guard case .invalid(let messages)? = try place("wu2026").faults() else {
      Issue.record("another error")
      return
    }
    #expect(messages.count == 1)
    #expect(messages[0].contains("wu2026 needs at least 5 distinct sparsities"))
    guard case .invalid(let unknown)? = try place("none-such").faults() else {
      Issue.record("another error")
      return
    }
    #expect(unknown[0].contains("there is no law \"none-such\"; the laws are sparsity, coupling"))
  }

  @Test("without runs the published law of that form concludes, if there is one")
  func published() throws {
    let place = try place("coupling")
    place.options.data = packageFolder.appending(path: "Data/frantar2024-t5").path
    try place.run()
    let report = try place.report("frantar2024-t5")
    #expect(report.contains("| Refit with a coupling exponent |"))
    #expect(report.contains("50 % sparsity overtakes dense at 2.97×"))
    place.options.fit.law = "free-multipliers"
    guard case .invalid(let messages)? = place.faults() else {
      Issue.record("another error")
      return
    }
    #expect(messages[0].contains("no published law is of the form free-multipliers"))
  }

  @Test("answers follow the law, and refuse what it does not say")
  func answers() throws {
    var options = FitOptions()
    options.starts = 10
    options.bootstrap = 0
    options.law = "free-multipliers"
    let runs = Design().runs().map { run in
      TrainingRun(
        name: run.name, nonZeroParameters: run.n, denseParameters: run.n / (1 - run.s),
        sparsity: run.s, data: run.d, loss: run.loss, pattern: run.s == 0 ? .dense : .unstructured,
        location: .init(file: "x"))
    }
    let analysis = try SweepAnalysis.analyse(Sweep(name: "s", runs: runs), options: options)
    #expect(
      try Prediction(analysis, nonZeroParameters: 2e5, sparsity: 0.5, data: 3e7).loss.isFinite)
    #expect(throws: PipelineError.self) {
      try Prediction(analysis, nonZeroParameters: 2e5, sparsity: 0.6, data: 3e7)
    }
    #expect(throws: PipelineError.self) {
      try OptimumAnswer(
        analysis, nonZeroParameters: 2e5, flops: 1e14, accounting: "dense", tolerance: 0.001)
    }
  }
}
