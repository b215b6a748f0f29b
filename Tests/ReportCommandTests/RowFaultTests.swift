import Foundation
import TestSupport
import Testing

/// A row that does not make a run.
struct RowFault {
  var row: String
  /// What the reason holds.
  var says: String
  /// The name in the report where the row's own cannot be read.
  var name: String?

  static let all = [
    RowFault(row: "nan,1e5,0.5,1e7,NaN", says: "NaN"),
    RowFault(row: "endless,1e5,0.5,1e7,inf", says: "inf"),
    RowFault(row: "minus-endless,1e5,0.5,1e7,-Infinity", says: "minus infinity"),
    RowFault(row: "huge-loss,1e5,0.5,1e7,1e308", says: "loss is"),
    RowFault(row: "too-huge-loss,1e5,0.5,1e7,1e400", says: "1e400"),
    RowFault(row: "no-loss,1e5,0.5,1e7,0", says: "loss is 0"),
    RowFault(row: "negative-loss,1e5,0.5,1e7,-3", says: "loss is -3"),
    RowFault(row: "percent,1e5,75,1e7,3", says: "is this a percentage"),
    RowFault(row: "all-zero,1e5,1,1e7,3", says: "is this a percentage"),
    RowFault(row: "negative-sparsity,1e5,-0.5,1e7,3", says: "sparsity is -0.5"),
    RowFault(row: "no-size,0,0.5,1e7,3", says: "is 0"),
    RowFault(row: "negative-size,-1e5,0.5,1e7,3", says: "is -100,000"),
    RowFault(row: "no-data,1e5,0.5,0,3", says: "data is 0"),
    RowFault(row: "negative-data,1e5,0.5,-1e7,3", says: "data is -10,000,000"),
    RowFault(row: "huge-size,1e308,0.5,1e7,3", says: "1e+308"),
    RowFault(row: "huge-data,1e5,0.5,1e308,3", says: "1e+308"),
    RowFault(row: "words,many,0.5,1e7,3", says: "many"),
    RowFault(row: "short,1e5", says: "too short", name: "runs.csv"),
    RowFault(row: "nul,1e5,0.5\u{0},1e7,3", says: "runs.csv", name: "runs.csv"),
    RowFault(row: "twice,1e5,0.5,1e7,3", says: "twice"),
    RowFault(row: "twice,1e5,0.5,1e7,3.1", says: "twice"),
  ]
}

@Suite("A fault in a row leaves out its run and nothing else")
struct RowFaultTests {
  @Test func everyRowAtFaultIsListedWithFileLineAndReason() throws {
    let data = try DataRoot([:])
    let rows = RowFault.all.map { $0.row + "\n" }.joined()
    try data.folder.write("Data/sweep/runs.csv", Design().csv + rows)
    let done = try data.generate()
    #expect(done.code == 0, "\(done.errors)")
    let runs = try data.results("sweep")
    #expect(runs.fitted == 36 && runs.heldOut == 12)
    #expect(runs.excluded.count == RowFault.all.count)
    for (index, fault) in RowFault.all.enumerated() {
      let name = fault.name ?? String(fault.row.prefix { $0 != "," })
      // Below the header and 48 good rows.
      let place = "Data/sweep/runs.csv:\(50 + index)"
      let found = runs.excluded.contains {
        $0.run.hasPrefix(name) && $0.why.contains(place) && $0.why.contains(fault.says)
      }
      #expect(found, "\(fault.row) in \(runs.excluded.filter { $0.why.contains(place) })")
    }
    let report = try data.folder.text("Output/sweep/report.md")
    #expect(report.contains("### Excluded runs"))
    #expect(!report.utf8.contains(0))
    #expect(done.errors.contains("\(RowFault.all.count) runs excluded"))
  }

