import Foundation
import TestSupport
import Testing

/// What a table of the report shows is what results.json holds, to the digits that are shown.
@Suite("Cells of tables") struct TableCellTests {
  /// Values of results.json by their path.
  private struct Plain {
    var any: Any?

    subscript(path: String) -> Plain {
      path.isEmpty
        ? self
        : path.split(separator: "/").reduce(self) { part, key in
          if let index = Int(key) {
            let list = part.list
            return list.indices.contains(index) ? list[index] : Plain()
          }
          return Plain(any: (part.any as? [String: Any])?[String(key)])
        }
    }

    var list: [Plain] { (any as? [Any] ?? []).map { Plain(any: $0) } }
    var number: Double? { any as? Double }
    var text: String { any as? String ?? "" }
    var flag: Bool { any as? Bool ?? false }
  }

  /// A table: its heading, its rows in results.json, and where each column finds its number and
  /// the interval beside it.
  private struct Table {
    var heading: String
    var rows: (Plain) -> [Plain]
    var columns: [Column]
  }

  private struct Column {
    var place: Int
    var value: String
    var interval: String?

    init(_ place: Int, _ value: String, _ interval: String? = nil) {
      (self.place, self.value, self.interval) = (place, value, interval)
    }

    static func estimate(_ place: Int, _ key: String) -> Column {
      Column(place, "\(key)/value", "\(key)/interval")
    }
  }

  private static let coefficients = ["a_S", "b_S", "c_S", "b_N", "a_D", "b_D", "c"]

  /// Pairs of what is under two keys: `a/…` and `b/…`.
  private static func paired(_ first: [Plain], _ second: [Plain]) -> [Plain] {
    zip(first, second).map { Plain(any: ["a": $0.any, "b": $1.any] as [String: Any?]) }
  }

  private static var tables: [Table] {
    [
      Table(
        heading: "| coefficient | meaning |",
        rows: { results in
          coefficients.map { name in
            Plain(
              any: [
                "all": results["refit/coefficients/\(name)"].any,
                "interval": results["refit/intervals/\(name)"].any,
                "check": results["fit/coefficients/\(name)"].any,
              ] as [String: Any?])
          }
        }, columns: [.init(2, "all", "interval"), .init(3, "check")]),
      Table(
        heading: "| run | *N* | *S* | *D* | measured |",
        rows: { results in
          // Of many, the ten that are predicted worst.
          let all = results["holdout/runs"].list
          func error(_ run: Plain) -> Double { abs(run["relative_error"].number ?? 0) }
          return all.count > 15
            ? Array(all.sorted { error($0) > error($1) }.prefix(10)) : all
        },
        columns: [
          .init(1, "nonzero_params"), .init(2, "sparsity"), .init(3, "data"), .init(4, "measured"),
          .init(5, "predicted", "interval"), .init(6, "relative_error"),
        ]),
      Table(
        heading: "| sparsity | overtakes |",
        rows: { results in
          let all = results["overtakes"].list
          return paired(
            all.filter { $0["accounting"].text == "dense" },
            all.filter { $0["accounting"].text == "sparse" })
        },
        columns: [
          .init(0, "a/sparsity"), .init(2, "a/chinchilla_multiple", "a/interval"),
          .init(3, "b/chinchilla_multiple", "b/interval"),
        ]),
      Table(
        heading: "| sparsity | dense FLOPs counted | non-zero FLOPs counted | half",
        rows: { results in
          let all = results["optimal_sparsity/accountings"]
          return paired(all["dense/thresholds"].list, all["sparse/thresholds"].list)
        },
        columns: [
          .init(0, "a/sparsity"), .init(1, "a/chinchilla_multiple", "a/interval"),
          .init(2, "b/chinchilla_multiple", "b/interval"),
        ]),
      Table(
        heading: "| sparsity | dense FLOPs counted | non-zero FLOPs counted | half",
        rows: { $0["optimal_sparsity/accountings/hardware:0.5/thresholds"].list },
        columns: [.init(3, "chinchilla_multiple", "interval")]),
      Table(
        heading: "| sparsity | multiplier |",
        rows: { results in
          results["effective_parameters"].list.filter { $0["sparsity"].number != 0 }
            + [results["effective_parameters_limit"]]
        }, columns: [.init(1, "multiplier", "interval")]),
      Table(
        heading: "| pattern | runs |", rows: { $0["patterns/patterns"].list },
        columns: [
          .init(1, "runs"), .estimate(2, "excess"), .estimate(3, "paired_excess"),
          .estimate(4, "multiplier"), .init(5, "unstructured_multiplier/value"),
        ]),
      Table(
        heading: "| sparsity | runs | *D*\\* over", rows: { $0["pretrained/groups"].list },
        columns: [
          .init(0, "sparsity"), .init(1, "runs"), .init(2, "median_multiple_of_pruning"),
          .init(3, "median_multiple_of_both"),
        ]),
      Table(
        heading: "| run | pruning data |", rows: { $0["pretrained/runs"].list },
        columns: [
          .init(1, "pruning_data"), .init(2, "scratch_data/value"),
          .estimate(3, "multiple_of_pruning"), .estimate(4, "multiple_of_both"),
        ]),
      Table(
        heading: "| law | coefficients |", rows: { $0["rivals/laws"].list },
        columns: [
          .init(1, "free_coefficients"), .init(2, "objective"), .init(3, "information_excess"),
          .init(4, "leave_one_size_out_error", "leave_one_size_out_interval"),
          .init(5, "held_out_error"), .init(6, "share_best"),
        ]),
      Table(
        heading: "| law | error on sizes left out |", rows: { $0["laws"].list },
        columns: [
          .init(1, "leave_one_size_out"), .init(2, "overtake", "overtake_interval"),
          .init(3, "multiplier", "multiplier_interval"),
          .init(4, "threshold", "threshold_interval"),
        ]),
      Table(
        heading: "| largest sizes held out |", rows: { $0["ladder"].list },
        columns: [
          .init(0, "sizes"), .init(1, "runs"), .init(2, "mean_abs_relative_error"),
          .init(3, "max_abs_relative_error"), .init(5, "size_ratio"), .init(6, "dense_ratio"),
          .init(7, "compute_ratio"),
        ]),
      Table(
        heading: "| runs with | number |",
        rows: { results in
          results["residual_trends"].list.filter { trend in
            trend["axis"].text == "sparsity" || trend["is_notable"].flag
          }
        }, columns: [.init(1, "runs"), .init(2, "groups"), .init(3, "mean", "interval")]),
      Table(
        heading: "| multiple of Chinchilla compute | best sparsity,",
        rows: { $0["optimal_sparsity/density_ratios"].list },
        columns: [
          .init(0, "chinchilla_multiple"), .init(1, "optimal_sparsity_dense"),
          .init(2, "optimal_sparsity_sparse"), .init(3, "density_ratio"),
        ]),
      Table(
        heading: "| compute | best, dense",
        rows: { results in
          let all = results["optimal_sparsity/optima"].list
          return paired(
            all.filter { $0["accounting"].text == "dense" },
            all.filter { $0["accounting"].text == "sparse" })
        },
        columns: [
          .init(0, "a/chinchilla_multiple"), .init(1, "a/sparsity", "a/interval"),
          .init(3, "b/sparsity", "b/interval"),
        ]),
      Table(
        heading: "| *C* (FLOPs) |", rows: { $0["compute_optimal/budgets"].list },
        columns: [
          .init(0, "flops"), .init(1, "nonzero_params"), .init(2, "data"),
          .init(3, "data_per_parameter"), .init(4, "loss"),
        ]),
      Table(
        heading: "| storage | best sparsity |", rows: { $0["memory/best"].list },
        columns: [
          .init(1, "sparsity"), .init(2, "loss"), .init(3, "dense_loss"), .init(4, "loss_change"),
        ]),
    ]
  }

