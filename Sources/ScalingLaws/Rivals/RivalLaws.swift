/// The laws that are compared; a further one is one more file and one more entry here.
public enum RivalLaws {
  /// The law of the paper that the runs can determine, its rivals and its extensions, in the
  /// order of the table; the first is the one that the others are compared with.
  ///
  /// Empty where there are fewer than two sparsities, since nothing then tells the laws apart.
  /// A law with no fewer free coefficients than runs is left out.
  public static func forms(
    for observations: Observations, schedule: PruningSchedule
  ) -> [any LawForm] {
    let levels = observations.sparsities
    guard levels.count >= 2, let (paper, _) = try? Identifiability.form(for: observations) else {
      return []
    }
    var forms: [any LawForm] = [
      paper,
      DenseLawForm(),
      DenseParametersLawForm(),
      AverageParametersLawForm(schedule: schedule),
      FreeMultiplierLawForm(levels: levels),
    ]
    if paper is SparsityLawForm {
      forms += [DataInteractionLawForm(), SizeInteractionLawForm()] as [any LawForm]
    }
    let units = Normalisation(observations.settings)
    return forms.filter {
      $0.freeCoefficientCount(for: observations.settings, units: units) < observations.count
    }
  }
}
