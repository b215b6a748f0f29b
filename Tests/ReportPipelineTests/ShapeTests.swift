import Foundation
import RunLogs
import ScalingLaws
import TestSupport
import Testing

/// Public shapes of tables and logs, from `report init` to a fitted law: what is answered on the
/// way are the lines of `answers`, and what is read is what the numbers were made of.
@Suite struct ShapeTests {
  static let folder = packageFolder.appending(path: "Tests/RunLogsTests/Fixtures/shapes")
  static let shapes =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()

  /// N, S, D and L of a run.
  private struct Numbers: CustomStringConvertible {
    var values: [Double]
    var description: String { "\(values)" }

    func agrees(with other: Numbers) -> Bool {
      zip(values, other.values).allSatisfy { abs($0 - $1) <= 1e-6 * max(1e-3, abs($1)) }
    }

    static func ordered(_ numbers: [Numbers]) -> [Numbers] {
      numbers.sorted { $0.values.lexicographicallyPrecedes($1.values) }
    }
  }

  @Test func thereAreTwelveAndNineOfTenNeedTwoAnswersAtMost() throws {
    #expect(Self.shapes.count >= 12)
    let answers = try Self.shapes.map { try Self.lines("answers", of: $0).count }
    #expect(10 * answers.count { $0 <= 2 } >= 9 * answers.count, "\(zip(Self.shapes, answers))")
    #expect(answers.contains(0))
  }

  @Test(arguments: shapes)
  func comesIn(shape: String) throws {
    let data = try TemporaryFolder()
    let logs = data.url.appending(path: "logs")
    try FileManager.default.copyItem(
      at: Self.folder.appending(path: shape).appending(path: "logs"), to: logs)
    var text = try SweepProposal(folder: logs.path).text
    for answer in try Self.lines("answers", of: shape) {
      let mark = ["\n# ", "\n#"].first { text.contains($0 + answer + "\n") }
      if let mark {
        text = text.replacing(mark + answer + "\n", with: "\n" + answer + "\n")
      } else {
        text += answer + "\n"
      }
    }
    try data.write("logs/sweep.yml", text)
    let folder = try #require(try SweepLoader.discover(dataRoot: logs.path).first)
    let sweep = try SweepLoader.load(folder).get()

    let expected = try Self.lines("expected.csv", of: shape).dropFirst().map { line in
      Numbers(values: line.split(separator: ",").compactMap { Double($0) })
    }
    let read = sweep.runs.map {
      Numbers(values: [$0.nonZeroParameters, $0.sparsity, $0.data, $0.loss])
    }
    #expect(read.count == expected.count, "\(text)")
    for (run, truth) in zip(Numbers.ordered(read), Numbers.ordered(Array(expected))) {
      #expect(run.agrees(with: truth), "\(run) \(truth)")
    }
    #expect(sweep.exclusions.isEmpty && sweep.findings.isEmpty, "\(sweep.findings)")

    #expect(Study.prospect(of: sweep).canBeFitted)
    var options = FitOptions()
    options.starts = 8
    options.bootstrap = 0
    options.threads = 1
    let study = try Study(sweep, options: options)
    let fit = try #require(study.finalFit)
    #expect(fit.rmsRelativeError < 1e-3, "\(fit.rmsRelativeError)")
  }

  private static func lines(_ file: String, of shape: String) throws -> [String] {
    let url = folder.appending(path: shape).appending(path: file)
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init)
  }
}