  @Test(arguments: [
    "patterns as good as unstructured, pruning as in the paper", "excluded runs that decide",
  ])
  func areThoseOfTheResults(scenario: String) async throws {
    let report = try #require(try await ScenarioReport.all().first { $0.name == scenario })
    let results = Plain(any: try report.results())
    var cells = 0
    for table in Self.tables {
      let rows = table.rows(results)
      let lines = report.prose.components(separatedBy: "\n")
      guard let heading = lines.firstIndex(where: { $0.hasPrefix(table.heading) }) else {
        #expect(rows.isEmpty, "no \(table.heading)")
        continue
      }
      let printed = lines[(heading + 2)...].prefix { $0.hasPrefix("|") }
      #expect(printed.count == rows.count, "\(table.heading)")
      for (line, row) in zip(printed, rows) {
        let texts = line.components(separatedBy: "|").dropFirst().dropLast()
          .map { $0.trimmingCharacters(in: .whitespaces) }
        for column in table.columns {
          cells += 1
          let place = "\(table.heading): \(column.value): \(line)"
          let text = try #require(texts.indices.contains(column.place) ? texts[column.place] : nil)
          expect(text, row[column.value], column.interval.map { row[$0] }, place)
        }
      }
    }
    #expect(cells > 100)
  }

  private func expect(_ text: String, _ value: Plain, _ interval: Plain?, _ place: String) {
    let cell = text.replacing(#/ [†‡*]| sizes?$| \(highest considered\)|^above /#, with: "")
    guard let exact = value.number else {
      // JSON has no infinity.
      #expect(["–", "∞", "∞×", "not identified"].contains(cell), "\(place)")
      return
    }
    let parts = cell.firstMatch(of: #/^(.*?)(?: \((.*) to (.*)\))?$/#)
    let printed = parts.flatMap { PrintedNumber($0.1) }
    #expect(printed?.isRounded(from: exact) == true, "\(place): \(exact)")
    guard let ends = interval?.list, ends.count == 2 else { return }
    for (end, text) in zip(ends, [parts?.2, parts?.3]) {
      let printed = text.flatMap { PrintedNumber($0) }
      #expect(printed?.isRounded(from: end.number ?? .infinity) == true, "\(place): \(ends)")
    }
  }

  @Test(arguments: [
    ("−0.98 %", -0.0098, 0.00005), ("1.4 × 10⁻⁸×", 1.4e-8, 0.5e-9), ("24,000", 24_000, 500),
    ("295k", 295_000, 500), ("+3 %", 0.03, 0.005), ("1.50 × 10¹⁸", 1.5e18, 0.5e16),
    ("100k", 100_000, 5_000), ("7", 7, 0.5),
  ])
  func printedNumbersAreRead(text: String, value: Double, halfUnit: Double) throws {
    let number = try #require(PrintedNumber(text))
    #expect(abs(number.value / value - 1) < 1e-12)
    #expect(abs(number.halfUnit / halfUnit - 1) < 1e-9)
    #expect(number.isRounded(from: value + 0.9 * halfUnit))
    #expect(!number.isRounded(from: value + 1.1 * halfUnit))
  }
}
