import Foundation
import RunLogs
import TestSupport
import Testing

@testable import ScalingLaws

@Suite("Where one measured sparsity overtakes another")
struct OvertakeTests {
  @Test("each over the least and over its neighbour")
  func pairs() {
    #expect(
      Overtake.pairs(of: [0, 0.5, 0.75, 0.875]).map { [$0.lower, $0.higher] } == [
        [0, 0.5], [0, 0.75], [0.5, 0.75], [0, 0.875], [0.75, 0.875],
      ])
    #expect(Overtake.pairs(of: [0.3]).isEmpty && Overtake.pairs(of: []).isEmpty)
    #expect(Overtake.headlineSparsity(of: [0, 0.25, 0.5]) == 0.5)
    #expect(Overtake.headlineSparsity(of: [0, 0.6, 0.9]) == 0.6)
    #expect(Overtake.headlineSparsity(of: [0]) == nil)
  }

  @Test("a study's overtakes solve the equality of losses in closed form")
  func closedForm() throws {
    let law = FrantarLaw(aS: 5.4, bS: 1.5, cS: 15.3, bN: 0.36, aD: 6.6e5, bD: 0.65, c: 1.4)
    let sweep = Sweep(
      name: "s",
      runs: Design.bytes.runs(of: law).map { run in
        var run = run
        run.role = .fitted
        return run
      })
    let analysis = try SweepAnalysis.analyse(sweep, options: fitOptions(starts: 20))
    #expect(analysis.overtakes.count == 10)
    for overtake in analysis.overtakes {
      let q = overtake.accounting == "dense" ? 0 : 0.625
      func price(_ s: Double) -> Double { pow((1 - q * s) / (1 - s), law.bD) }
      func size(_ s: Double) -> Double { law.aS * pow(1 - s, law.bS) + law.cS }
      // The dense optimum has (a_D / D)^b_D = b_N / b_D of the dense size term.
      let gain = size(overtake.over) - size(overtake.sparsity)
      let cost = price(overtake.sparsity) - price(overtake.over)
      let expected = pow(law.bN / law.bD * size(0) * cost / gain, 1 / law.bD)
      #expect(relativeError(overtake.chinchillaMultiple, expected) < 1e-6)
    }
  }

  struct Rivals: Decodable {
    struct Fit: Decodable {
      struct Conclusions: Decodable { var overtakes: [String: Double?]? }
      var coefficients: [String: Double]?
      var conclusions: Conclusions?
    }
    struct Entry: Decodable { var laws: [String: Fit] }
    var sweeps: [String: Entry]
  }

  @Test(
    "the paper's law and the coupling law agree with an independent program",
    .enabled(if: ReferenceData.hasRivals, "rivals.json is not in ../shared/reference"),
    arguments: ["t5", "vit", "byte-lm-156"], ["sparsity", "coupling"])
  func reference(sweep: String, key: String) throws {
    let rivals = try JSONDecoder().decode(
      Rivals.self, from: Data(contentsOf: ReferenceData.rivals))
    let fit = try #require(rivals.sweeps[sweep]?.laws[key])
    let form = try #require(Laws.all().first { $0.key == key })
    let law = try #require(ScalingLaw(form: form, coefficients: fit.coefficients ?? [:]))
    let model = ComputeModel(law: law, accounting: .dense, flopsPerParameter: 6)
    let expected = try #require(fit.conclusions?.overtakes)
    #expect(expected.count >= 4)
    for (pair, multiple) in expected {
      let ends = pair.components(separatedBy: "->").compactMap(Double.init)
      let found = model.overtake(from: try #require(ends.first), to: try #require(ends.last))
      #expect(relativeError(found, try #require(multiple)) < 1e-6, "\(pair)")
    }
  }
}
