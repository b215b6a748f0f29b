import Foundation
import Plotting
import TestSupport

extension ReportScenario {
  static let published = """
    published:
      name: Someone
      coefficients: {a_S: 10, b_S: 0.9, c_S: 20, b_N: 0.25, a_D: 2.0e5, b_D: 0.35, c: 0.8}

    """
  /// The same and another law of another form.
  private static let publishedTwice =
    "published:\n"
    + published.split(separator: "\n").dropFirst().enumerated()
    .map { ($0 == 0 ? "  - " : "    ") + $1.trimmingCharacters(in: .whitespaces) + "\n" }.joined()
      + """
        - name: Someone else
          law: coupling
          note: with an exponent around the sum
          coefficients: {a_S: 10, b_S: 0.9, c_S: 20, b_N: 0.25, a_D: 2.0e5, b_D: 0.35, c: 0.8, k: 0.9}
        - name: Someone with multipliers
          law: free-multipliers
          coefficients: {c_S: 30, m_0.5: 1.5, m_0.75: 1.8, b_N: 0.25, a_D: 2.0e5, b_D: 0.35, c: 0.8}

      """
  static let table = "runs: [runs.csv]\n"
  private static let nothingHeldOut = table + "holdout: none\n"
  private static let quiet = Design(noise: 0.0005)

  /// Together they take every branch of the templates.
  static let all =
    laws + roles + exclusions + comparisons + interactions + extremes + dense + large

  /// Runs whose losses have nothing to do with their settings.
  private static func atRandom(_ design: Design) -> [Design.Run] {
    design.runs().enumerated().map { index, run in
      var run = run
      run.loss = 3 + 0.4 * sin(Double(index * index) * 1.7 + 0.3)
      return run
    }
  }

  /// Each run at two learning rates, of which the second does worse.
  private static func searched(_ design: Design) -> [Design.Run] {
    design.runs().flatMap { run in
      [("1e-3", 1.0), ("3e-3", 1.02)].map { rate, factor in
        var tried = run
        (tried.name, tried.rate, tried.loss) = ("\(run.name)-\(rate)", rate, run.loss * factor)
        return tried
      }
    }
  }

  /// What the law comes from.
  private static let laws = [
    Self(name: "fit without intervals", runs: Design().runs(), formats: [.png]),
    Self(
      name: "the best of a search", runs: searched(Design()),
      settings: table + "keep: {best: [lr]}\n"),
    Self(
      name: "a head beside the parameters", runs: Design().runs(),
      settings: table + "compute: {extra: 200000}\n", bootstrap: 60),
    Self(name: "losses at random", runs: atRandom(Design())),
    Self(
      name: "losses at random, all dense", runs: atRandom(Design(sparsities: [0])),
      settings: nothingHeldOut),
    Self(name: "published laws alone", settings: publishedTwice),
    Self(
      name: "published law, every run held out", runs: Design(sizes: [1e5]).runs(),
      settings: table + "holdout: {runs: [\"*\"]}\n" + published),
    Self(
      name: "published law, one size logged", runs: Design(sizes: [1e5]).runs(),
      settings: "runs: [runs/*]\nholdout: {runs: [\"*\"]}\n" + published, isLogged: true),
    Self(
      name: "published law, one amount held out", runs: Design(amounts: [3e7]).runs(),
      settings: table + "holdout: {runs: [\"*\"]}\n" + published),
    Self(
      name: "published law, a faulty run",
      runs: [
        Design.Run(name: "a", n: 1e5, s: 0, d: 3e7, loss: 3),
        Design.Run(name: "b", n: 1e5, s: 0.5, d: 3e7, loss: .nan),
      ], settings: table + "holdout: {runs: [a]}\n" + published),
    Self(
      name: "published law, one run held out",
      runs: Array(Design(sizes: [1e5, 2e5]).runs().prefix(13)), settings: table + published),
    Self(
      name: "published law far from the optimum", runs: Design().runs(),
      settings: table + published.replacing("a_S: 10", with: "a_S: 12"), bootstrap: 60),
    Self(
      name: "published law at the optimum", runs: Design(noise: 0).runs(),
      settings: table + publishedTwice),
    Self(
      name: "dense runs",
      runs: repeatingFirst(Design(sparsities: [0], amounts: [1e7, 2e7, 4e7, 8e7]).runs()),
      bootstrap: 60),
    Self(
      name: "losses that sparsity leaves alone",
      runs: Design(noise: 0.001, aS: 0, cS: 30).runs { _, s, _ in 1 + 0.004 * s }, bootstrap: 60),
    Self(
      name: "whether sparsity helps is open", runs: Design(noise: 0.03, aS: 0.3, cS: 29.7).runs(),
      bootstrap: 60),
    Self(name: "no saturation", runs: Design(sparsities: [0, 0.5], cS: 0).runs(), bootstrap: 60),
    Self(
      name: "a law with a multiplier for each sparsity", runs: Design().runs(),
      settings: table + "law: free-multipliers\n", bootstrap: 60),
    Self(
      name: "a law whose multipliers depend on the size",
      runs: Design().runs() + Design().patterned([("2:4", 0.5, 1.005)], scatter: 0.001),
      settings: table + "law: size-interaction\n", bootstrap: 60),
    Self(
      name: "a law without sparsity", runs: Design().runs(), settings: table + "law: dense\n",
      bootstrap: 60),
    Self(
      name: "linear residuals of losses without a unit", runs: Design().runs(),
      settings: table + "fit: {residual: linear}\n"),
    Self(
      name: "linear residuals, no second fit", runs: Design().runs(),
      settings: table
        + "refit: false\nfit: {residual: linear}\nloss: {column: val_loss, unit: nats/token}\n",
      bootstrap: 60),
  ]

