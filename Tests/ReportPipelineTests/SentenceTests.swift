import Foundation
import Testing

/// `TemplateBranchTests` proves that each sentence is rendered by one report and passed over by
/// another; here, that it is the right one.
@Suite("Each sentence is the right one") struct SentenceTests {
  @Test func eachScenarioSaysWhatItWasMadeFor() async throws {
    let reports = Dictionary(
      uniqueKeysWithValues: try await ScenarioReport.all().map { ($0.name, $0) })
    for expected in ExpectedSentence.all {
      let report = try #require(reports[expected.scenario], "\(expected.scenario)")
      let lines = report.prose.split(separator: "\n").filter {
        expected.line.isEmpty || $0.contains(expected.line)
      }
      let place = "\(expected.scenario): \(expected.line)"
      #expect(!lines.isEmpty, "\(place) is nowhere")
      for alternative in expected.alternatives {
        let stands = lines.contains { $0.contains(alternative) }
        let must = alternative == expected.stands
        #expect(
          stands == must,
          "\(place): \(must ? "missing" : "untrue"): \(alternative), since \(expected.because)")
      }
    }
  }

  /// A sentence of alternatives that no case expects could be inverted unseen.
  @Test func everyAlternativeIsExpectedOfSomeScenario() {
    for alternatives in ExpectedSentence.groups {
      let expected = ExpectedSentence.all.filter { $0.alternatives == alternatives }
      #expect(
        Set(expected.compactMap(\.stands)) == Set(alternatives),
        "\(Set(alternatives).subtracting(expected.compactMap(\.stands)))")
      // Alone in its group, it must be absent somewhere.
      if alternatives.count == 1 { #expect(expected.contains { $0.stands == nil }) }
    }
  }
}
