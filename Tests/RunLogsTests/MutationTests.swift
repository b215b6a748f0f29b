import Foundation
import RunLogs
import Testing

/// Deterministic mutations of good inputs: every reader comes back, whatever it is given.
@Suite struct MutationTests {
  /// A small generator, so that a failure can be repeated.
  struct Generator {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(max(1, bound)))
    }

    /// Flips, drops, repeats, cuts and plants what is known to hurt.
    mutating func mutate(_ input: [UInt8]) -> [UInt8] {
      let hostile = [
        "\0", "\"", "\\", "\n", "\r", "\r\n", "{", "[", "}", "]", ",", ":", "NaN", "1e400", "-",
        "\u{FEFF}", "\\ud800", "9999999999999999999999", "&a ", "*a", "!!x ", "- ", "? ", "|", "%",
        "\t", "'", "#", "<<", "---\n", "null", "nan", "..", "/", "**", "0x1p3", "é", "1_0",
      ]
      var bytes = input
      for _ in 0...next(below: 4) {
        let at = next(below: bytes.count + 1)
        let end = min(bytes.count, at + next(below: 12))
        switch next(below: 7) {
        case 0 where at < bytes.count: bytes[at] = UInt8(next(below: 256))
        case 1: bytes.removeSubrange(at..<end)
        case 2: bytes.insert(contentsOf: bytes[at..<end], at: next(below: bytes.count + 1))
        case 3: bytes.removeSubrange(at...)
        case 4: bytes += bytes[..<at]
        default: bytes.insert(contentsOf: Array(hostile[next(below: hostile.count)].utf8), at: at)
        }
      }
      return bytes
    }
  }

  /// Set MUTATIONS to a factor for a longer run.
  static let factor =
    ProcessInfo.processInfo.environment["MUTATIONS"].flatMap { Int($0) } ?? 1

  static let settings = """
    title: "T"
    runs: [t.csv, {path: 'r/*', optional: true, get: x}]
    loss: {column: val_loss, unit: nats, take: {mean: 2}}
    data: {column: tokens, times: 2.0}
    dense_params: {column: dense_params}
    sparsity: {column: sparsity}
    points:
      - {run: p, dense_params: 10, sparsity: 0.5, data: 7, loss: 2}
    exclude: [{data: {below: 5}, run: "a*", why: x}]
    fit: {residual: log, huber_delta: 0.001}
    holdout: {runs: [p]}
    refit: false
    compute: {flops_per_param: 6, pruning: {start: 0.25, end: 0.75}}
    published:
      name: P
      coefficients: {a_S: 1, b_S: 1, c_S: 2, b_N: 3, a_D: 4, b_D: 5, c: 0}
    """

  static let jsonRow =
    #"{"run": "a", "dense_params": 100, "sparsity": 0.5, "tokens": 1e1, "val_loss": 2.5, "x": {"y": [1, "é\n"]}}"#

  static let tables: [(name: String, text: String)] = [
    ("t.csv", "run,dense_params,sparsity,tokens,val_loss\n\"a\",100,0.5,10,2.5\nb,1e2,0,20,3\n"),
    ("t.tsv", "run\tdense_params\tsparsity\ttokens\tval_loss\na\t100\t0.5\t10\t2.5\n"),
    ("t.jsonl", jsonRow + "\n" + jsonRow + "\n"),
    ("t.json", "[" + jsonRow + ", " + jsonRow + "]"),
    (
      "u.json",
      #"{"run": {"0": "a"}, "dense_params": {"0": 1}, "sparsity": {"0": 0}, "tokens": {"0": 2}, "val_loss": {"0": 2}}"#
    ),
  ]

  /// Runs that come through have values in range, and a failure says something.
  func check(_ result: Result<Sweep, SweepErrors>) {
    switch result {
    case .success(let sweep):
      for run in sweep.runs {
        #expect((1...1e30).contains(run.data) && (1e-6...1e6).contains(run.loss))
        #expect((0..<1).contains(run.sparsity) && (1...1e30).contains(run.nonZeroParameters))
        #expect((1...1e30).contains(run.denseParameters))
        #expect(!run.name.unicodeScalars.contains { $0.value < 0x20 })
      }
      #expect(sweep.exclusions.allSatisfy { !$0.why.isEmpty })
    case .failure(let errors):
      #expect(!errors.errors.isEmpty)
      #expect(errors.errors.allSatisfy { !$0.message.isEmpty })
    }
  }

  @Test func settingsComeBack() throws {
    let data = try TemporaryData([
      "x/t.csv": Self.tables[0].text, "x/r/a/metrics.jsonl": Self.jsonRow,
    ])
    var random = Generator(state: 1)
    for _ in 0..<(1_500 * Self.factor) {
      try data.write("x/sweep.yml", random.mutate(Array(Self.settings.utf8)))
      check(try data.load())
    }
  }

  @Test(arguments: tables.indices)
  func tablesComeBack(index: Int) throws {
    let (name, text) = Self.tables[index]
    let data = try TemporaryData(["x/sweep.yml": "runs: [\(name)]"])
    var random = Generator(state: UInt64(index) + 2)
    for _ in 0..<(600 * Self.factor) {
      try data.write("x/" + name, random.mutate(Array(text.utf8)))
      check(try data.load())
    }
  }

  @Test(arguments: [
    ("config.json", #"{"dense_params": 100, "a": {"b": [null, "x"]}, "pattern": "dense"}"#),
    ("config.yaml", "dense_params: 100\na: {b: [null, 'x']}\npattern: &p dense\nq: *p\n"),
    ("metrics.jsonl", jsonRow + "\n" + jsonRow + "\n"),
    ("metrics.csv", tables[0].text),
  ])
  func runFoldersComeBack(name: String, text: String) throws {
    let data = try TemporaryData(["x/sweep.yml": "runs: [r/*]"])
    if name.hasPrefix("config") { try data.write("x/r/a/metrics.csv", Self.tables[0].text) }
    var random = Generator(state: 99)
    for _ in 0..<(600 * Self.factor) {
      try data.write("x/r/a/" + name, random.mutate(Array(text.utf8)))
      check(try data.load())
    }
  }
}