  /// Sweeps of which nothing is sparse.
  private static let dense: [Self] = {
    let design = Design(
      sizes: (0..<6).map { 1e5 * pow(2, Double($0)) }, sparsities: [0],
      amounts: (0..<6).map { 1e7 * pow(2, Double($0)) })
    func short(_ name: String, _ factor: Double) -> Self {
      Self(
        name: name, runs: design.runs { _, _, d in d < 1.5e7 ? factor : 1 },
        settings: table + "exclude: [{data: {below: 1.5e7}, why: too short}]\n", bootstrap: 60)
    }
    return [
      short("dense, excluded runs that fit", 1), short("dense, excluded runs that decide", 1.3),
      Self(
        name: "dense, the best of a search", runs: searched(design),
        settings: table + "keep: {best: [lr]}\n"),
      Self(
        name: "dense, few runs of a level",
        runs: Design(sizes: [1e5, 2e5, 4e5], sparsities: [0]).runs()),
    ]
  }()

  /// More runs and levels than a figure can draw.
  private static let large: [Self] = {
    let sizes = (0..<30).map { 1e5 * pow(1.2, Double($0)) }
    let amounts = (0..<30).map { 1e7 * pow(1.2, Double($0)) }
    return [
      Self(
        name: "many dense runs",
        runs: Design(sizes: sizes, sparsities: [0], amounts: amounts).runs()),
      Self(
        name: "many sparse runs",
        runs: Design(sizes: sizes, amounts: Array(amounts.prefix(6))).runs(), starts: 2),
      Self(
        name: "logged runs of six sizes",
        runs: Design(sizes: Array(sizes.prefix(6))).runs(), isLogged: true),
    ]
  }()

