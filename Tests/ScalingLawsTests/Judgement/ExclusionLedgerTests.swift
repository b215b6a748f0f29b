import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

@Suite("What rests on leaving runs out")
struct ExclusionLedgerTests {
  private let law = FrantarLaw(
    aS: 10, bS: 0.9, cS: 20, bN: 0.25, aD: 2e9, bD: 0.35, c: 0.8)
  private let rule = Exclusion.Cause.rule("data below 2", why: "too short")

  /// A sweep of the T5 design with noise of 0.3 %, some of whose runs are left out.
  private func sweep(
    excluding causes: [(runs: [Int], cause: Exclusion.Cause)],
    spoil: (inout [TrainingRun]) -> Void = { _ in }
  ) -> Sweep {
    var generator = SplitMix64(seed: 2)
    var runs = Design.t5.runs(of: law)
    for index in runs.indices { runs[index].loss *= exp(0.003 * generator.normal()) }
    spoil(&runs)
    var exclusions: [Exclusion] = []
    for (members, cause) in causes {
      for index in members {
        runs[index].role = .excluded
        exclusions.append(Exclusion(run: "r\(index)", why: "a reason", cause: cause))
      }
    }
    var sweep = Sweep(name: "sweep", runs: runs)
    sweep.holdout = .none
    sweep.exclusions = exclusions
    return sweep
  }

  private func options(bootstrap: Int = 60, threads: Int = 2) -> FitOptions {
    var options = fitOptions(starts: 20, threads: threads)
    options.bootstrap = bootstrap
    return options
  }

  /// The coefficients of a fit to all runs but those without a role in it.
  private func coefficients(_ runs: [TrainingRun], delta: Double) -> [Coefficient] {
    LawFitter(
      form: Laws.sparsity, observations: Observations(runs), residual: .log, huberDelta: delta
    ).fit(fitOptions(threads: 2)).coefficients
  }

