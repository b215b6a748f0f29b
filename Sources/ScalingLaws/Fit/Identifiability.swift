import RunLogs

/// What a design, that is the settings of a set of runs, can determine.
public enum Identifiability {
  /// The form that the observations can determine, and what a reader must know about it.
  ///
  /// Throws `CannotFit` for fewer than three distinct N or D, and for no more runs than free
  /// coefficients.
  ///
  /// - Parameter isDenseStudy: whether nothing of the sweep is sparse, so that the dense law is the
  ///   one to expect.
  public static func form(
    for observations: Observations, isDenseStudy: Bool = false
  ) throws(CannotFit) -> (form: LawForm, warnings: [String]) {
    let sizes = observations.sizes.count
    let amounts = observations.dataAmounts.count
    guard sizes >= 3 else { throw CannotFit.tooFewLevels("the size N", sizes) }
    guard amounts >= 3 else { throw CannotFit.tooFewLevels("data D", amounts) }
    let sparsities = observations.sparsities
    let hasDense = sparsities.first.map { $0 < 1e-6 } ?? false
    let form: LawForm
    var warnings: [String] = []
    switch sparsities.count {
    case 1:
      form = Laws.dense
      if hasDense, isDenseStudy { break }
      let which =
        hasDense ? "every run is dense" : "every run has the same sparsity"
      warnings.append(
        "sparsity is not identified: \(which), so the dense law was fitted and c_S carries the "
          + "size term; a_S and b_S are unknown")
    case 2:
      form = Laws.withoutSaturation
      warnings.append(
        "two distinct sparsities cannot determine a_S, b_S and c_S: c_S was set to 0 (no "
          + "saturation), so optimal sparsities beyond the measured ones are not to be trusted")
    default:
      form = Laws.sparsity
      if sparsities.count == 3 {
        warnings.append(
          "three distinct sparsities determine a_S, b_S and c_S without anything left to check "
            + "them against")
      }
    }
    let free = form.coefficientCount
    guard observations.count > free else {
      throw CannotFit.tooFewRuns(observations.count, coefficients: free)
    }
    if sparsities.count > 1, !hasDense {
      warnings.append(
        "no run is dense: what is said of dense models, and of what sparsity is worth against "
          + "them, rests on the form of the law alone")
    }
    return (form, warnings)
  }

  /// The form of the law that was asked for by name; without a name, the paper's as far as the
  /// observations determine it.
  ///
  /// Throws `CannotFit` also for a name that no law has, and for fewer sparsities than it needs.
  public static func form(
    named name: String?, for observations: Observations, schedule: PruningSchedule,
    isDenseStudy: Bool = false
  ) throws(CannotFit) -> (form: LawForm, warnings: [String]) {
    guard let name else { return try form(for: observations, isDenseStudy: isDenseStudy) }
    let sparsities = observations.sparsities
    let laws = Laws.all(levels: sparsities, schedule: schedule)
    guard let form = laws.first(where: { $0.key == name }) else {
      throw .unknownLaw(name, known: laws.map(\.key))
    }
    let (paper, warnings) = try self.form(for: observations, isDenseStudy: isDenseStudy)
    guard sparsities.count >= form.fewestSparsities else {
      throw .tooFewSparsities(sparsities.count, law: name, needed: form.fewestSparsities)
    }
    guard observations.count > form.coefficientCount else {
      throw .tooFewRuns(observations.count, coefficients: form.coefficientCount)
    }
    if !form.knowsSparsity, sparsities.count > 1 {
      return (
        form,
        [
          "the law that was asked for, \(name), knows no effect of sparsity: it takes runs of "
            + "every sparsity for dense ones of their non-zero parameters"
        ]
      )
    }
    return (form, form.key == paper.key ? warnings : [])
  }

  /// The condition number beyond which coefficients are said to be hard to tell apart.
  static let largeConditionNumber = 1e4
  /// The condition number beyond which the least singular value is one of rounding.
  static let singularConditionNumber = 1e15

  /// The relative error below which losses look computed, and nothing is said of errors: no training
  /// run is known to a millionth.
  public static let leastNoise = 1e-6

  /// What a finished fit warns about.
  public static func warnings(about fit: FittedLaw) -> [String] {
    var warnings: [String] = []
    if let little = Bootstrap.tooLittleFreedom(
      runs: fit.runCount, coefficients: fit.parameters.count)
    {
      warnings.append(
        little + ", too few to tell chance from the law: there are no intervals, and nothing is "
          + "determined")
    }
    if fit.rmsRelativeError < leastNoise {
      warnings.append(
        "the losses follow the law to less than a millionth: were they computed rather than "
          + "measured?")
    }
    if let unconverged = fit.uncertainty?.distribution.unconverged, unconverged > 0 {
      warnings.append(
        "\(unconverged) of \(fit.uncertainty?.replicates ?? 0) bootstrap replicates did not "
          + "converge; they are used as they are")
    }
    for name in fit.atBound {
      warnings.append(
        "\(name) ended at a bound: the runs do not determine it, and conclusions that rest on it "
          + "are not safe")
    }
    if fit.conditionNumber >= singularConditionNumber {
      warnings.append("some coefficients cannot be told apart: the scaled Jacobian is singular")
    } else if fit.conditionNumber > largeConditionNumber {
      warnings.append(
        "some coefficients are hard to tell apart (condition number of the scaled Jacobian "
          + "\(Int(fit.conditionNumber.rounded())))")
    }
    if !fit.termination.isConverged {
      warnings.append("the solver did not converge: \(fit.termination.explanation)")
    }
    if fit.startsReachedBest * 10 < fit.startsTried {
      warnings.append(
        "only \(fit.startsReachedBest) of \(fit.startsTried) starts reached the best objective: "
          + "it may not be the global one; try more starts")
    }
    return warnings
  }
}

/// Why a set of runs cannot be fitted.
public enum CannotFit: Error, Equatable, Sendable, CustomStringConvertible {
  case noRuns
  case tooFewLevels(String, Int)
  case tooFewRuns(Int, coefficients: Int)
  case unknownLaw(String, known: [String])
  case tooFewSparsities(Int, law: String, needed: Int)
  /// There is nothing to fit, and none of the published laws is of the form that was asked for.
  case noPublishedLaw(String)

  public var description: String {
    switch self {
    case .noRuns: "no run is left to fit"
    case .tooFewLevels(let quantity, let found):
      "the runs to fit have \(found) distinct value\(found == 1 ? "" : "s") of \(quantity); the law needs "
        + "at least 3"
    case .tooFewRuns(let runs, let coefficients):
      "there \(runs == 1 ? "is 1 run" : "are \(runs) runs") to fit and \(coefficients) free coefficients; the law needs more "
        + "runs than coefficients"
    case .unknownLaw(let name, let known):
      "there is no law \(name.quoted); the laws are \(known.joined(separator: ", "))"
    case .tooFewSparsities(let found, let law, let needed):
      "the law \(law) needs at least \(needed) distinct sparsities, and the runs to fit have "
        + "\(found)"
    case .noPublishedLaw(let name):
      "too few runs for a fit, and no published law is of the form \(name)"
    }
  }
}
