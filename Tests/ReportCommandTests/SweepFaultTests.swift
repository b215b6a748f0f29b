import Foundation
import TestSupport
import Testing

/// A sweep that cannot be used, with what the program must say.
struct SweepFault: CustomTestStringConvertible {
  var name: String
  var files: [String: String] = ["runs.csv": Design().csv]
  var settings: String?
  var says: [String]

  var testDescription: String { name }

  static let all = [
    SweepFault(
      name: "empty-file", files: ["runs.csv": ""], settings: "runs: [runs.csv]",
      says: ["runs.csv", "empty"]),
    SweepFault(
      name: "header-only", files: ["runs.csv": "run,params,sparsity,tokens,loss\n"],
      settings: "runs: [runs.csv]", says: ["runs.csv"]),
    SweepFault(
      name: "missing-column", settings: "runs: [runs.csv]\nloss: {column: eval_los}",
      says: ["sweep.yml:2", "eval_los"]),
    SweepFault(
      name: "unknown-key", settings: "runs: [runs.csv]\nlos: {column: val_loss}",
      says: ["sweep.yml:2:1", "\"los\"", "did you mean \"loss\"?"]),
    SweepFault(
      name: "wrong-type", settings: "runs: [runs.csv]\nfit: {huber_delta: big}",
      says: ["sweep.yml:2", "huber_delta"]),
    SweepFault(
      name: "delta-of-zero", settings: "runs: [runs.csv]\nfit: {huber_delta: 0}",
      says: ["sweep.yml:2", "huber_delta"]),
    SweepFault(
      name: "anchor", settings: "runs: &a [runs.csv]\ntitle: x", says: ["sweep.yml:1"]),
    SweepFault(
      name: "alias", settings: "runs: &a [runs.csv]\nexclude: *a", says: ["sweep.yml:"]),
    SweepFault(
      name: "not-yaml", settings: "runs: [runs.csv\ntitle: }", says: ["sweep.yml:"]),
    SweepFault(name: "a-list", settings: "- runs.csv", says: ["sweep.yml:1"]),
    SweepFault(
      name: "absent-file", settings: "runs: [absent.csv]", says: ["sweep.yml:1", "absent.csv"]),
    SweepFault(
      name: "folder-for-a-file", files: ["runs.csv/x.txt": "x"], settings: "runs: [runs.csv]",
      says: ["runs.csv"]),
    SweepFault(
      name: "path-outside", settings: "runs: [../../../etc/*.csv]", says: ["sweep.yml:1"]),
    SweepFault(
      name: "too-few-sizes", files: ["runs.csv": Design(sizes: [1e5]).csv],
      says: ["cannot be fitted", "the size N", "at least 3"]),
    SweepFault(
      name: "too-few-runs",
      files: [
        "runs.csv":
          (["run,nonzero_params,sparsity,tokens,val_loss"]
          + Design(sizes: [1e5, 2e5, 4e5], sparsities: [0]).rows.enumerated()
          .filter { $0.offset % 4 == 0 }.map(\.element)).joined(separator: "\n")
      ], settings: "runs: [runs.csv]\nholdout: none", says: ["cannot be fitted", "coefficients"]),
    SweepFault(
      name: "every-run-excluded",
      settings: "runs: [runs.csv]\nexclude: [{data: {above: 1}, why: all of them}]",
      says: ["cannot be fitted", "48 runs were excluded", "all of them"]),
    SweepFault(
      name: "negative-coefficient",
      settings: """
        published:
          name: x
          coefficients: {a_S: 1, b_S: -1, c_S: 1, b_N: 0.2, a_D: 1, b_D: 0.2, c: 1}
        """, says: ["sweep.yml:3", "b_S"]),
    SweepFault(
      name: "schedule-backwards",
      settings: "runs: [runs.csv]\ncompute: {pruning: {start: 0.8, end: 0.2}}",
      says: ["sweep.yml:2"]),
    SweepFault(
      name: "two-candidates",
      files: ["runs.csv": "run,params,sparsity,tokens,samples,val_loss\nr,1e5,0,1e7,1e7,3\n"],
      says: ["runs.csv", "tokens", "samples"]),
  ]

  func write(to data: DataRoot) throws {
    for (path, text) in files { try data.folder.write("Data/\(name)/\(path)", text) }
    if let settings { try data.folder.write("Data/\(name)/sweep.yml", settings + "\n") }
  }
}

@Suite("A fault of a sweep stops the program before it writes")
struct SweepFaultTests {
  /// The least that a report of this program says of itself.
  private static let ownManifest = """
    {"schema": 1, "program": {"name": "report", "version": "0"}, "rendering": {}, "settings": {},
    "digest": "\(String(repeating: "0", count: 64))", "inputs": [], "templates": [], "outputs": []}
    """

  @Test(arguments: SweepFault.all)
  func eachIs65AndLeavesTheOutput(fault: SweepFault) throws {
    let data = try DataRoot([:])
    try data.folder.write("Output/README.md", "index")
    try data.folder.write("Output/old/manifest.json", Self.ownManifest)
    let before = try data.folder.files("Output")
    try fault.write(to: data)
    let done = try data.generate()
    #expect(done.code == 65, "\(done.errors)")
    let told = done.faults.joined(separator: "\n")
    #expect(told.contains(fault.name))
    for part in fault.says { #expect(told.contains(part), "\(told)") }
    #expect(try data.folder.files("Output") == before)
    let left = try FileManager.default.contentsOfDirectory(atPath: data.folder.path)
    #expect(left.sorted() == ["Data", "Output"])
  }

  @Test func allSweepsTellTheirFaultsAtOnce() throws {
    let data = try DataRoot(["good": Design()])
    for fault in SweepFault.all { try fault.write(to: data) }
    let done = try data.generate()
    #expect(done.code == 65)
    #expect(!data.folder.exists("Output"))
    let told = done.faults.joined(separator: "\n")
    let silent = SweepFault.all.filter { !told.contains($0.name) }
    #expect(silent.map(\.name) == [])
  }

  @Test func aFaultOfOneSweepDoesNotConcernACommandAboutAnother() throws {
    let data = try DataRoot(["good": Design()])
    try SweepFault.all[3].write(to: data)
    #expect(try data.generate("--sweep", "good").code == 0)
    #expect(data.folder.exists("Output/good/report.md"))
  }

  @Test func anEmptyDataRootIs65() throws {
    let data = try DataRoot([:])
    let done = try data.generate()
    #expect(done.code == 65)
    #expect(done.faults.first?.hasPrefix("Data: there is no sweep here") == true)
  }
}
