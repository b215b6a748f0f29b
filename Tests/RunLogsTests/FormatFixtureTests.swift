import Foundation
import RunLogs
import Testing

/// Logs that the real libraries wrote (Fixtures/make_fixtures.py), read from end to end.
@Suite struct FormatFixtureTests {
  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  /// The loss that the fixtures' formula gives.
  static func loss(_ dense: Double, _ target: Double, step: Double) -> Double {
    let t = min(max((step / 200 - 0.25) / 0.5, 0), 1)
    let sparsity = target * (1 - (1 - t) * (1 - t) * (1 - t))
    return 1.5 + 20 * pow(dense * (1 - sparsity), -0.3) + 8 * pow(step * 1_024, -0.25)
  }

  static let runs: [(name: String, dense: Double, sparsity: Double)] = [
    ("small-s0", 50_000, 0), ("small-s50", 50_000, 0.5), ("large-s75", 100_000, 0.75),
  ]

  func load(_ folder: String, settings: String? = nil) throws -> Sweep {
    let data = try TemporaryData()
    try FileManager.default.copyItem(
      at: Self.fixtures.appendingPathComponent(folder),
      to: URL(fileURLWithPath: data.root + "/x"))
    if let settings { try data.write("x/sweep.yml", settings) }
    return try data.sweep()
  }

  func check(_ sweep: Sweep, tolerance: Double = 1e-12, step: Double = 200) {
    #expect(sweep.exclusions.map(\.why) == [])
    #expect(sweep.runs.count == 3)
    for (name, dense, sparsity) in Self.runs {
      guard let run = sweep.runs.first(where: { $0.name.contains(name) }) else {
        Issue.record("run \(name) is missing among \(sweep.runs.map(\.name))")
        continue
      }
      #expect(run.denseParameters == dense)
      #expect(abs(run.sparsity - sparsity) < 1e-7)
      #expect(run.data == 204_800)
      let loss = Self.loss(dense, sparsity, step: step)
      #expect(abs(run.loss / loss - 1) < tolerance, "\(name): \(run.loss), not \(loss)")
    }
  }

  @Test(arguments: [
    "csv", "csv-index", "csv-gz", "tsv", "jsonl", "jsonl-gz", "json-rows", "json-columns",
    "json-columns-gz",
  ])
  func pandas(form: String) throws {
    check(try load("pandas/" + form), tolerance: form.contains("json") ? 1e-9 : 1e-12)
  }

  /// Bare NaN and Infinity in columns that are not read do no harm, and the last checkpoint counts.
  @Test func huggingFace() throws {
    let sweep = try load("huggingface")
    check(sweep)
    let run = try #require(sweep.runs.first { $0.name == "small-s50" })
    #expect(run.history.count == 10)
    #expect(run.history.compactMap(\.loss).count == 5)
    #expect(run.location.file == "Data/x/small-s50/checkpoint-200/trainer_state.json")
    #expect(sweep.columns.map(\.column).contains("num_input_tokens_seen"))
  }

  @Test func lightning() throws {
    let sweep = try load(
      "lightning",
      settings: "runs: ['*']\ndata: {product: [step, batch_size, seq_len], unit: tokens}")
    check(sweep)
    let run = try #require(sweep.runs.first { $0.name == "large-s75" })
    #expect(run.location.file == "Data/x/large-s75/lightning_logs/version_0/metrics.csv")
    #expect(run.history.count == 10)
    #expect(sweep.columns.first { $0.quantity == "data" }?.column == "step x batch_size x seq_len")
  }

  @Test func keras() throws {
    let sweep = try load("keras")
    check(sweep)
    #expect(
      sweep.runs.allSatisfy { $0.history.map(\.data) == [1, 2, 3, 4, 5].map { $0 * 40_960 } })
  }

  @Test func tensorBoard() throws {
    let sweep = try load("tensorboard")
    check(sweep, tolerance: 1e-6)
    let run = try #require(sweep.runs.first { $0.name == "small-s50" })
    // Steps 100 and 120 are in both files; the later file counts.
    #expect(run.history.map(\.data) == (1...10).map { Double($0) * 20_480 })
    let finding = try #require(sweep.findings.first)
    #expect(sweep.findings.count == 1 && finding.kind == .restarted && finding.run == "small-s50")
    #expect(finding.action == "kept: 2 rows written again later were dropped")
  }

  @Test func tensorBoardTensors() throws {
    check(try load("tensorboard-tensor"), tolerance: 1e-6)
  }

  @Test func tensorBoardX() throws {
    check(try load("tensorboardx"), tolerance: 1e-6)
  }

  @Test func mlflow() throws {
    let sweep = try load("mlflow")
    let deleted = sweep.exclusions.filter { $0.why.contains("the run was deleted in MLflow") }
    #expect(deleted.count == 1)
    var kept = sweep
    kept.exclusions.removeAll { deleted.contains($0) }
    check(kept)
    #expect(sweep.runs.allSatisfy { $0.history.count == 10 })
  }

  @Test func wandbFolders() throws {
    check(try load("wandb/folders"))
  }

  @Test func wandbOffline() throws {
    let sweep = try load("wandb-offline")
    check(sweep)
    #expect(sweep.runs.map(\.name) == ["large-s75", "small-s0", "small-s50"])
    #expect(sweep.runs.allSatisfy { $0.history.count == 10 })
    #expect(sweep.findings.isEmpty)
  }

  @Test func wandbExport() throws {
    check(try load("wandb/export"))
  }
}