  /// Which runs there are, and what is done with them.
  private static let roles: [Self] = {
    let large = Design.Run(
      name: "big", n: 2e6, s: 0.5, d: 3e7, loss: Design().loss(2e6, 0.5, 3e7))
    func off(_ factor: Double) -> [Design.Run] {
      var run = large
      run.loss *= factor
      return Design().runs() + [run]
    }
    let hold = table + "holdout: {runs: [big]}\n"
    let far = Design.Run(
      name: "big", n: 1e9, s: 0.5, d: 1e9, loss: 1.006 * Design().loss(1e9, 0.5, 1e9))
    var faulty = Array(Design().runs().prefix(2))
    for index in faulty.indices {
      faulty[index].name = "bad\(index)"
      faulty[index].loss = .nan
    }
    return [
      Self(
        name: "three sizes, wide PDF", runs: Design(sizes: [1e5, 2e5, 4e5]).runs(), bootstrap: 60,
        formats: [.pdf], preset: .icmlWide),
      Self(
        name: "fourteen sizes",
        runs: Design(
          sizes: (0..<14).map { 1e5 * pow(1.4, Double($0)) }, sparsities: [0, 0.5, 0.75]
        ).runs(), bootstrap: 60),
      Self(
        name: "a size that no law can do without",
        runs: Design(amounts: [1e7, 3e7, 6e7, 1e8]).runs().filter { $0.n < 2e5 || $0.d < 5e7 },
        bootstrap: 60),
      Self(
        name: "28 held-out runs",
        runs: Design(amounts: [1e7, 2e7, 3e7, 4e7, 6e7, 1e8, 2e8]).runs(), bootstrap: 60),
      Self(
        name: "long names",
        runs: Design().runs(named: {
          "experiment-2026_sparse/job\($0)/" + String(repeating: "x", count: 40)
        }), bootstrap: 60),
      Self(name: "one held-out run above", runs: off(1.03), settings: hold, bootstrap: 60),
      Self(name: "one held-out run as predicted", runs: off(1), settings: hold, bootstrap: 60),
      Self(
        name: "one held-out run far away", runs: Design().runs() + [far], settings: hold,
        bootstrap: 60),
      Self(name: "one held-out run below", runs: off(0.97), settings: hold),
      Self(
        name: "all held-out runs above",
        runs: Design().runs { n, _, _ in n > 7e5 ? 1.03 : 1 }),
      Self(
        name: "all held-out runs below",
        runs: Design().runs { n, _, _ in n > 7e5 ? 0.97 : 1 }),
      Self(
        name: "faulty runs and missing files", runs: Design().runs() + faulty,
        settings: """
          source: A test.
          notes: One seed.
          runs: [runs.csv, {path: more.csv, optional: true, get: "ask the authors"},
            {path: most.csv, optional: true, get: "ask again"}]

          """),
      Self(name: "logged runs", runs: Design().runs(), isLogged: true),
      Self(
        name: "logged dense runs",
        runs: Design(
          sizes: [1e5, 2e5, 4e5, 8e5, 1.6e6, 3.2e6], sparsities: [0],
          amounts: [1e7, 2e7, 4e7, 8e7]
        ).runs(), isLogged: true),
      Self(
        name: "more levels than panels",
        runs: Design(
          sparsities: [0, 0.3, 0.5, 0.625, 0.75, 0.8, 0.875, 0.95],
          amounts: [1e7, 2e7, 4e7, 8e7, 1.6e8, 3.2e8, 6.4e8, 1.28e9]
        ).runs()),
      Self(
        name: "seeds closer than the law",
        runs: seeds(scatter: 0.0002, denseFactor: 8) { 1 + 0.01 * sin($0 + $1) },
        bootstrap: 60),
      Self(
        name: "seeds where sparsity pays late",
        runs: seeds(scatter: 0.0002, of: Design(noise: 0.0005, aS: 1)) { _, _ in 1 },
        bootstrap: 60),
      Self(name: "seeds as close as the law", runs: seeds(scatter: 0.0006) { _, _ in 1 }),
      Self(
        name: "seeds further than the law", runs: seeds(scatter: 0.03) { _, _ in 1 },
        bootstrap: 60),
    ]
  }()

  /// The first run again with another seed: one degree of freedom, from which nothing is decided.
  private static func repeatingFirst(_ runs: [Design.Run]) -> [Design.Run] {
    var again = runs[0]
    again.name += "-seed1"
    again.loss *= 1.003
    return runs + [again]
  }

  /// The first size again with two other seeds.
  private static func seeds(
    scatter: Double, denseFactor: Double = 1, of design: Design = quiet,
    bias: (_ n: Double, _ s: Double) -> Double
  ) -> [Design.Run] {
    let runs = design.runs { n, s, _ in bias(n / 7e4, 3 * s) }
    let repeated = runs.prefix(12).enumerated().flatMap { index, run in
      (1...2).map { seed -> Design.Run in
        var run = run
        run.name += "-seed\(seed)"
        let factor = run.s == 0 ? denseFactor : 1
        run.loss *= 1 + factor * scatter * cos(Double(5 * index + 3 * seed))
        return run
      }
    }
    return runs + repeated
  }

  /// N:M patterns and pruned models.
  private static let comparisons: [Self] = {
    func others(
      _ name: String, _ patterns: [(String, Double, Double)], _ multiples: (Double, Double),
      noise: Double = 0.002, scatter: Double = 0.001
    ) -> Self {
      let design = Design(noise: noise)
      let runs =
        design.runs() + design.patterned(patterns, scatter: scatter)
        + design.pruned(multiples, parents: ("r15", "r27"))
      return Self(name: name, runs: runs, bootstrap: 60)
    }
    return [
      others(
        "patterns as good as unstructured, pruning as in the paper",
        [("2:4", 0.5, 1.0005), ("1:4", 0.75, 1.0003), ("4:8", 0.5, 1), ("2:8", 0.75, 1)],
        (1.8, 1.25), noise: 0.0005),
      others(
        "sparse patterns worse, pruning otherwise", [("2:4", 0.5, 1), ("1:4", 0.75, 1.1)],
        (300, 0.5), noise: 0.0005),
      others("pruning beyond all data", [("2:4", 0.5, 1)], (300, 300)),
      others(
        "patterns undecided, pruning mixed", [("2:4", 0.5, 1.01), ("1:4", 0.75, 1.07)],
        (1.5, 20), noise: 0.02, scatter: 0.02),
      Self(
        name: "more pruned models than a table takes",
        runs: Design().runs() + Design().manyPruned(parent: "r15"), bootstrap: 60),
      Self(
        // Half of the weights less is worth 9.3 to 10.4 % of these losses.
        name: "patterns of one sparsity",
        runs: Design().runs()
          + Design().patterned(
            [("2:4", 0.5, 1.005), ("4:8", 0.5, 1.3), ("8:16", 0.5, 1.0985)], scatter: 0.001),
        bootstrap: 60),
    ]
  }()