  @Test func theBytesOfATableMayBeOdd() throws {
    let data = try DataRoot([:])
    let csv = Design().csv
    let last = "last,1e5,0.5,1e7,3\n"
    let tables: [String: Data] = [
      "crlf": Data(csv.replacing("\n", with: "\r\n").utf8),
      "bom": Data([0xEF, 0xBB, 0xBF]) + Data(csv.utf8),
      "no-last-line-break": Data(csv.utf8).dropLast(),
      "blank-lines": Data((csv + "\n\n   \n").utf8),
      "same-row-twice": Data((csv + last + last).utf8),
      "cut-off": Data((csv + last).utf8).dropLast(4),
      "not-utf-8": Data(
        (csv + last).replacing("last", with: "l?st").utf8.map {
          $0 == UInt8(ascii: "?") ? 0xFF : $0
        }),
    ]
    for (name, bytes) in tables { try data.folder.write("Data/\(name)/runs.csv", bytes) }
    let done = try data.generate()
    #expect(done.code == 0, "\(done.errors)")
    for name in tables.keys {
      let runs = try data.results(name)
      let isExcluded = ["cut-off", "not-utf-8"].contains(name)
      #expect(runs.fitted + runs.heldOut == (name == "same-row-twice" ? 49 : 48), "\(name)")
      #expect(runs.excluded.count == (isExcluded ? 1 : 0), "\(name)")
      if isExcluded { #expect(runs.excluded[0].why.contains("runs.csv:50"), "\(name)") }
    }
    #expect(try data.folder.text("Output/same-row-twice/appendix.md").contains("last"))
  }

  @Test func aRunFolderAtFaultIsLeftOut() throws {
    let data = try DataRoot([:])
    let design = Design()
    var count = 0
    for size in design.sizes {
      for sparsity in design.sparsities {
        for amount in design.amounts {
          count += 1
          let run = "Data/sweep/runs/r\(count)"
          try data.folder.write(
            "\(run)/config.json", "{\"nonzero_params\": \(size), \"sparsity\": \(sparsity)}")
          try data.folder.write(
            "\(run)/metrics.jsonl",
            "{\"tokens\": \(amount / 2), \"eval_loss\": 9}\n"
              + "{\"tokens\": \(amount), \"eval_loss\": \(design.loss(size, sparsity, amount))}\n")
        }
      }
    }
    try data.folder.write("Data/sweep/sweep.yml", "runs: [runs/*]\n")
    let good = "{\"tokens\": 1e7, \"eval_loss\": 3.1}\n"
    let faults = [
      ("truncated", good + "{\"tokens\": 2e7, \"eval_l", ":2"),
      ("nan", good + "{\"tokens\": 2e7, \"eval_loss\": NaN}\n", ":2"),
      ("endless", "{\"tokens\": 1e7, \"eval_loss\": Infinity}\n", ":1"),
      ("no-object", "[1, 2]\n", ":1"), ("empty", "", ""),
      ("deep", String(repeating: "[", count: 100_000), ":1"),
    ]
    for (name, log, _) in faults {
      let run = "Data/sweep/runs/bad-\(name)"
      try data.folder.write("\(run)/config.json", "{\"nonzero_params\": 1e5, \"sparsity\": 0.5}")
      try data.folder.write("\(run)/metrics.jsonl", log)
    }
    try data.folder.write("Data/sweep/runs/bad-config/config.json", "{\"nonzero_params\": ")
    try data.folder.write("Data/sweep/runs/bad-config/metrics.jsonl", good)
    try data.folder.write("Data/sweep/runs/bad-folder/metrics.jsonl/x", "a folder for a log")
    let done = try data.generate()
    #expect(done.code == 0, "\(done.errors)")
    let runs = try data.results("sweep")
    #expect(runs.fitted == 36 && runs.heldOut == 12)
    let expected =
      faults.map { ("bad-\($0.0)", "runs/bad-\($0.0)/metrics.jsonl\($0.2)") }
      + [("bad-config", "runs/bad-config/config.json:1"), ("bad-folder", "runs/bad-folder")]
    #expect(Set(runs.excluded.map(\.run)) == Set(expected.map(\.0)))
    for (name, place) in expected {
      let why = runs.excluded.first { $0.run == name }?.why ?? ""
      #expect(why.contains(place), "\(name): \(why)")
    }
  }
}
