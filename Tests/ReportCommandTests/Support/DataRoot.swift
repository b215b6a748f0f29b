import Foundation
import TestSupport
import Testing

/// A folder with data, and an output folder beside it, for the program to work on.
struct DataRoot {
  let folder: TemporaryFolder

  /// Settings that make a report in little time.
  static let quick = [
    "--templates", Command.templates, "--starts", "10", "--bootstrap", "0", "--format", "svg",
  ]

  init(_ sweeps: [String: Design] = ["sweep": Design()]) throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "Data"), withIntermediateDirectories: true)
    for (name, design) in sweeps { try folder.write("Data/\(name)/runs.csv", design.csv) }
  }

  /// `report Data --output Output` with quick settings.
  func generate(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> Outcome {
    try Command.run(
      ["Data", "--output", "Output"] + Self.quick + arguments, in: folder.url,
      environment: environment)
  }

  func run(_ arguments: String...) throws -> Outcome {
    try Command.run(arguments, in: folder.url)
  }

  /// The runs of a sweep's results, by part.
  func results(_ sweep: String) throws -> SweepRuns {
    struct Results: Decodable { var runs: SweepRuns }
    let text = try folder.text("Output/\(sweep)/results.json")
    return try JSONDecoder().decode(Results.self, from: Data(text.utf8)).runs
  }
}

/// The part of results.json that says what became of the runs.
struct SweepRuns: Decodable {
  struct Excluded: Decodable {
    var run: String
    var why: String
  }

  var read: Int
  var fitted: Int
  var heldOut: Int
  var excluded: [Excluded]

  enum CodingKeys: String, CodingKey {
    case read, fitted, excluded
    case heldOut = "held_out"
  }
}
