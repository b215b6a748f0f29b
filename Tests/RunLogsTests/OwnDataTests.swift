import Foundation
import RunLogs
import Testing

/// The sweeps of Data/ as they are committed.
@Suite struct OwnDataTests {
  func load(_ name: String, in root: String) throws -> Sweep {
    let folders = try SweepLoader.discover(dataRoot: root, only: [name])
    return try SweepLoader.load(#require(folders.first)).get()
  }

  /// A copy of a sweep's folder without its logs, and with a reference file beside sweep.yml.
  func withReference(_ name: String, _ file: String) throws -> TemporaryData {
    let reference = try #require(referenceData)
    let data = try TemporaryData()
    let settings = packageFolder.appendingPathComponent("Data/\(name)/sweep.yml")
    try data.write("\(name)/sweep.yml", Array(Data(contentsOf: settings)))
    try data.write(
      "\(name)/\(file)", Array(Data(contentsOf: reference.appendingPathComponent(file))))
    return data
  }

  @Test func byteLMIsComplete() throws {
    let sweep = try load("byte-lm", in: packageFolder.appendingPathComponent("Data").path)
    #expect(sweep.runs.count == 156)
    #expect(sweep.runsRead == 156)
    #expect(sweep.warnings == [])
    #expect(sweep.inputs.count == 313)
    let byRole = Dictionary(grouping: sweep.runs, by: \.role)
    // 9 runs of 295k and 8 of 590k.
    #expect(byRole[.heldOut]?.count == 17)
    #expect(byRole[.heldOut]?.allSatisfy { $0.nonZeroParameters > 2.5e5 } == true)
    // 8 with an N:M pattern and 18 that start from a trained run.
    #expect(byRole[.other]?.count == 26)
    // The grid's 16 runs of 1 Mi and the 8 of other seeds.
    #expect(byRole[.excluded]?.count == 24)
    #expect(byRole[.excluded]?.allSatisfy { $0.data == 1_048_576 } == true)
    #expect(byRole[.fitted]?.count == 89)
    // Widths that M does not divide leave rows dense, so N:M runs end below the pattern's sparsity.
    #expect(Set(sweep.findings.map(\.kind)) == [.missedTarget])
    #expect(sweep.findings.allSatisfy { $0.run.contains("to") })
    #expect(sweep.exclusions.count == 24)
    #expect(sweep.exclusions[0].why.hasPrefix("data 1,048,576 below 2,000,000: about a thousand"))
    let run = try #require(sweep.runs.first { $0.name == "n37k-s500-d4m-2to4" })
    #expect(run.pattern == .blocked(n: 2, m: 4))
    #expect(run.sparsity == 0.482576)
    #expect(run.history.count == 21)
    #expect(run.location.description == "Data/byte-lm/runs/n37k-s500-d4m-2to4/metrics.jsonl:21")
    #expect(sweep.runs.first { $0.name == "n37k-pretrained-s500-d1m" }?.parent == "n37k-s000-d4m")
  }

  @Test(
    .enabled(
      if: !FileManager.default.fileExists(
        atPath: packageFolder.appendingPathComponent("Data/frantar2024-t5/t5-data.csv").path),
      "the user has added the measurements"))
  func t5WithoutItsMeasurementsHasThePublishedLawAndThePoint() throws {
    let sweep = try load("frantar2024-t5", in: packageFolder.appendingPathComponent("Data").path)
    #expect(sweep.runs.map(\.role) == [.heldOut])
    #expect(sweep.runs[0].nonZeroParameters == 603_979_776)
    #expect(sweep.runs[0].denseParameters == 2_415_919_104)
    #expect(sweep.published.first?["b_N"] == 0.24513173)
    #expect(sweep.missingFiles.map(\.path) == ["Data/frantar2024-t5/t5-data.csv"])
    #expect(sweep.missingFiles[0].get?.contains("git clone") == true)
    #expect(sweep.refit == false)
  }

  @Test(.enabled(if: referenceData != nil, "the reference measurements are not here"))
  func t5MeasurementsAreRead() throws {
    let sweep = try withReference("frantar2024-t5", "t5-data.csv").sweep()
    #expect(sweep.runs.count == 49)
    #expect(sweep.exclusions.isEmpty && sweep.warnings.isEmpty && sweep.missingFiles.isEmpty)
    #expect(sweep.runs.filter { $0.role == .fitted }.count == 48)
    #expect(sweep.runs.filter { $0.role == .heldOut }.map(\.name) == ["t5-604m-s75"])
    let first = try #require(sweep.runs.first)
    #expect(first.name == "t5-data.csv:1")
    #expect(first.denseParameters == 1_327_104)
    #expect(first.nonZeroParameters == 1_327_104)
    #expect(first.data == 250_000 * 65_536)
    #expect(Set(sweep.runs.map(\.sparsity)) == [0, 0.5, 0.75, 0.875])
    #expect(sweep.runs.dropLast().map(\.nonZeroParameters).max() == 84_934_656)
  }

  @Test(.enabled(if: referenceData != nil, "the reference measurements are not here"))
  func viTMeasurementsAreRead() throws {
    let sweep = try withReference("frantar2024-vit", "vit-data.json").sweep()
    #expect(sweep.runs.count == 112)
    #expect(sweep.exclusions.isEmpty && sweep.warnings.isEmpty && sweep.missingFiles.isEmpty)
    #expect(sweep.runs.filter { $0.role == .heldOut }.count == 12)
    #expect(
      sweep.runs.allSatisfy { $0.nonZeroParameters == $0.denseParameters * (1 - $0.sparsity) })
    #expect(sweep.runs[0].denseParameters == 0.25 * 84_934_656)
    #expect(sweep.runs.map(\.nonZeroParameters).max() == 42_467_328)
    #expect(sweep.residual == .linear)
    #expect(sweep.compute.flopsPerParameter == 1_176)
  }
}
