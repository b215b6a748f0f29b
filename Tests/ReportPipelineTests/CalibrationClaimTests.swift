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

  /// Lowest and highest coverage of the report's own method in the rows that `matches` picks.
  ///
  /// - Parameter column: 0 for the program's own choice of delta, 1 for 0.001.
  private static func range(
    column: Int = 0, _ matches: (String) -> Bool
  ) throws -> ClosedRange<Int> {
    let rows = try text("Benchmarks/Calibration.md").split(separator: "\n").map(String.init)
      .prefix { !$0.hasPrefix("## ") }.filter { $0.hasPrefix("|") && matches($0) }
    let ends = rows.flatMap { row -> [Double] in
      let cells = row.split(separator: "|").map {
        $0.split(separator: "/").compactMap { part in
          Double(part.trimmingCharacters(in: .whitespaces))
        }
      }
      let ranges = cells.filter { $0.count == 3 }
      let own = ranges.indices.contains(column) ? ranges[column] : []
      return [own.first, own.last].compactMap { $0 }
    }
    let low = try #require(ends.min())
    let high = try #require(ends.max())
    return Int(low)...Int(high.rounded())
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

  private static func expect(_ claim: String) throws {
    let template = try text("Templates/appendix/determination.md")
    #expect(template.contains(claim), "the template should say: \(claim)")
  }
}
