import Foundation
import RunLogs
import TestSupport
import Testing

@testable import ScalingLaws

@Suite("The same conclusions under every law")
struct LawAnswerTests {
  private func analysis(_ law: ScalingLaw, bootstrap: Int = 0) throws -> SweepAnalysis {
    let runs = Design.bytes.runs(of: RivalComparisonTests.law).enumerated().map { index, run in
      var run = run
      run.loss = law.loss(Setting(run)) * exp(0.002 * sin(Double(index * index)))
      run.role = .fitted
      return run
    }
    var options = fitOptions(starts: 20, threads: 2)
    options.bootstrap = bootstrap
    return try SweepAnalysis.analyse(Sweep(name: "s", runs: runs), options: options)
  }

  @Test("each law answers for itself, and the range is of those near the best")
  func answers() throws {
    let analysis = try analysis(RivalComparisonTests.law.general, bootstrap: 100)
    let answers = try #require(analysis.lawAnswers)
    #expect(answers.questions.sparsity == 0.5 && answers.questions.over == 0)
    #expect(answers.questions.multiplierSparsity == 0.75)
    #expect(answers.rows.map(\.key) == analysis.rivals?.rows.map(\.key))
    let rows = Dictionary(uniqueKeysWithValues: answers.rows.map { ($0.key, $0) })
    let own = try #require(rows["sparsity"])
    // The report's own law says here what it says everywhere.
    let headline = try #require(
      analysis.overtakes.first { $0.accounting == "dense" && $0.sparsity == 0.5 && $0.over == 0 })
    #expect(own.answers.overtake.value == headline.chinchillaMultiple)
    #expect(own.answers.overtake.interval == headline.interval && headline.interval != nil)
    #expect(
      try #require(rows["coupling"]?.answers.overtake.interval) != own.answers.overtake.interval)
    // Laws that cannot know: sparsity never wins, or there is nothing between measured sparsities.
    #expect(rows["dense"]?.answers.overtake.value == .infinity)
    #expect(rows["free-multipliers"]?.answers.threshold.value.isNaN == true)
    #expect(rows["free-multipliers"]?.answers.threshold.interval == nil)
    // Far from the best, and yet with intervals of their own.
    let far = answers.rows.filter { !$0.isNearBest }
    #expect(far.contains { $0.answers.overtake.interval != nil })
    let errors = answers.rows.compactMap(\.leaveOneSizeOutError)
    let least = try #require(errors.min())
    for row in answers.rows {
      #expect(row.isNearBest == (try #require(row.leaveOneSizeOutError) <= 1.25 * least))
    }
    #expect(own.isNearBest && rows["dense"]?.isNearBest == false)
    let near = answers.rows.filter(\.isNearBest).map(\.answers.overtake.value)
    #expect(answers.overtakeRange?.lowerBound == near.min())
    #expect(answers.overtakeRange?.upperBound == near.max())
    #expect(answers.overtakeRange?.upperBound.isFinite == true)
    #expect(answers.rows.filter(\.isOwn).map(\.key) == ["sparsity"])
  }

  /// By the law behind these runs sparse models need less data.
  @Test("estimates disagree where each lies outside of the other's interval")
  func disagreeing() {
    let own = Estimate(3, interval: 2...5)
    #expect(Estimate(7, interval: 4...9).disagrees(with: own))
    #expect(!Estimate(7, interval: 2.5...9).disagrees(with: own))
    #expect(!Estimate(4, interval: 3.5...9).disagrees(with: own))
    #expect(Estimate(7).disagrees(with: own) && Estimate(.infinity).disagrees(with: own))
    #expect(!Estimate(4).disagrees(with: own) && !Estimate(.nan).disagrees(with: own))
    #expect(!Estimate(7).disagrees(with: Estimate(3)))
  }

  @Test("laws disagree where neither answer lies within the interval of the other")
  func disagreement() throws {
    #expect(try analysis(RivalComparisonTests.law.general).lawAnswers?.verdict == nil)
    #expect(
      try analysis(RivalComparisonTests.law.general, bootstrap: 1_000).lawAnswers?.verdict
        == .holds)
    let paper = RivalComparisonTests.law.general
    let interacting = try #require(
      ScalingLaw(
        form: Laws.dataInteraction,
        coefficients: Dictionary(
          uniqueKeysWithValues: paper.coefficients.map { ($0.name, $0.value) } + [("b_SD", 0.25)])
      ))
    let answers = try #require(try analysis(interacting, bootstrap: 1_000).lawAnswers)
    #expect(answers.verdict == .moves)
    let own = try #require(answers.rows.first { $0.isOwn }).answers.overtake
    let other = try #require(answers.rows.first { $0.key == "data-interaction" }).answers.overtake
    let ownInterval = try #require(own.interval)
    let otherInterval = try #require(other.interval)
    #expect(!ownInterval.contains(other.value) && !otherInterval.contains(own.value))
  }

  @Test("published laws are asked in the order of sweep.yml, without any run")
  func literature() throws {
    func published(_ name: String, _ law: FrantarLaw) -> PublishedLaw {
      PublishedLaw(name: name, coefficients: law.coefficients.map { .init($0.name, $0.value) })
    }
    let sweep = Sweep(
      name: "t5",
      published: [
        published("authors", ReferenceData.t5Published),
        published("refit", ReferenceData.t5Optimum),
      ], runs: [])
    let study = try Study(sweep, options: fitOptions(starts: 1))
    let questions = try #require(LawQuestions(study))
    #expect(study.literature.map(\.name) == ["authors", "refit"])
    let thresholds = study.literature.map { questions.threshold($0.law) }
    // From the authors' coefficients, and from the optimum of the objective that they state.
    #expect(abs(thresholds[0] - 71.1) < 0.05)
    #expect(relativeError(thresholds[1], 14.420382708700627) < 1e-5)
    #expect(relativeError(questions.overtake(study.literature[1].law), 2.7854838128) < 1e-5)
    #expect(try SweepAnalysis.analyse(sweep, options: fitOptions(starts: 1)).lawAnswers == nil)
  }
}
