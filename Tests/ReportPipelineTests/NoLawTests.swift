import Foundation
import ReportPipeline
import TestSupport
import Testing

/// Runs that support no law: data and diagnostics, and nothing that could be quoted.
@Suite("Reports of runs that support no law") struct NoLawTests {
  private func run(_ loss: (Int) -> Double, rows: Int = 48) throws -> Workplace {
    let design = Design()
    let lines = design.rows.prefix(rows).enumerated().map { index, row in
      row.split(separator: ",").dropLast().joined(separator: ",") + ",\(loss(index))"
    }
    let place = try Workplace()
    try place.folder.write(
      "Data/sweep/runs.csv",
      (["run,nonzero_params,sparsity,tokens,val_loss"] + lines).joined(separator: "\n") + "\n")
    place.options.fit.bootstrap = 40
    try place.run()
    return place
  }

  private func expectNoConclusion(_ place: Workplace, because reason: String) throws {
    let results = try place.json()
    let reasons = try #require(results["no_law_because"] as? [String])
    #expect(reasons.contains { $0.contains(reason) }, "\(reasons)")
    for key in ["optimal_sparsity", "effective_parameters", "overtakes", "law_answers"] {
      let value = results[key]
      #expect(value == nil || value is NSNull || (value as? [Any])?.isEmpty == true, "\(key)")
    }
    let report = try place.report()
    #expect(report.contains("These runs do not support a law"))
    for words in ["Chinchilla compute", "overtakes", "times the parameters", "## The law\n"] {
      #expect(!report.contains(words), "\(words)")
    }
    for figure in ["optimal-sparsity", "summary", "effective-parameters", "sparsity-term"] {
      #expect(!place.folder.exists("Output/sweep/figures/\(figure).svg"), "\(figure)")
    }
    #expect(place.folder.exists("Output/sweep/figures/fit-quality.svg"))
  }

  @Test func lossesAtRandom() throws {
    let place = try run { 3 + 0.4 * sin(Double($0 * $0) * 1.7 + 0.3) }
    try expectNoConclusion(place, because: "of the variance of log loss")
  }

  @Test func lossesThatAreAllEqual() throws {
    try expectNoConclusion(try run { _ in 3.0 }, because: "the losses of all runs are equal")
  }

  @Test func lossesOfManyDecades() throws {
    let place = try run { pow(10, 2 * sin(Double($0 * $0) * 1.7 + 0.3)) }
    try expectNoConclusion(place, because: "the law misses the runs by")
  }

  @Test func aLawThatTheRunsSupportConcludes() throws {
    let place = try Workplace()
    try place.run()
    #expect(try place.json()["no_law_because"] as? [String] == [])
    #expect(try !place.report().contains("do not support a law"))
  }

  @Test func questionsAreRefused() throws {
    let place = try run { 3 + 0.4 * sin(Double($0 * $0) * 1.7 + 0.3) }
    let pipeline = Pipeline(place.options)
    let analysis = try #require(try pipeline.analyse(try pipeline.load()).first)
    #expect(throws: PipelineError.self) {
      try Prediction(analysis, nonZeroParameters: 1e5, sparsity: 0, data: 1e7)
    }
    #expect(throws: PipelineError.self) {
      try OptimumAnswer(
        analysis, nonZeroParameters: 1e5, flops: 1e14, accounting: "dense", tolerance: 0.001)
    }
    do throws(PipelineError) {
      _ = try DenseOptimumAnswer(analysis, flops: 1e14)
      Issue.record("a law that the runs do not support is asked for a size")
    } catch {
      #expect(error.messages.first?.contains("these runs do not support a law") == true)
    }
  }
}
