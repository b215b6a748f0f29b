import ScalingLaws

/// Every figure that a report can have, in the order of the report.
enum FigureCatalogue {
  /// The names of all figures, drawn or not.
  static let names: [String] = [
    LossVersusSparsityFigure.name, LossVersusParametersFigure.name, LossVersusDataFigure.name,
    FitQualityFigure.name, ResidualsFigure.name, SparsityTermFigure.name,
    CoefficientsFigure.name, ObjectiveProfileFigure.name, ExtrapolationFigure.name,
    OptimalSparsityFigure.name, ChinchillaMultiplesFigure.name, EffectiveParametersFigure.name,
    PatternsFigure.name, PretrainedFigure.name, BreakEvenFigure.name, PruningScheduleFigure.name,
    TrainingCurvesFigure.name,
  ]

  /// The figures that the analysis has data for.
  static func figures(for analysis: SweepAnalysis) -> [any FigureSource] {
    let candidates: [(any FigureSource)?] = [
      LossVersusSparsityFigure(analysis), LossVersusParametersFigure(analysis),
      LossVersusDataFigure(analysis), FitQualityFigure(analysis), ResidualsFigure(analysis),
      SparsityTermFigure(analysis), CoefficientsFigure(analysis),
      ObjectiveProfileFigure(analysis), ExtrapolationFigure(analysis),
      OptimalSparsityFigure(analysis), ChinchillaMultiplesFigure(analysis),
      EffectiveParametersFigure(analysis), PatternsFigure(analysis), PretrainedFigure(analysis),
      BreakEvenFigure(analysis), PruningScheduleFigure(analysis),
      TrainingCurvesFigure(analysis),
    ]
    return candidates.compactMap { $0 }.filter(\.isDrawable)
  }
}