  /// The paper's claims, true and false.
  private static let interactions: [Self] = {
    /// A factor (1 − S)^data on the data term, and N^size on the part that sparsity removes.
    func runs(_ design: Design, data: Double = 0, size: Double = 0) -> [Design.Run] {
      design.runs { n, s, d in
        let removed = design.aS * pow(1 - s, design.bS) * pow(n, -design.bN)
        let term = pow(design.aD / d, design.bD)
        let change = removed * (pow(n / 2e5, size) - 1) + term * (pow(1 - s, data) - 1)
        return 1 + change / design.loss(n, s, d)
      }
    }
    return [
      Self(name: "interaction with data", runs: runs(quiet, data: 0.6), bootstrap: 60),
      Self(name: "interaction with size", runs: runs(quiet, size: 0.6), bootstrap: 60),
      Self(
        name: "multiplier that falls with size", runs: runs(quiet, size: -0.3), bootstrap: 60),
      Self(
        name: "interaction too weak to matter", runs: runs(Design(noise: 0.001), data: 0.01),
        bootstrap: 60),
      // By this the multiplier at 75 % is 0.91 times as large at the largest size.
      Self(
        name: "interaction about as large as the margin",
        runs: runs(Design(noise: 0.001), size: -0.0635),
        bootstrap: 60),
      Self(
        name: "interaction about as large as the scatter", runs: runs(quiet, data: 0.05),
        bootstrap: 60),
      Self(name: "noise", runs: repeatingFirst(Design(noise: 0.02).runs()), bootstrap: 60),
    ]
  }()

  /// Laws and designs at the ends of what occurs.
  private static let extremes = [
    Self(
      name: "one size off the law, and noise",
      runs: Design(
        sizes: (0..<6).map { 1e5 * pow(2, Double($0)) },
        sparsities: [0, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8], noise: 0.02
      ).runs { n, _, _ in n == 4e5 ? 1.12 : 1 }, bootstrap: 60),
    Self(name: "sparsity pays late", runs: Design(noise: 0.0005, aS: 1).runs(), bootstrap: 60),
    Self(
      name: "whether sparsity pays early is open",
      runs: Design(noise: 0.004, aS: 3.2, cS: 27, aD: 1e6, bD: 0.5).runs(), bootstrap: 60),
    Self(
      name: "densities in a ratio of one half",
      runs: Design(noise: 0.0005, bS: 0.3, aD: 1e6, bD: 0.6).runs(), bootstrap: 60),
    Self(
      name: "no alternatives to dense training",
      runs: Design(sizes: [1e4, 1e5, 1e6], noise: 0.3).runs(), settings: nothingHeldOut,
      starts: 60),
    Self(
      name: "sparsity pays below Chinchilla compute",
      settings: published.replacing("b_S: 0.9", with: "b_S: 0.5").replacing(
        "c_S: 20, b_N: 0.25", with: "c_S: 0.001, b_N: 0.02")),
    Self(
      name: "errors far off in size alone",
      runs: Design(noise: 0.11).runs { n, _, d in n > 7e5 ? (d < 5e7 ? 1.06 : 0.95) : 1 }),
    Self(
      name: "wide and precise",
      runs: Design(
        sizes: (0..<6).map { pow(10, Double($0)) }, sparsities: [0, 0.5, 0.75, 0.9, 0.97],
        amounts: (4..<10).map { pow(10, Double($0)) }, noise: 0.03, aS: 3, cS: 2, bN: 0.4,
        aD: 3e5, bD: 0.5, c: 0.5
      ).runs(), settings: nothingHeldOut, bootstrap: 60),
    Self(
      name: "one worse minimum", runs: Design().runs { n, s, d in 1 + 0.3 * sin(n * s + d) },
      settings: nothingHeldOut, starts: 60),
    Self(
      name: "many worse minima", runs: Design().runs { n, s, d in 1 + 0.3 * sin(5 * n * s + d) },
      settings: nothingHeldOut + "fit: {huber_delta: 0.000001}\n", starts: 200),
  ]
}
