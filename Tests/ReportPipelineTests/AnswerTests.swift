import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("Answers to single questions")
struct AnswerTests {
  private let design = Design(noise: 0)

  @Test func aPredictionIsTheLaws() throws {
    let place = try Workplace(["sweep": design])
    let pipeline = Pipeline(place.options)
    let analysis = try pipeline.analyse(try pipeline.load())[0]
    let inside = try Prediction(analysis, nonZeroParameters: 3e5, sparsity: 0.6, data: 5e7)
    #expect(abs(inside.loss / design.loss(3e5, 0.6, 5e7) - 1) < 1e-7)
    #expect(!inside.text.contains("warning"))
    #expect(inside.extrapolation?.decadesOfN == 0)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(inside.json().utf8)) as? [String: Any])
    #expect(json["loss"] as? Double == JSON.rounded(inside.loss))
    #expect(json["basis"] as? String == "refit")
  }

  @Test func extrapolationIsToldInDecades() throws {
    let place = try Workplace(["sweep": design])
    let pipeline = Pipeline(place.options)
    let analysis = try pipeline.analyse(try pipeline.load())[0]
    let outside = try Prediction(analysis, nonZeroParameters: 8e7, sparsity: 0.95, data: 1e6)
    let reach = try #require(outside.extrapolation)
    #expect(abs(reach.decadesOfN - 2) < 1e-9)
    #expect(abs(reach.decadesOfD - 1) < 1e-9)
    #expect(abs(reach.sparsityBeyond - 0.075) < 1e-9)
    #expect(outside.text.contains("N is 100 times the largest fitted size, 2.0 decades outside"))
    #expect(outside.text.contains("D is 0.100 times the smallest fitted amount of data"))
    #expect(outside.text.contains("S is beyond the largest fitted sparsity, 87.5 %"))
  }

  @Test(arguments: ["dense", "sparse", "hardware:0.5"])
  func anOptimumBeatsItsNeighbours(accounting: String) throws {
    let place = try Workplace(["sweep": design])
    let pipeline = Pipeline(place.options)
    let analysis = try pipeline.analyse(try pipeline.load())[0]
    let (size, flops) = (4e5, 1e15)
    let best = try OptimumAnswer(
      analysis, nonZeroParameters: size, flops: flops, accounting: accounting, tolerance: 0.001)
    let shares: [String: Double] = ["sparse": 0.625, "hardware:0.5": 0.3125]
    let share = shares[accounting] ?? 0
    func loss(_ sparsity: Double) -> Double {
      let cost = (1 - share * sparsity) / (1 - sparsity)
      return design.loss(size, sparsity, flops / (6 * size * cost))
    }
    // By brute force, independent of the solver.
    let grid = (0...9_900).map { Double($0) / 10_000 }
    let lowest = try #require(grid.min { loss($0) < loss($1) })
    let sparsity = best.sparsity
    #expect(abs(sparsity - lowest) < 2e-4)
    #expect(abs(best.loss / loss(lowest) - 1) < 1e-6)
    let low = best.nearOptimal.lowerBound
    let high = best.nearOptimal.upperBound
    #expect(low <= sparsity && sparsity <= high)
    for end in [low, high] where end > 0 && end < 0.99 {
      #expect(abs(loss(end) / loss(lowest) - 1.001) < 1e-5)
    }
    let cost = (1 - share * sparsity) / (1 - sparsity)
    #expect(abs(best.data / (flops / (6 * size * cost)) - 1) < 1e-6)
  }

  @Test func littleComputeMakesDenseBest() throws {
    let place = try Workplace(["sweep": design])
    let pipeline = Pipeline(place.options)
    let analysis = try pipeline.analyse(try pipeline.load())[0]
    let best = try OptimumAnswer(
      analysis, nonZeroParameters: 1e6, flops: 1e9, accounting: "dense", tolerance: 0.001)
    #expect(best.sparsity == 0)
  }

  @Test func denseRunsHaveNoOptimalSparsity() throws {
    let place = try Workplace(["sweep": Design(sparsities: [0], amounts: [1e7, 2e7, 4e7, 8e7])])
    let pipeline = Pipeline(place.options)
    let analysis = try pipeline.analyse(try pipeline.load())[0]
    #expect(throws: PipelineError.self) {
      try OptimumAnswer(
        analysis, nonZeroParameters: 1e6, flops: 1e15, accounting: "dense", tolerance: 0.001)
    }
  }
}