  @Test func itIsTheFitWithTheRunsPutBack() throws {
    let sweep = sweep(excluding: [([0, 3, 6], rule)]) { runs in
      for place in [0, 3, 6] { runs[place].loss *= 1.05 }
    }
    let analysis = try SweepAnalysis.analyse(sweep, options: options())
    let ledger = try #require(analysis.exclusionLedger)
    #expect(ledger.entries.map(\.cause) == [rule])
    let entry = ledger.entries[0]
    #expect(entry.runs == ["r0", "r3", "r6"])
    #expect(abs(entry.rmsRelativeError - 0.05) < 0.02)
    func check(_ outcome: ExclusionLedger.Outcome, _ runs: [TrainingRun]) throws {
      let moves = try #require(outcome.moves)
      let delta = try #require(analysis.finalFit).huberDelta
      for coefficient in coefficients(runs, delta: delta) {
        let move = try #require(
          moves.first { $0.quantity == .coefficient(coefficient.name) })
        #expect(relativeError(move.putBack, coefficient.value) < 1e-6, "\(coefficient.name)")
        #expect(
          move.estimate == analysis.law.coefficients.first { $0.name == coefficient.name }?.value)
      }
    }
    try check(entry.outcome, sweep.runs)
    for (single, place) in zip(entry.singles, [0, 3, 6]) {
      #expect(single.run.name == "r\(place)")
      try check(
        single.outcome, sweep.runs.filter { $0.role == .fitted } + [sweep.runs[place]])
    }
    #expect(ledger.singlesNotTried == 0)
  }

  @Test func answersFollowTheRefittedLaw() throws {
    let sweep = sweep(excluding: [([0, 1, 2], rule)]) { $0[1].loss *= 1.3 }
    let analysis = try SweepAnalysis.analyse(sweep, options: options())
    let moves = try #require(analysis.exclusionLedger?.entries[0].outcome.moves)
    var value: [String: Double] = [:]
    for move in moves {
      if case .coefficient(let name) = move.quantity { value[name] = move.putBack }
    }
    let law = FrantarLaw(
      aS: value["a_S"] ?? .nan, bS: value["b_S"] ?? .nan, cS: value["c_S"] ?? .nan,
      bN: value["b_N"] ?? .nan, aD: value["a_D"] ?? .nan, bD: value["b_D"] ?? .nan,
      c: value["c"] ?? .nan)
    func putBack(_ quantity: ExclusionLedger.Quantity) -> Double {
      moves.first { $0.quantity == quantity }?.putBack ?? .nan
    }
    #expect(
      relativeError(
        putBack(.multiplier(sparsity: 0.75)), law.effectiveParameterMultiplier(sparsity: 0.75))
        < 1e-12)
    let threshold = ComputeModel(law: law, accounting: .dense, flopsPerParameter: 6)
      .chinchillaMultiple(sparsity: 0.5)
    #expect(
      relativeError(putBack(.threshold(accounting: "dense", sparsity: 0.5)), threshold) < 1e-12)
    #expect(moves.filter(\.quantity.isKey).count == 5)
  }

  @Test func runsThatFitChangeNothing() throws {
    let sweep = sweep(excluding: [([5, 21, 44], rule)])
    let entry = try #require(
      try SweepAnalysis.analyse(sweep, options: options()).exclusionLedger?.entries.first)
    #expect(entry.outcome.verdict == .independent)
    #expect(entry.outcome.leaving.isEmpty)
  }

  @Test func aWholeSizeThatIsOffChangesTheConclusions() throws {
    // All runs of the largest size: what b_N and c are read from.
    let sweep = sweep(excluding: [(Array(36..<48), rule)]) { runs in
      for place in 36..<48 { runs[place].loss *= 1.1 }
    }
    let outcome = try #require(
      try SweepAnalysis.analyse(sweep, options: options()).exclusionLedger?.entries.first?.outcome)
    #expect(outcome.verdict == .depends)
    #expect(outcome.leaving.contains { ($0.share ?? 0) > 1 })
    #expect(outcome.leaving.contains { $0.quantity.isKey })
  }

  @Test func causesAreKeptApartAndPutBackTogether() throws {
    var sweep = sweep(excluding: [([5], rule), ([9, 10], .unfinished)])
    sweep.exclusions.append(Exclusion(run: "bad", why: "loss is NaN"))
    let ledger = try #require(
      try SweepAnalysis.analyse(sweep, options: options(bootstrap: 0)).exclusionLedger)
    #expect(ledger.entries.map(\.cause) == [rule, .unfinished, .fault, nil])
    #expect(ledger.entries.map(\.runs.count) == [1, 2, 1, 4])
    #expect(ledger.entries.map(\.singles.count) == [1, 2, 0, 3])
    if case .noNumbers = ledger.entries[2].outcome {} else { Issue.record("numbers of a fault") }
    // Without intervals there are moves, but no verdict.
    #expect(ledger.entries[3].outcome.moves?.count == 10)
    #expect(ledger.entries[3].outcome.verdict == nil)
    #expect(ledger.entries[3].outcome.moves?.contains { $0.share != nil } == false)
  }

  @Test func sparseRunsDoNotComeBackToADenseLaw() throws {
    let sparse = Design.t5.settings.indices.filter { Design.t5.settings[$0].sparsity > 0 }
    let sweep = sweep(excluding: [(sparse, rule)])
    let entry = try #require(
      try SweepAnalysis.analyse(sweep, options: options(bootstrap: 0)).exclusionLedger?.entries[0])
    if case .otherForm = entry.outcome {} else { Issue.record("\(entry.outcome)") }
  }

  @Test func ofManyRunsThoseThatTheLawMissesMostArePutBack() throws {
    var sweep = sweep(excluding: [])
    for index in 0..<300 {
      var run = sweep.runs[index % 48]
      run.name = "x\(index)"
      run.loss *= 1 + 0.0005 * Double(index)
      run.role = .excluded
      sweep.runs.append(run)
      sweep.exclusions.append(Exclusion(run: run.name, why: "a rule", cause: rule))
    }
    let ledger = try #require(
      try SweepAnalysis.analyse(sweep, options: options(bootstrap: 0)).exclusionLedger)
    #expect(ledger.singlesNotTried == 100)
    let singles = ledger.entries[0].singles
    let tried = singles.filter { $0.outcome.moves != nil }.map { abs($0.relativeError) }
    let others = singles.filter { $0.outcome.moves == nil }.map { abs($0.relativeError) }
    #expect(tried.count == 200 && others.count == 100)
    #expect(try #require(tried.min()) >= #require(others.max()))
  }

  /// The extremes that a log may give.
  @Test func impossibleRunsDoNoHarm() throws {
    var sweep = sweep(excluding: [])
    for size in [1, 1e30] {
      for data in [1, 1e30] {
        for loss in [1e-6, 1e6] {
          var run = sweep.runs[0]
          run.name = "\(size) \(data) \(loss)"
          run.nonZeroParameters = size
          run.denseParameters = size
          run.data = data
          run.loss = loss
          run.role = .excluded
          sweep.runs.append(run)
          sweep.exclusions.append(Exclusion(run: run.name, why: "a rule", cause: rule))
        }
      }
    }
    let entry = try #require(
      try SweepAnalysis.analyse(sweep, options: options()).exclusionLedger?.entries.first)
    #expect(entry.singles.count == 8)
    for outcome in [entry.outcome] + entry.singles.map(\.outcome) {
      let moves = try #require(outcome.moves)
      #expect(moves.allSatisfy { $0.share.map { $0 >= 0 } ?? true })
    }
  }

  @Test func threadsDoNotMatter() throws {
    let sweep = sweep(excluding: [([0, 1, 2, 30], rule), ([9], .diverged)])
    let moves = try [1, 2].map { threads in
      try #require(
        try SweepAnalysis.analyse(sweep, options: options(bootstrap: 0, threads: threads))
          .exclusionLedger
      ).entries.flatMap { [$0.outcome] + $0.singles.map(\.outcome) }
        .map { $0.moves?.map(\.putBack) ?? [] }
    }
    #expect(moves[0] == moves[1])
  }

  @Test(arguments: [
    (1.0, 1.5, 0.0...2.0, 0.5), (1, 0.5, 0...2, 0.5), (1, 4, 0...2, 3), (1, 1, 1...1, 0),
    // Skewed: each side has its own way.
    (1, 3, 0.9...5, 0.5), (1, 0.8, 0.9...5, 2),
    // At an end of the interval half the width stands for the way.
    (0, 0.5, 0...1, 0.5), (1, 1.5, 0...1, 1), (1, 2, 1...Double.infinity, 0),
    (1, .infinity, 1...Double.infinity, 1), (1, .infinity, 0...2, .infinity),
  ])
  func sharesOfIntervals(
    estimate: Double, putBack: Double, interval: ClosedRange<Double>, share: Double
  ) {
    let move = ExclusionLedger.Move(
      quantity: .coefficient("c"), estimate: estimate, putBack: putBack, interval: interval)
    #expect(abs((move.share ?? .nan) - share) < 1e-12 || move.share == share)
  }

  @Test func withoutAWidthThereIsNoShare() {
    for (estimate, putBack, interval) in [
      (1.0, 2.0, nil), (1, 2, 1...1), (.infinity, 2, 1...Double.infinity), (1, .nan, 0...2),
    ] as [(Double, Double, ClosedRange<Double>?)] {
      let move = ExclusionLedger.Move(
        quantity: .coefficient("c"), estimate: estimate, putBack: putBack, interval: interval)
      #expect(move.share == nil)
    }
  }

  @Test func whatMovesFurthestDoesSoInProportionToItself() {
    func move(
      _ quantity: ExclusionLedger.Quantity, _ estimate: Double, _ putBack: Double,
      _ interval: ClosedRange<Double>
    ) -> ExclusionLedger.Move {
      ExclusionLedger.Move(
        quantity: quantity, estimate: estimate, putBack: putBack, interval: interval)
    }
    // The multiplier takes the larger share of its narrow interval, the threshold the larger step.
    let outcome = ExclusionLedger.Outcome.refitted([
      move(.coefficient("a_S"), 4, 2, 1...10), move(.coefficient("c"), 1.3, 1.28, 1.29...1.31),
      move(.multiplier(sparsity: 0.75), 1.9, 2, 1.85...1.99),
      move(.threshold(accounting: "dense", sparsity: 0.5), 13, 18, 9...40),
    ])
    #expect(outcome.largest?.quantity == .threshold(accounting: "dense", sparsity: 0.5))
    #expect(outcome.largestOfCoefficients?.quantity == .coefficient("a_S"))
    let gone = ExclusionLedger.Outcome.refitted([
      move(.multiplier(sparsity: 0.75), 1.9, 3, 1.8...2),
      move(.threshold(accounting: "dense", sparsity: 0.5), 13, .infinity, 9...40),
    ])
    #expect(gone.largest?.quantity == .threshold(accounting: "dense", sparsity: 0.5))
    #expect(gone.largestOfCoefficients == nil)
    #expect(ExclusionLedger.Outcome.refitted([move(.coefficient("c"), 1, 2, 0...3)]).largest != nil)
  }
}
