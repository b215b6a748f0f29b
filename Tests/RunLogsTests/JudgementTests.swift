import RunLogs
import Testing

@Suite struct JudgementTests {
  /// A run of ten rows of 100 steps each with the given losses and sparsities.
  func log(_ losses: [Double], _ sparsity: (Double) -> Double = { _ in 0 }) -> String {
    losses.enumerated().map { index, loss in
      let t = Double(index + 1) / Double(losses.count)
      return "{\"step\": \((index + 1) * 100), \"tokens\": \((index + 1) * 1000), "
        + "\"val_loss\": \(loss), \"sparsity\": \(sparsity(t))}"
    }.joined(separator: "\n")
  }

  static let falling = [5, 4, 3.5, 3.2, 3, 2.9, 2.8, 2.75, 2.7, 2.68]

  func sweep(_ log: String, _ config: String, settings: String = "title: x") throws -> Sweep {
    try TemporaryData([
      "x/sweep.yml": settings, "x/r/metrics.jsonl": log,
      "x/r/config.json": "{\"dense_params\": 100\(config)}",
      "x/s/metrics.jsonl": self.log(Self.falling), "x/s/config.json": #"{"dense_params": 100}"#,
    ]).sweep()
  }

  @Test(arguments: [
    (#", "status": "crashed""#, "the run's status is \"crashed\""),
    (#", "max_steps": 4000"#, "the log ends at step 1,000 of 4,000"),
    (#", "tokens": 20000"#, "the log ends at 10,000 of 20,000 tokens"),
  ])
  func anUnfinishedRunIsLeftOut(config: String, message: String) throws {
    let sweep = try sweep(log(Self.falling), config)
    #expect(sweep.findings.map(\.message) == [message])
    #expect(sweep.findings.map(\.action) == ["excluded"])
    #expect(sweep.findings[0].location.description == "Data/x/r/metrics.jsonl:10")
    #expect(sweep.runs.first { $0.name == "r" }?.role == .excluded)
    #expect(sweep.exclusions.map(\.run) == ["r"])
    let kept = try self.sweep(log(Self.falling), config, settings: "unfinished: keep")
    #expect(kept.exclusions.isEmpty)
    #expect(kept.findings.map(\.action) == ["kept, as sweep.yml says"])
  }

  @Test(arguments: [
    #", "status": "finished""#, #", "max_steps": 1000"#, #", "max_steps": 1100"#,
    #", "max_steps": -1"#, #", "tokens": 10000"#, #", "status": "blue""#,
  ])
  func aRunThatEndedAsPlannedIsNot(config: String) throws {
    #expect(try sweep(log(Self.falling), config).findings.isEmpty)
  }

  @Test func aLossThatGoesUpIsTold() throws {
    let diverged = try sweep(log([5, 4, 3, 2.5, 2.4, 2.3, 2.3, 3, 4, 4.5]), "")
    #expect(diverged.findings.map(\.kind) == [.diverged])
    #expect(diverged.exclusions.map(\.run) == ["r"])
    let rising = try sweep(log([5, 4, 3, 2.5, 2.4, 2.3, 2.29, 2.3, 2.4, 2.41]), "")
    #expect(rising.findings.map(\.kind) == [.risingLoss])
    #expect(rising.exclusions.isEmpty)
    let last = try sweep(log([5, 4, 3, 2.5, 2.4, 2.3, 2.29, 2.28, 2.27, 2.4]), "")
    #expect(last.findings.isEmpty)
    let broken = try sweep(log(Self.falling) + "\n{\"tokens\": 11000, \"val_loss\": NaN}", "")
    #expect(broken.findings.map(\.kind) == [.diverged])
    #expect(broken.findings[0].location.line == 11)
  }

  static func cubic(_ t: Double) -> Double {
    let u = 1 - min(max((t - 0.25) / 0.5, 0), 1)
    return 0.5 * (1 - u * u * u)
  }

  @Test func pruningIsHeldAgainstItsTargetAndSchedule() throws {
    let config = #", "target_sparsity": 0.5"#
    #expect(try sweep(log(Self.falling, Self.cubic), config).findings.isEmpty)
    let linear = try sweep(log(Self.falling) { min(0.5, $0) }, config)
    #expect(linear.findings.map(\.kind) == [.offSchedule])
    let missed = try sweep(log(Self.falling) { 0.8 * Self.cubic($0) }, config)
    #expect(missed.findings.map(\.kind) == [.missedTarget])
    #expect(
      missed.findings[0].message == "the run ends at sparsity 0.4, its target is 0.5")
    #expect(missed.exclusions.isEmpty)
  }

  /// While weights are taken away the loss may rise.
  @Test func pruningThatCostsLossIsNoDivergence() throws {
    let losses = [5, 3, 2.4, 3, 4, 4.3, 4.4, 4.3, 4.2, 4.1]
    #expect(try sweep(log(losses, Self.cubic), "").findings.isEmpty)
  }

  @Test func aRestartDropsWhatWasWrittenAgain() throws {
    let rows = [(1, 9.0), (2, 8), (3, 1), (4, 1), (2, 7), (3, 6), (4, 5)]
    let text = rows.map {
      "{\"step\": \($0.0), \"tokens\": \($0.0 * 1000), \"val_loss\": \($0.1), \"sparsity\": 0}"
    }.joined(separator: "\n")
    let sweep = try sweep(text, "", settings: "loss: {take: min}")
    let run = try #require(sweep.runs.first { $0.name == "r" })
    #expect(run.loss == 5)
    #expect(run.history.map(\.loss) == [9, 7, 6, 5])
    #expect(sweep.findings.map(\.kind) == [.restarted])
    #expect(sweep.findings[0].action.contains("3 rows written again later were dropped"))
  }
}
