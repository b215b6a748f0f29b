import Fitting
import Foundation
import RunLogs
import TestSupport
import Testing

@testable import ScalingLaws

@Suite("The headline numbers under other ways to analyse")
struct AnalysisChoicesTests {
  private let law = FrantarLaw(
    aS: 10, bS: 0.9, cS: 20, bN: 0.25, aD: 2e9, bD: 0.35, c: 0.8)

  /// With an amount of data to spare.
  private static let wide = Design.grid(
    "4 N x 4 S x 4 D", n: [1.33e6, 5.3e6, 2.1e7, 8.5e7], s: [0, 0.5, 0.75, 0.875],
    d: [8e9, 1.6e10, 3.3e10, 6.6e10]
  ).settings

  private func choices(
    residual: ResidualKind = .log, huberDelta: Double? = 0.001, bootstrap: Int = 0,
    noise: Double = 0, sized settings: [Setting] = Design.t5.settings,
    edit: (inout [TrainingRun]) -> Void = { _ in }
  ) throws -> AnalysisChoices {
    var generator = SplitMix64(seed: 2)
    var runs = Design(name: "design", settings: settings).runs(of: law)
    for index in runs.indices { runs[index].loss *= exp(noise * generator.normal()) }
    edit(&runs)
    let exclusions = runs.filter { $0.role == .excluded }.map {
      Exclusion(run: $0.name, why: "a reason", cause: .rule("x", why: "a reason"))
    }
    var sweep = Sweep(name: "sweep", runs: runs)
    sweep.residual = residual
    sweep.huberDelta = huberDelta
    sweep.exclusions = exclusions
    var options = fitOptions(starts: 40, threads: 2)
    options.bootstrap = bootstrap
    let study = try Study(sweep, options: options)
    return try #require(AnalysisChoices(study, nil, threads: 2))
  }

  /// A second seed of the first run, its log loss as far above as the first is put below.
  private func repeatFirst(_ runs: inout [TrainingRun]) {
    var twin = runs[0]
    twin.name = "twin"
    twin.loss *= exp(0.01)
    runs[0].loss *= exp(-0.01)
    runs.append(twin)
  }

  /// The true law fits exactly, however it is fitted.
  @Test(
    arguments: [
      (.log, 0.001), (.log, 0.02), (.linear, 0.001), (.linear, nil),
    ] as [(ResidualKind, Double?)])
  func withoutNoiseNothingDependsOnChoices(residual: ResidualKind, delta: Double?) throws {
    let choices = try choices(residual: residual, huberDelta: delta, sized: Self.wide) {
      $0[5].role = .excluded
    }
    #expect(
      choices.rows.map(\.choice) == [.standard] + (delta == 0.001 ? [] : [.smallDelta])
        + (delta == nil ? [] : [.automaticDelta]) + [
          .leastSquares, .otherResidual(residual == .log ? .linear : .log),
          .withoutLargestSize, .withoutLeastData, .withExcludedRuns,
        ])
    let model = ComputeModel(law: law.general, accounting: .dense, flopsPerParameter: 6)
    let truths = [
      model.overtake(from: 0, to: 0.5),
      law.general.effectiveParameterMultiplier(
        sparsity: 0.75, nonZeroParameters: 1e9, data: 1e9),
      model.chinchillaMultiple(sparsity: 0.5),
    ]
    for row in choices.rows {
      for (question, truth) in zip(LawQuestions.Question.allCases, truths) {
        #expect(relativeError(row.answers[question].value, truth) < 1e-4, "\(row.choice)")
      }
    }
    #expect(choices.verdict == nil)
    let counts = Dictionary(uniqueKeysWithValues: choices.rows.map { ($0.choice, $0.runs) })
    #expect(counts[.standard] == 63 && counts[.withExcludedRuns] == 64)
    // Of 4 sizes and 4 amounts of data; the excluded run is of another size and more data.
    #expect(counts[.withoutLargestSize] == 47 && counts[.withoutLeastData] == 47)
  }

  @Test func seedsCountAsOneWithTheMeanLogLoss() throws {
    let exact = try choices(huberDelta: 1)
    let choices = try choices(huberDelta: 1, edit: repeatFirst)
    let row = try #require(choices.rows.first { $0.choice == .seedsAveraged })
    #expect(row.runs == 48 && choices.rows[0].runs == 49)
    for question in LawQuestions.Question.allCases {
      let truth = exact.rows[0].answers[question].value
      #expect(relativeError(row.answers[question].value, truth) < 1e-4)
    }
  }

  @Test func withoutExclusionsOrSeedsTheyHaveNoRows() throws {
    let rows = try choices().rows.map(\.choice)
    #expect(!rows.contains(.withExcludedRuns) && !rows.contains(.seedsAveraged))
    #expect(!rows.contains(.smallDelta))
  }

  /// A corrupted run that was rightly left out moves the answer when it comes back, and under no
  /// other choice does it count. Squares count it in full.
  @Test func aCorruptedRunMovesTheAnswerWhenItComesBack() throws {
    let choices = try choices(huberDelta: 1, bootstrap: 100, noise: 0.001) { runs in
      for index in runs.indices where runs[index].sparsity == 0.5 {
        guard runs[index].data > 6e10, runs[index].nonZeroParameters > 8e7 else { continue }
        runs[index].loss *= 1.4
        runs[index].role = .excluded
      }
    }
    #expect(choices.verdict == .moves)
    let row = try #require(choices.rows.first { $0.choice == .withExcludedRuns })
    #expect(row.runs == choices.rows[0].runs + 1)
    #expect(choices.outside(row).contains(.overtake))
    let standard = choices.rows[0].answers.overtake
    let interval = try #require(standard.interval)
    #expect(interval.contains(standard.value) && !interval.contains(row.answers.overtake.value))
    #expect(choices.outside(choices.rows[0]).isEmpty)
  }

  /// With too few amounts of data for the law none can be left out.
  @Test func choicesThatLeaveTooLittleHaveNoRow() throws {
    let rows = try choices().rows.map(\.choice)
    #expect(rows.contains(.withoutLargestSize) && !rows.contains(.withoutLeastData))
  }

  /// The other laws that predict nearly as well as the best stand among the choices.
  @Test func lawsNearTheBestAreChoices() throws {
    let runs = Design.bytes.runs(of: RivalComparisonTests.law).enumerated().map { index, run in
      var run = run
      run.loss *= exp(0.002 * sin(Double(index * index)))
      run.role = .fitted
      return run
    }
    let analysis = try SweepAnalysis.analyse(
      Sweep(name: "s", runs: runs), options: fitOptions(starts: 20, threads: 2))
    let answers = try #require(analysis.lawAnswers)
    let choices = try #require(analysis.analysisChoices)
    let near = answers.rows.filter { $0.isNearBest && $0.key != "sparsity" }
    #expect(near.contains { $0.key == "coupling" })
    for law in near {
      let row = choices.rows.first { $0.choice == .law(key: law.key) }
      #expect(row?.answers.overtake == law.answers.overtake)
    }
    #expect(!choices.rows.contains { $0.choice == .law(key: "dense") })
  }
}
