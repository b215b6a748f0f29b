import ScalingLaws

/// Every figure that a report can have, in the order of the report: the one list of them.
enum FigureCatalogue {
  static let all: [any SweepFigure.Type] = [
    SummaryFigure.self, LossVersusSparsityFigure.self, LossVersusParametersFigure.self,
    LossVersusDataFigure.self, FitQualityFigure.self, ResidualsFigure.self,
    ResidualMapFigure.self, SparsityTermFigure.self, LossDecompositionFigure.self,
    CoefficientsFigure.self, CoefficientPairsFigure.self, ObjectiveProfileFigure.self,
    ExtrapolationFigure.self, LadderFigure.self, ComputeOptimalFigure.self,
    OptimalSparsityFigure.self, FixedComputeFigure.self, BestSparsityFigure.self,
    ChinchillaMultiplesFigure.self, WrongSparsityFigure.self, EffectiveParametersFigure.self,
    RivalsFigure.self, LawAnswersFigure.self, AnalysisChoicesFigure.self, PatternsFigure.self,
    PretrainedFigure.self, BreakEvenFigure.self,
    PruningScheduleFigure.self, TrainingCurvesFigure.self,
  ]

  /// The names of all figures, drawn or not.
  static let names = all.map { $0.name }

  /// The figures that the analysis has data for.
  static func figures(for analysis: SweepAnalysis) -> [any FigureSource] {
    let sweep = FigureSweep(analysis)
    return all.filter { analysis.study.concludes || !$0.concludes }
      .compactMap { $0.init(sweep) }.filter(\.isDrawable)
  }
}
