/// Every law that this program knows. A further one is one more value here.
public enum Laws {
  /// All laws, the paper's first.
  ///
  /// - Parameters:
  ///   - levels: the distinct sparsities of the runs, for laws with a coefficient for each.
  ///   - schedule: how sparsity grows in training.
  public static func all(
    levels: [Double] = [], schedule: PruningSchedule = PruningSchedule()
  ) -> [LawForm] {
    [
      sparsity, coupling, dense, denseParameters, averageParameters(schedule),
      freeMultipliers(levels), dataInteraction, sizeInteraction, wu,
    ]
  }

  /// Throws where no law has a name.
  public static func check(_ name: String?) throws(CannotFit) {
    let known = all().map(\.key)
    if let name, !known.contains(name) { throw .unknownLaw(name, known: known) }
  }

  /// The law of the paper that the runs can determine, its rivals and its extensions; the first is
  /// the one that the others are compared with.
  ///
  /// Empty where there are fewer than two sparsities, since nothing then tells the laws apart.
  /// A law with no fewer free coefficients than runs, or for more sparsities, is left out.
  public static func offered(
    for observations: Observations, schedule: PruningSchedule
  ) -> [LawForm] {
    let levels = observations.sparsities
    guard levels.count >= 2, let (paper, _) = try? Identifiability.form(for: observations) else {
      return []
    }
    return ([paper] + all(levels: levels, schedule: schedule).dropFirst()).filter {
      $0.fewestSparsities <= levels.count && $0.coefficientCount < observations.count
    }
  }

  private static let paper = "Frantar et al. 2024 (arXiv 2309.08520), equation 1"
  private static let bS = LawForm.Exponent("b_S", bounds: 0.01...20, startRange: 0.1...3)
  private static let bN = LawForm.Exponent("b_N")
  private static let bD = LawForm.Exponent("b_D")
  private static let density = LawForm.Factor(base: .density, exponent: "b_S", sign: 1)
  private static let size = LawForm.Factor(base: .size, exponent: "b_N", sign: -1)
  private static let data = LawForm.Term(
    name: "a_D", writing: .scale, factors: [.init(base: .data, exponent: "b_D", sign: -1)])
  private static let sparse = LawForm.Term(name: "a_S", factors: [density, size])
  private static let saturated = LawForm.Term(name: "c_S", factors: [size])

  /// The law of Frantar et al. 2024 with all seven coefficients free.
  public static let sparsity = LawForm(
    key: "sparsity", title: "Frantar et al. 2024",
    formula: "L(S, N, D) = (a_S (1 − S)^b_S + c_S) · (1/N)^b_N + (a_D / D)^b_D + c",
    citation: paper, exponents: [bS, bN, bD], terms: [sparse, saturated, data],
    fewestSparsities: 3, hasClosedForms: true)

  /// The law without saturation (c_S = 0): all that two distinct sparsities can determine.
  public static let withoutSaturation = LawForm(
    key: "sparsity-without-saturation", title: "Frantar et al. 2024 without saturation",
    formula: "L(S, N, D) = a_S (1 − S)^b_S · (1/N)^b_N + (a_D / D)^b_D + c", citation: paper,
    exponents: [.init("b_S", bounds: 0.0001...20, startRange: 0.05...1), bN, bD],
    terms: [sparse, data], fewestSparsities: 2, hasClosedForms: true)

  /// The dense law: all that runs of one sparsity can determine. N counts the non-zero parameters.
  public static let dense = LawForm(
    key: "dense", title: "dense law on N",
    formula: "L(N, D) = c_S · (1/N)^b_N + (a_D / D)^b_D + c",
    citation: "Hoffmann et al. 2022 (arXiv 2203.15556), equation 2", exponents: [bN, bD],
    terms: [saturated, data], fewestSparsities: 1, hasClosedForms: true)

  /// The dense law on the number of dense parameters, N / (1 − S): pruning costs nothing.
  public static let denseParameters = LawForm(
    key: "dense-parameters", title: "dense law on N/(1 − S)",
    formula: "L(S, N, D) = c_S · (1/N_dense)^b_N + (a_D / D)^b_D + c",
    citation: "Hoffmann et al. 2022 (arXiv 2203.15556), equation 2", exponents: [bN, bD],
    terms: [
      .init(name: "c_S", factors: [size, .init(base: .density, exponent: "b_N", sign: 1)]), data,
    ], fewestSparsities: 2)

  /// The dense law on the average number of non-zero parameters over training,
  /// N_avg = N_dense (1 − q S) with q the schedule's mean share of the target sparsity.
  public static func averageParameters(_ schedule: PruningSchedule) -> LawForm {
    LawForm(
      key: "average-parameters", title: "average parameters (Jin et al. 2025)",
      formula: "L(S, N, D) = c_S · (1/N_avg)^b_N + (a_D / D)^b_D + c",
      citation: "Jin et al. 2025, The Journey Matters (arXiv 2501.12486), equation 2",
      exponents: [bN, bD],
      terms: [
        .init(
          name: "c_S",
          factors: [
            size, .init(base: .density, exponent: "b_N", sign: 1),
            .init(base: .meanDensity, exponent: "b_N", sign: -1),
          ]), data,
      ], fewestSparsities: 2, schedule: schedule)
  }

