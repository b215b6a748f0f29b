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

  /// The size that beats all others on a fine grid, with an interval around it.
  @Test(arguments: [[0], [0, 0.5, 0.75, 0.875]])
  func aBudgetWithoutASizeHasABestOne(sparsities: [Double]) throws {
    let design = Design(
      sparsities: sparsities, amounts: [1e7, 2e7, 4e7, 8e7, 1.6e8], noise: 0.002)
    let place = try Workplace(["sweep": design])
    place.options.fit.bootstrap = 200
    let pipeline = Pipeline(place.options)
    let analysis = try pipeline.analyse(try pipeline.load())[0]
    let flops = 1e14
    let answer = try DenseOptimumAnswer(analysis, flops: flops)
    func loss(_ size: Double) -> Double {
      analysis.law.loss(nonZeroParameters: size, sparsity: 0, data: flops / (6 * size))
    }
    let sizes = stride(from: 3.0, to: 9, by: 0.001).map { pow(10, $0) }
    let lowest = try #require(sizes.min { loss($0) < loss($1) })
    let best = answer.entry.optimum
    #expect(abs(best.parameters / lowest - 1) < 4e-3)
    #expect(abs(6 * best.parameters * best.data / flops - 1) < 1e-9)
    let interval = try #require(answer.entry.parameters)
    #expect(interval.contains(best.parameters))
    let truth = try #require(
      sizes.min { design.loss($0, 0, flops / (6 * $0)) < design.loss($1, 0, flops / (6 * $1)) })
    #expect(interval.lowerBound * 0.9 < truth && truth < interval.upperBound * 1.1)
    #expect(answer.text.contains("optimal dense model: "))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(answer.json().utf8)) as? [String: Any])
    #expect(json["nonzero_params"] as? Double == JSON.rounded(best.parameters))
    #expect((json["data_interval"] as? [Double])?.count == 2)
  }

  /// Chinchilla as its authors write it, without any runs: 67 billion parameters on 1.5 trillion
  /// tokens would have been 6e23 FLOPs; approach 3 gives fewer parameters on more data.
  @Test func aPublishedDenseLawAnswersInItsOwnNotation() throws {
    let place = try Workplace([:])
    try place.settings(
      """
      title: Chinchilla
      published:
        name: Hoffmann et al. 2022
        coefficients: {E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28}
      """)
    let pipeline = Pipeline(place.options)
    let analysis = try pipeline.analyse(try pipeline.load())[0]
    let best = try DenseOptimumAnswer(analysis, flops: 6e23).entry.optimum
    let g = pow(0.34 * 406.4 / (0.28 * 410.7), 1 / 0.62)
    #expect(abs(best.parameters / (g * pow(1e23, 0.28 / 0.62)) - 1) < 1e-9)
    let loss = 1.69 + 406.4 / pow(best.parameters, 0.34) + 410.7 / pow(best.data, 0.28)
    #expect(abs(best.loss / loss - 1) < 1e-9)
    #expect(throws: PipelineError.self) { try DenseOptimumAnswer(analysis, flops: 2) }
  }

  @Test(arguments: [
    ("{E: 1.69, A: 406.4, B: 410.7, alpha: 0.34}", "`published.coefficients` has no `beta`"),
    ("{E: 1, A: 4, B: -4, alpha: 0.3, beta: 0.3}", "`published.coefficients.B` must be above 0"),
    ("{E: 1, A: 4, B: 4, alpha: 0.3, beta: 0.3, a_S: 2}", "mixes two notations"),
    ("{E: 1, A: 4, B: 1e30, alpha: 0.3, beta: 0.01}", "B^(1/beta) is too large"),
  ])
  func aFaultyDenseLawIsRefused(coefficients: String, message: String) throws {
    let place = try Workplace([:])
    try place.settings("published: {name: x, coefficients: \(coefficients)}\n")
    let error = #expect(throws: PipelineError.self) { try Pipeline(place.options).load() }
    #expect(error?.messages.contains { $0.contains(message) } == true)
  }
}
