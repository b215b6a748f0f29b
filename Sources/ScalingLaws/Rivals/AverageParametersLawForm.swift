import Fitting

/// The dense law on the average number of non-zero parameters over training,
/// N_avg = N_dense (1 − q S) with q the schedule's mean share of the target sparsity.
///
/// Source: Jin et al. 2025, "The Journey Matters" (arXiv 2501.12486), equation 2:
/// L = E + A / N_avg^α + B / D^β.
public struct AverageParametersLawForm: LawForm {
  /// How sparsity grew in training.
  public let schedule: PruningSchedule

  public init(schedule: PruningSchedule = PruningSchedule()) {
    self.schedule = schedule
  }

  public let key = "average-parameters"
  public let formula = "L(S, N, D) = c_S · (1/N_avg)^b_N + (a_D / D)^b_D + c"
  public let exponents = [Exponent("b_N"), Exponent("b_D")]

  public func terms(for settings: [Setting], units: Normalisation) -> [ExponentialSum.Term] {
    let averages = settings.map {
      $0.denseParameters * schedule.meanDensity(target: $0.sparsity)
    }
    return DenseLawForm.terms(sizes: averages, settings, units: units)
  }

  public func coefficients(of parameters: [Double], units: Normalisation) -> [Coefficient] {
    DenseLawForm().coefficients(of: parameters, units: units)
  }
}
