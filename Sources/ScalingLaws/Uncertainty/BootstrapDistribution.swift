import Fitting

/// What a bootstrap found: the fit, its replicates, and all that intervals are made from.
public struct BootstrapDistribution: Sendable {
  /// How replicates that were warm-started from the fit fared against fresh starts.
  public struct FreshStartCheck: Sendable, Equatable {
    /// Replicates that were also fitted from fresh starts.
    public var checked: Int
    /// Those of them where a fresh start found a lower objective, which then was used.
    public var improved: Int

    package init(checked: Int, improved: Int) {
      self.checked = checked
      self.improved = improved
    }
  }

  public let form: any LawForm
  public let units: Normalisation
  public let residual: ExponentialSumObjective.Residual
  /// The kind and level of intervals may be changed, as far as `leaveOneOut` was filled.
  public var options: BootstrapOptions
  /// The parameters of the fit itself.
  public let estimate: [Double]
  /// The parameters of the replicates, in order of their number.
  public let replicates: [[Double]]
  /// The law of each replicate; empty where a rival was fitted.
  public let laws: [ScalingLaw]
  /// The parameters without each run in turn; empty where no interval needs them.
  public let leaveOneOut: [[Double]]
  /// Residuals of the fit, scaled up to the size of the noise and centred.
  public let noise: [Double]
  /// Replicates whose search did not converge; they are used as they are.
  public let unconverged: Int
  public let freshStartCheck: FreshStartCheck

  package init(
    form: any LawForm, units: Normalisation, residual: ExponentialSumObjective.Residual,
    options: BootstrapOptions, estimate: [Double], replicates: [[Double]],
    leaveOneOut: [[Double]], noise: [Double], unconverged: Int, freshStartCheck: FreshStartCheck
  ) {
    self.form = form
    self.units = units
    self.residual = residual
    self.options = options
    self.estimate = estimate
    self.replicates = replicates
    let lawForm = form as? any ScalingLawForm
    laws = lawForm.map { form in replicates.map { form.law(of: $0, units: units) } } ?? []
    self.leaveOneOut = leaveOneOut
    self.noise = noise
    self.unconverged = unconverged
    self.freshStartCheck = freshStartCheck
  }

  public var runCount: Int { noise.count }
}
