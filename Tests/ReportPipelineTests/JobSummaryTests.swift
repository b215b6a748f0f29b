import ReportPipeline
import ScalingLaws
import TestSupport
import Testing

@Suite("A summary keeps to its size")
struct JobSummaryTests {
  private func analysis() throws -> SweepAnalysis {
    try #require(try Workplace().run().analyses.first)
  }

  @Test(arguments: [0, 1, 3, 400])
  func sweepsThatDoNotFitAreCounted(failures: Int) throws {
    let analyses = Array(repeating: try analysis(), count: 200)
    let limit = 4_000
    let text = JobSummary.text(
      analyses, failures: (0..<failures).map { "sweep: reason \($0)" }, limit: limit)
    #expect(text.utf8.count <= limit)
    let rows = text.split(separator: "\n").count { $0.hasPrefix("| sweep | 36") }
    #expect(rows > 0)
    #expect(text.hasSuffix("\n\(200 - rows) further sweeps left out.\n"))
    let told = text.split(separator: "\n").count { $0.hasPrefix("- **Gate failed:**") }
    #expect(told == failures || text.contains("and \(failures - told) further failures of gates"))
  }

  @Test func whatFitsIsWhole() throws {
    let text = JobSummary.text(
      Array(repeating: try analysis(), count: 200), failures: [])
    #expect(text.split(separator: "\n").count { $0.hasPrefix("| sweep | 36") } == 200)
    #expect(!text.contains("left out"))
  }
}
