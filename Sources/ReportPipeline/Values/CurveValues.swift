import ScalingLaws

/// Which runs the figure of training curves shows.
func curveValues(_ analysis: SweepAnalysis) -> TemplateValues {
  [
    "curves": .chapter(
      TrainingCurvesFigure(analysis).amount,
      ["curves_data": { .text(NumberText.size($0.value)) }])
  ]
}
