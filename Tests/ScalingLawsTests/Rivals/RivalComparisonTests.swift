import Fitting
import Foundation
import ScalingLaws
import Testing

@Suite("Comparison of rival laws")
struct RivalComparisonTests {
  static let law = FrantarLaw(
    aS: 5.4, bS: 1.5, cS: 15.3, bN: 0.36, aD: 6.6e5, bD: 0.65, c: 1.4)

  static func options(ranking: Int = 0, interactions: Int = 0) -> RivalComparison.Options {
    var options = RivalComparison.Options()
    options.starts = 30
    options.rankingReplicates = ranking
    options.interactionReplicates = interactions
    options.threads = 2
    return options
  }

  static func noisy(_ design: Design, _ seed: UInt64, noise: Double = 0.003) -> Observations {
    var generator = SplitMix64(seed: seed)
    return design.observations(of: law, noise: noise, generator: &generator)
  }

  static func compare(
    _ fitted: Observations, heldOut: Observations = Observations([]),
    _ options: RivalComparison.Options = options()
  ) -> RivalComparison? {
    RivalComparison.compare(
      fitted: fitted, heldOut: heldOut, schedule: PruningSchedule(), residual: .log,
      huberDelta: 1e-3, options: options)
  }

  private func part(
    _ observations: Observations, where condition: (Setting) -> Bool
  ) -> Observations {
    let kept = observations.settings.indices.filter { condition(observations.settings[$0]) }
    return Observations(
      names: kept.map { observations.names[$0] }, settings: kept.map { observations.settings[$0] },
      losses: kept.map { observations.losses[$0] })
  }

  private func meanError(_ form: LawForm, fitted: Observations, on runs: Observations) -> Double {
    let fit = LawFitter(fitted, form: form).fit(fitOptions(starts: 20, threads: 2))
    let predictions = fit.predictions(for: runs.settings)
    return zip(predictions, runs.losses).reduce(0) { $0 + abs($1.0 / $1.1 - 1) }
      / Double(runs.count)
  }

  @Test("errors agree with separate fits to the remaining runs")
  func errors() throws {
    let all = Self.noisy(.bytes, 3)
    let heldOut = part(all) { $0.nonZeroParameters > 70_000 }
    let fitted = part(all) { $0.nonZeroParameters < 70_000 }
    let table = try #require(Self.compare(fitted, heldOut: heldOut))
    #expect(table.sizesLeftOut == [9_216, 18_432, 36_864, 73_728])
    #expect(table.sizesSkipped.isEmpty)
    // On a grid the dense law predicts the same for four sparsities, and between the second and
    // third of four residuals the Huber loss is flat: its optimum may be a plateau.
    #expect(table.rows[0].isDetermined)
    for row in table.rows where row.key != "dense" {
      let form = row.fit.form
      let held = try #require(row.heldOutError)
      #expect(
        relativeError(held, meanError(form, fitted: fitted, on: heldOut)) < 1e-4, "\(row.key)")
      let sizes = table.sizesLeftOut
      let expected =
        sizes.reduce(0) { sum, size in
          let rest = part(all) { $0.nonZeroParameters != size }
          return sum + meanError(form, fitted: rest, on: part(all) { $0.nonZeroParameters == size })
        } / Double(sizes.count)
      #expect(relativeError(try #require(row.leaveOneSizeOutError), expected) < 1e-4, "\(row.key)")
      let fit = LawFitter(all, form: form).fit(fitOptions(starts: 20, threads: 2))
      #expect(relativeError(row.objective, fit.objective) < 1e-6)
    }
  }

  @Test("the law that made the data wins, and rivals that ignore sparsity lose")
  func winners() throws {
    let table = try #require(Self.compare(Self.noisy(.bytes, 5), Self.options(ranking: 40)))
    let errors = Dictionary(
      uniqueKeysWithValues: table.rows.map { ($0.key, $0.leaveOneSizeOutError ?? .nan) })
    let paper = try #require(errors["sparsity"])
    for rival in ["dense", "dense-parameters", "average-parameters"] {
      #expect(try #require(errors[rival]) > 2 * paper, "\(rival)")
      let row = try #require(table.rows.first { $0.key == rival })
      #expect(row.shareBest == 0)
      #expect(try #require(row.informationExcess) > 10)
      #expect(try #require(row.errorRatioInterval).lowerBound > 1)
    }
    #expect(table.rows[0].key == "sparsity")
    #expect(table.rows[0].errorRatioInterval == nil)
    #expect(try #require(table.rows[0].informationExcess) < 6)
    let shares = table.rows.compactMap(\.shareBest)
    #expect(shares.count == table.rows.count)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    for row in table.rows {
      let interval = try #require(row.leaveOneSizeOutInterval)
      #expect(interval.lowerBound > 0 && interval.upperBound.isFinite)
      #expect(interval.contains(try #require(row.leaveOneSizeOutError)), "\(row.key)")
    }
  }

  @Test("data of the average-parameter law are recognised")
  func averageParameters() throws {
    var observations = Design.bytes.observations(of: Self.law)
    var generator = SplitMix64(seed: 8)
    observations.losses = observations.settings.map { setting in
      let average = setting.denseParameters * (1 - 0.625 * setting.sparsity)
      let loss = 22 * pow(average, -0.37) + pow(6.6e5 / setting.data, 0.65) + 1.4
      return loss * exp(0.003 * generator.normal())
    }
    let table = try #require(Self.compare(observations))
    let average = try #require(table.rows.first { $0.key == "average-parameters" })
    #expect(try #require(average.informationExcess) < 4)
    #expect(average.freeCoefficients == 5)
    let dense = try #require(table.rows.first { $0.key == "dense-parameters" })
    #expect(try #require(dense.informationExcess) > 20)
  }

  @Test("the table does not depend on the number of threads")
  func threads() throws {
    var one = Self.options(ranking: 6, interactions: 6)
    one.threads = 1
    one.starts = 6
    one.partStarts = 2
    var three = one
    three.threads = 3
    let observations = Self.noisy(.bytes, 9)
    let a = try #require(Self.compare(observations, one))
    let b = try #require(Self.compare(observations, three))
    #expect(a.claims == b.claims)
    for (left, right) in zip(a.rows, b.rows) {
      #expect(left.fit.parameters == right.fit.parameters)
      #expect(left.leaveOneSizeOutError == right.leaveOneSizeOutError)
      #expect(left.leaveOneSizeOutInterval == right.leaveOneSizeOutInterval)
      #expect(left.shareBest == right.shareBest)
    }
  }

  @Test("designs that cannot tell laws apart, or not by size")
  func poorDesigns() throws {
    #expect(Self.compare(Design.dense.observations(of: Self.law)) == nil)
    let d = [2e6, 4e6, 8e6]
    let threeSizes = Design.grid("", n: [1e4, 3e4, 9e4], s: [0, 0.5, 0.75], d: d)
    let table = try #require(Self.compare(Self.noisy(threeSizes, 1)))
    #expect(table.sizesLeftOut.isEmpty)
    #expect(table.sizesSkipped == [1e4, 3e4, 9e4])
    #expect(table.rows.allSatisfy { $0.leaveOneSizeOutError == nil && $0.shareBest == nil })
    #expect(table.best == nil)

    let twoLevels = Design.grid("", n: [1e4, 3e4, 9e4, 2.7e5], s: [0, 0.75], d: d)
    let small = try #require(Self.compare(Self.noisy(twoLevels, 1)))
    #expect(small.rows[0].key == "sparsity-without-saturation")
    #expect(small.claims.isEmpty)
  }
}
