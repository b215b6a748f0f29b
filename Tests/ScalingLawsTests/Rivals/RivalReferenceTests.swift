import Foundation
import ScalingLaws
import Testing

/// The rivals on the published measurements.
@Suite(
  "Rival laws on reference data", .enabled(if: ReferenceData.isPresent, ReferenceData.missing))
struct RivalReferenceTests {
  private func errors(_ table: RivalComparison) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: table.rows.map { ($0.key, $0.leaveOneSizeOutError ?? .nan) })
  }

  private func check(_ table: RivalComparison, paperObjective: Double) throws {
    let errors = errors(table)
    let paper = try #require(errors["sparsity"])
    // The order in which knowing more about sparsity helps.
    let average = try #require(errors["average-parameters"])
    #expect(average > 2 * paper)
    #expect(try #require(errors["dense"]) > average)
    #expect(try #require(errors["dense-parameters"]) > average)
    #expect(relativeError(table.rows[0].objective, paperObjective) < 1e-7)
    for row in table.rows where row.fit.form.claim != nil {
      #expect(row.objective < paperObjective)
    }
  }

  @Test("T5")
  func t5() throws {
    let table = try #require(RivalComparisonTests.compare(try ReferenceData.t5()))
    #expect(table.sizesLeftOut.count == 4)
    // The best dense law lies on a plateau: hardly a residual is inside delta.
    #expect(table.rows.filter { !$0.isDetermined }.map(\.key) == ["dense"])
    try check(table, paperObjective: 4.8801166e-6)
  }

  @Test("ViT")
  func vit() throws {
    let table = try #require(
      RivalComparison.compare(
        fitted: try ReferenceData.vit(), heldOut: Observations([]), schedule: PruningSchedule(),
        residual: .linear, huberDelta: 0.01, options: RivalComparisonTests.options()))
    #expect(table.sizesLeftOut.count == 7)
    try check(table, paperObjective: 4.929087831e-4)
  }
}
