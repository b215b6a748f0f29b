import Foundation

/// The formats of logs, and how one of them is made.
enum LogFormat: String, CaseIterable {
  case jsonLines = "JSON Lines"
  case gzip = "JSON Lines, gzip"
  case csv = "CSV"
  case trainerState = "trainer_state.json"
  case tensorBoard = "TensorBoard events"
  case mlflow = "MLflow file store"

  static let steps = 100_000

  /// Writes a log of `steps` steps, and the constants of the run beside it.
  func write(to folder: URL) throws {
    func put(_ path: String, _ bytes: Data) throws {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try bytes.write(to: file)
    }
    func put(_ path: String, _ text: String) throws { try put(path, Data(text.utf8)) }
    if self != .mlflow { try put("config.json", #"{"dense_params": 1000000, "sparsity": 0}"#) }
    switch self {
    case .jsonLines: try put("metrics.jsonl", Self.jsonText)
    case .gzip:
      try put("metrics.jsonl", Self.jsonText)
      try Self.gzip(folder.appending(path: "metrics.jsonl"))
    case .csv:
      try put(
        "metrics.csv",
        "step,tokens,train_loss,val_loss,lr,grad_norm\n"
          + Self.lines {
            "\($0),\($0 * 1_024),\(Self.loss($0) + 0.1),\(Self.loss($0)),0.0003125,0.4471823"
          })
    case .trainerState: try put("trainer_state.json", Self.trainerText)
    case .tensorBoard:
      try put("events.out.tfevents.1700000000.host", EventFile.bytes(steps: Self.steps, Self.loss))
    case .mlflow:
      try put("meta.yaml", "lifecycle_stage: active\nrun_name: run\nstatus: 3\n")
      try put("params/dense_params", "1000000")
      try put("params/sparsity", "0")
      try put("metrics/tokens", Self.lines { "\(1_700_000_000_000 + $0) \($0 * 1_024) \($0)" })
      try put(
        "metrics/val_loss", Self.lines { "\(1_700_000_000_000 + $0) \(Self.loss($0)) \($0)" })
    }
  }

  private static func loss(_ step: Int) -> Double { 3 + 1 / Double(step) }

  private static func lines(_ line: (Int) -> String) -> String {
    (1...steps).map { line($0) + "\n" }.joined()
  }

  private static var jsonText: String {
    lines {
      #"{"step": \#($0), "tokens": \#($0 * 1_024), "train_loss": \#(loss($0) + 0.1), "#
        + #""val_loss": \#(loss($0)), "lr": 0.0003125, "grad_norm": 0.4471823}"#
    }
  }

  private static var trainerText: String {
    let rows = (1...steps).map {
      """
          {
            "epoch": \(Double($0) / Double(steps)),
            "eval_loss": \(loss($0)),
            "loss": \(loss($0) + 0.1),
            "num_input_tokens_seen": \($0 * 1_024),
            "step": \($0)
          }
      """
    }
    return "{\n  \"global_step\": \(steps),\n  \"log_history\": [\n"
      + rows.joined(separator: ",\n") + "\n  ],\n  \"max_steps\": \(steps)\n}\n"
  }

  /// Replaces a file by its compressed form, by the program that everyone has.
  private static func gzip(_ file: URL) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", file.path]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
