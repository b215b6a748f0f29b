import Foundation
import Testing

/// The report states a measured coverage: it must be the one that was measured.
@Suite("The stated coverage is the measured one")
struct CalibrationClaimTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The rows of the table below a heading.
  private static func rows(below heading: String) throws -> [String] {
    let lines = try text("Benchmarks/Calibration.md").split(separator: "\n").map(String.init)
    return lines.drop { $0 != "## " + heading }.dropFirst().prefix { !$0.hasPrefix("## ") }
      .filter { $0.hasPrefix("|") }
  }

  /// Lowest and highest coverage of the report's own method in the rows that `matches` picks.
  ///
  /// - Parameter column: 0 for the program's own choice of delta, 1 for 0.001.
  private static func range(
    column: Int = 0, _ matches: (String) -> Bool
  ) throws -> ClosedRange<Int> {
    let rows = try rows(below: "Where the law is the true one").filter(matches)
    let ends = rows.flatMap { row -> [Double] in
      let ranges = ranges(of: row)
      let own = ranges.indices.contains(column) ? ranges[column] : []
      return [own.first, own.last].compactMap { $0 }
    }
    let low = try #require(ends.min())
    let high = try #require(ends.max())
    return Int(low)...Int(high.rounded())
  }

  /// Lowest, median and highest coverage, a cell each.
  private static func ranges(of row: String) -> [[Double]] {
    row.split(separator: "|").map {
      $0.split(separator: "/").compactMap { part in
        Double(part.trimmingCharacters(in: .whitespaces))
      }
    }.filter { $0.count == 3 }
  }

  private static func isIndependent(_ row: String) -> Bool {
    !row.contains("shared by") && !isUnequal(row)
  }

  private static func isUnequal(_ row: String) -> Bool { row.contains("for dense runs") }

  @Test func independentNoise() throws {
    let range = try Self.range {
      Self.isIndependent($0) && !$0.contains("27 runs") && $0.contains("design")
    }
    try Self.expect("in \(range.lowerBound) to \(range.upperBound) % of cases with 48 or 56 runs")
  }

  @Test func fewRuns() throws {
    let range = try Self.range { $0.contains("27 runs") }
    try Self.expect("in \(range.lowerBound) to \(range.upperBound) % with 27 runs")
  }

  @Test func sharedNoise() throws {
    let range = try Self.range { $0.contains("shared by") }
    try Self.expect("in \(range.lowerBound) to \(range.upperBound) % where runs of one size")
  }

  @Test func unequalNoise() throws {
    let range = try Self.range(Self.isUnequal)
    try Self.expect("as others they do so in \(range.lowerBound) to \(range.upperBound) %")
  }

  @Test func smallDelta() throws {
    let range = try Self.range(column: 1) { $0.contains("design") }
    try Self.expect("the range over all of these is \(range.lowerBound) to \(range.upperBound) %")
  }

  /// On the diagonal the true law is fitted, elsewhere another.
  @Test func otherLaws() throws {
    let table = try Self.rows(below: "Where another law is true").map(Self.ranges)
      .filter { !$0.isEmpty }
    #expect(table.count > 4 && table.allSatisfy { $0.count == table.count })
    let own = table.indices.map { table[$0][$0] }
    let low = try #require(own.compactMap(\.first).min())
    let high = try #require(own.compactMap(\.last).max())
    try Self.expect(
      "With any of the laws compared as the truth and fitted, it is \(Int(low)) to "
        + "\(Int(high.rounded())) %")
    // The paper's law, fitted where another is true.
    let wrong = try #require(table.dropFirst().compactMap { $0[0].first }.min())
    try Self.expect("another law is true, down to \(Int(wrong)) %")
  }

  private static func expect(_ claim: String) throws {
    let template = try text("Templates/appendix/determination.md")
    #expect(template.contains(claim), "the template should say: \(claim)")
  }
}
