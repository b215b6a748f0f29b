import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("results.json keeps its contract")
struct ResultsTests {
  @Test func theKeysOfTheContractAreThere() throws {
    let place = try Workplace()
    // Two seeds of one setting, a run to exclude and one that takes no part.
    try place.folder.write(
      "Data/sweep/more.csv",
      """
      run,nonzero_params,sparsity,tokens,val_loss,pattern
      again,100000,0,1e7,3.7,dense
      tiny,100000,0,1e5,9,unstructured
      nm,100000,0.5,1e7,3.5,2:4

      """)
    try place.settings(
      """
      title: A sweep of tests
      runs: [runs.csv, more.csv]
      loss: {unit: nats}
      data: {column: tokens, unit: tokens}
      exclude: [{data: {below: 1.0e6}, why: too short}]
      published:
        name: Someone 2024
        coefficients: {a_S: 10, b_S: 0.9, c_S: 20, b_N: 0.25, a_D: 2.0e5, b_D: 0.35, c: 0.8}
      """)
    try place.run()
    let json = try place.json()
    func object(_ value: Any?) throws -> [String: Any] { try #require(value as? [String: Any]) }
    func list(_ value: Any?) throws -> [[String: Any]] { try #require(value as? [[String: Any]]) }
    func expect(_ keys: String..., in object: [String: Any], line: Int = #line) {
      for key in keys where object[key] == nil { Issue.record("line \(line): no \(key)") }
    }

    expect(
      "schema", "sweep", "runs", "fit", "refit", "published", "holdout", "optimal_sparsity",
      "effective_parameters", "effective_parameters_limit", "noise", in: json)
    #expect(json["schema"] as? Int == 1)
    let sweep = try object(json["sweep"])
    #expect(sweep["name"] as? String == "sweep")
    #expect(sweep["title"] as? String == "A sweep of tests")
    #expect(sweep["loss_unit"] as? String == "nats")
    #expect(sweep["data_unit"] as? String == "tokens")

    let runs = try object(json["runs"])
    #expect(runs["read"] as? Int == 51)
    #expect(runs["fitted"] as? Int == 37)
    #expect(runs["held_out"] as? Int == 12)
    let excluded = try list(runs["excluded"])
    #expect(excluded.map { $0["run"] as? String } == ["tiny"])
    #expect((excluded.first?["why"] as? String)?.contains("too short") == true)
    let table = try list(runs["table"])
    let roles = Dictionary(grouping: table) { $0["role"] as? String ?? "" }.mapValues(\.count)
    #expect(roles == ["fitted": 37, "held_out": 12, "excluded": 1, "other": 1])
    for row in table {
      expect(
        "run", "nonzero_params", "dense_params", "sparsity", "data", "loss", "pattern", "role",
        in: row)
      if row["role"] as? String == "fitted" { expect("predicted", "relative_error", in: row) }
    }

    let names: Set = ["a_S", "b_S", "c_S", "b_N", "a_D", "b_D", "c"]
    for key in ["fit", "refit"] {
      let fit = try object(json[key])
      expect(
        "law", "residual", "huber_delta", "objective", "starts", "termination", "other_minima",
        "rms_relative_error", "max_relative_error", "condition_number", "warnings", in: fit)
      #expect(Set(try object(fit["coefficients"]).keys) == names)
      expect("tried", "reached_best", in: try object(fit["starts"]))
    }
    let published = try object(json["published"])
    #expect(published["name"] as? String == "Someone 2024")
    #expect(Set(try object(published["coefficients"]).keys) == names)
    #expect(published["objective"] is Double)

    let holdout = try object(json["holdout"])
    expect("rule", "mean_abs_relative_error", "max_abs_relative_error", in: holdout)
    for run in try list(holdout["runs"]) {
      expect(
        "run", "nonzero_params", "sparsity", "data", "measured", "predicted", "relative_error",
        in: run)
      let measured = try #require(run["measured"] as? Double)
      let predicted = try #require(run["predicted"] as? Double)
      let error = try #require(run["relative_error"] as? Double)
      #expect(abs(predicted / measured - 1 - error) < 1e-8)
    }

    let optimal = try object(json["optimal_sparsity"])
    expect("basis", "contour_slope", in: optimal)
    let accountings = try object(optimal["accountings"])
    #expect(Set(accountings.keys).isSuperset(of: ["dense", "sparse", "hardware:0.5"]))
    for accounting in accountings.values {
      let thresholds = try list(object(accounting)["thresholds"])
      #expect(
        thresholds.map { $0["sparsity"] as? Double } == [0, 0.25, 0.5, 0.75, 0.875, 0.9375])
      for threshold in thresholds { expect("chinchilla_multiple", in: threshold) }
    }
    for entry in try list(json["effective_parameters"]) {
      expect("sparsity", "multiplier", in: entry)
    }
    expect("multiplier", in: try object(json["effective_parameters_limit"]))
    expect("groups", "relative_sd", in: try object(json["noise"]))
  }

  @Test func whatWasNotComputedIsAbsent() throws {
    let place = try Workplace()
    try place.settings("runs: [runs.csv]\nholdout: none\n")
    try place.run()
    let json = try place.json()
    for key in ["refit", "published", "holdout", "noise"] { #expect(json[key] == nil) }
    #expect(json["fit"] != nil)
  }

  @Test func numbersHaveTenSignificantDigits() throws {
    let place = try Workplace()
    try place.run()
    var count = 0
    func visit(_ value: Any) {
      switch value {
      case let object as [String: Any]: object.values.forEach(visit)
      case let list as [Any]: list.forEach(visit)
      case let number as Double where number.isFinite:
        count += 1
        #expect(Double(String(format: "%.9e", number)) == number)
      default: break
      }
    }
    visit(try place.json())
    #expect(count > 500)
  }

  @Test func numbersAreRoundedToTenDigits() {
    #expect(JSON.rounded(1 / 3) == 0.3333333333)
    #expect(JSON.rounded(-123_456_789_012.345) == -123_456_789_000)
    #expect(JSON.digits(-0.0) == "0")
    #expect(JSON.digits(.infinity) == nil && JSON.digits(.nan) == nil && JSON.digits(nil) == nil)
    #expect(JSON.rounded(.leastNonzeroMagnitude) == .leastNonzeroMagnitude)
    #expect(JSON.rounded(1e308) == 1e308)
    // Rounding up would take it to infinity, which JSON cannot hold.
    #expect(JSON.rounded(.greatestFiniteMagnitude).isFinite)
    // Of any size, next to powers of ten and to ties, as C prints them.
    var random: UInt64 = 3
    for index in 0..<20_000 {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var number = Double(random % 20_000_000_000) / 2
      if index % 4 == 0 { number = Double(bitPattern: random) }
      if index % 4 == 1 { number = pow(10, (number / 1e9).rounded() - 5).nextDown }
      number *= pow(10, Double(index % 50 - 25))
      guard number.isFinite, number != 0 else { continue }
      #expect(JSON.rounded(number) == Double(String(format: "%.9e", number)))
    }
  }

  @Test func anEndlessIntervalHasANullEnd() {
    #expect(JSON.interval(1.5...(.infinity)) == .list([.number(1.5), .null]))
    #expect(String(decoding: JSON.null.document, as: UTF8.self) == "null\n")
  }

  /// The bytes that a JSON encoder of the standard library writes.
  @Test func theLayoutIsTheStandardLibrarys() throws {
    let text = "a \"b\" \\ / \n\u{1} é 日"
    let tree: JSON = .object([
      "b": .list([.number(0.1), .number(2), .flag(true)]), "a": .text(text), "C": .list([]),
    ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    struct Same: Encodable {
      var b: [Double]
      var a: String
      var c: [Int]

      enum CodingKeys: String, CodingKey {
        case b, a
        case c = "C"
      }
    }
    let theirs = String(
      decoding: try encoder.encode(Same(b: [0.1, 2, 9], a: text, c: [])), as: UTF8.self)
    #expect(
      String(decoding: tree.document, as: UTF8.self) == theirs.replacing("9", with: "true") + "\n")
  }
}

@Suite("Keys of sections") struct SectionKeyTests {
  /// One of two values under one key would be lost, in results.json and to whoever reads a CSV file
  /// by its columns.
  @Test func noTwoValuesShareOne() {
    var faults: [String] = []
    func expectUnique(_ names: [String], _ place: String) {
      for (name, all) in Dictionary(grouping: names, by: \.self) where all.count > 1 {
        faults.append("\(place): \(name)")
      }
    }
    func check(_ slots: [Slot], _ place: String, _ media: Media, isTable: Bool) {
      if media.contains(.json) {
        let keys = slots.filter { $0.media.contains(.json) }.flatMap { slot -> [String] in
          if case .number = slot.shape, !slot.endColumns.isEmpty {
            return [slot.key, slot.intervalKey]
          }
          return [slot.key]
        }
        expectUnique(keys, place)
      }
      if isTable {
        let columns = slots.filter { $0.media.contains(.csv) }
        expectUnique(columns.flatMap { [$0.key] + $0.endColumns }, "\(place).csv")
      }
      for slot in slots {
        switch slot.shape {
        case .record(let inner), .rows(let inner):
          check(
            inner, "\(place)/\(slot.key)", media.intersection(slot.media),
            isTable: slot.table != nil)
        default: break
        }
      }
    }
    check(Sections.slots, "", .all, isTable: false)
    #expect(faults == [])
  }
}