  /// The dense law on N times an effective-parameter multiplier that is free at each sparsity: no
  /// shape is assumed in S, so nothing is said of sparsities that were not measured.
  ///
  /// c_S is the size term of the lowest sparsity; m_S is relative to it.
  public static func freeMultipliers(_ levels: [Double]) -> LawForm {
    let levels = levels.sorted()
    return LawForm(
      key: "free-multipliers", title: "one multiplier a sparsity (Frantar et al. 2025)",
      formula: "L(S, N, D) = c_S · (1/(N · m_S))^b_N + (a_D / D)^b_D + c",
      citation: "Frantar et al. 2025, Compression Scaling Laws (arXiv 2502.16440)",
      exponents: [bN, bD],
      terms: levels.indices.map { index in
        index == 0
          ? .init(name: "c_S", factors: [size], level: 0)
          : .init(
            name: "m_\((levels[index] * 1e4).rounded() / 1e4)", writing: .multiplierOfFirst,
            factors: [size], level: index)
      } + [data], fewestSparsities: 2, levels: levels)
  }

  /// The paper's law with a data term that sparsity may change. b_SD = 0 is the paper's claim that
  /// sparsity does not interact with data; b_SD < 0 means that sparse models need more data.
  public static let dataInteraction = LawForm(
    key: "data-interaction", title: "with sparsity–data interaction",
    formula:
      "L(S, N, D) = (a_S (1 − S)^b_S + c_S) · (1/N)^b_N + (a_D / D)^b_D (1 − S)^b_SD + c",
    citation: paper + ", with one more exponent",
    exponents: [bS, bN, bD, .init("b_SD", bounds: -3...3, startRange: -0.5...0.5)],
    terms: [
      sparse, saturated,
      .init(
        name: "a_D", writing: .scale,
        factors: data.factors + [.init(base: .density, exponent: "b_SD", sign: 1)]),
    ], fewestSparsities: 3, claim: .noDataInteraction)

  /// The paper's law with a sparsity term that falls at its own rate in N. b_SN = 0 is the paper's
  /// claim that a sparsity is worth the same multiplier at every size; b_SN > 0 means that the gain
  /// from sparsity fades as models grow.
  public static let sizeInteraction = LawForm(
    key: "size-interaction", title: "with size-dependent sparsity",
    formula:
      "L(S, N, D) = (a_S (1 − S)^b_S · (1/N)^b_SN + c_S) · (1/N)^b_N + (a_D / D)^b_D + c",
    citation: paper + ", with one more exponent",
    exponents: [bS, bN, bD, .init("b_SN", bounds: -2...2, startRange: -0.3...0.3)],
    terms: [
      .init(
        name: "a_S", factors: sparse.factors + [.init(base: .size, exponent: "b_SN", sign: -1)]),
      saturated, data,
    ], fewestSparsities: 3, claim: .sameMultiplierAtEverySize)

  /// The paper's law with one exponent around the sum of size and data term; k = 1 is the paper's.
  /// A power is monotone, so that optimal sparsities are the paper's on the inner coefficients.
  public static let coupling = LawForm(
    key: "coupling", title: "with coupled size and data",
    formula: "L(S, N, D) = ((a_S (1 − S)^b_S + c_S) · (1/N)^b_N + (a_D / D)^b_D)^k + c",
    citation: paper + ", with one exponent around the sum",
    exponents: [
      .init("b_S", bounds: 0.01...20, startRange: 0.1...3),
      .init("b_N", bounds: 0.001...10), .init("b_D", bounds: 0.001...10),
      .init("k", bounds: 0.02...50, startRange: 0.3...2),
    ],
    terms: [sparse, saturated, data], power: "k", fewestSparsities: 3, hasClosedForms: true)

  /// A size term that sparsity may lower and raise, and one exponent for size and data. A P may be
  /// negative; four sparsities are saturated by it.
  public static let wu: LawForm = {
    let alpha = LawForm.Factor(base: .size, exponent: "alpha", sign: -1)
    return LawForm(
      key: "wu2026", title: "Wu et al. 2026",
      formula: "L(S, N, D) = A ((1 − S)^ε + P S^μ) · (1/N)^α + B · (1/D)^α + E",
      citation: "Wu et al. 2026 (arXiv 2606.01155), single-epoch form",
      exponents: [
        .init("eps", bounds: -3...3, startRange: -0.5...1),
        .init("mu", bounds: 0.01...5, startRange: 0.2...3),
        .init("alpha", startRange: 0.05...1),
      ],
      terms: [
        .init(name: "A", factors: [.init(base: .density, exponent: "eps", sign: 1), alpha]),
        .init(
          name: "P", writing: .ratioToFirst,
          factors: [.init(base: .sparsity, exponent: "mu", sign: 1), alpha], isSigned: true),
        .init(name: "B", factors: [.init(base: .data, exponent: "alpha", sign: -1)]),
      ], constant: "E", fewestSparsities: 5)
  }()
}
