extension LawEnsemble {
  /// A fit and its replicates; nil where the fit is of a rival law.
  init?(_ fit: FittedLaw, seed: UInt64) {
    guard let form = fit.form as? any ScalingLawForm else { return nil }
    self.init(
      law: form.law(of: fit.parameters, units: fit.units),
      replicates: (fit.uncertainty?.distribution.replicates ?? []).map {
        form.law(of: $0, units: fit.units)
      },
      residualDeviation: fit.residualDeviation, level: fit.uncertainty?.level ?? 0.95,
      seed: seed)
  }
}
