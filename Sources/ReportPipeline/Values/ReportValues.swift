import CairoRendering
import ScalingLaws

/// Every value that the report and its captions may cite, apart from the figures themselves.
func reportValues(_ analysis: SweepAnalysis) -> TemplateValues {
  var values = headerValues(analysis)
  values.add(lawValues(analysis))
  values.add(holdoutValues(analysis))
  values.add(optimalSparsityValues(analysis))
  values.add(identifiabilityValues(analysis))
  values.add(claimValues(analysis))
  values.add(otherRunValues(analysis))
  values.add(overheadValues(analysis))
  values.add(exclusionValues(analysis))
  values.add(findingValues(analysis))
  values.add(warningValues(analysis))
  return values
}

/// One chapter for each figure, present where it was drawn: `figure_loss_vs_sparsity`.
func figureValues(_ figures: [DrawnFigure], formats: [ImageFormat]) -> TemplateValues {
  var values = TemplateValues()
  for name in FigureCatalogue.names {
    let figure = figures.first { $0.name == name }
    // A picture that browsers show, and that other tools can embed as it is.
    let shown = [ImageFormat.png, .svg].first { formats.contains($0) }
    values["figure_" + name.replacing("-", with: "_")] = .chapter(
      figure,
      [
        "figure_is_shown": { _ in .flag(shown != nil) },
        "figure_path": { .text("figures/\($0.name).\(shown?.fileExtension ?? "")") },
        "figure_alt": { .text(Markdown.escape($0.altText)) },
        "figure_number": { figure in
          .text("\((figures.firstIndex { $0.name == figure.name } ?? 0) + 1)")
        },
        "figure_caption": { .text($0.caption) },
        "figure_links": { figure in
          .text(
            formats.map {
              "[\($0.rawValue.uppercased())](figures/\(figure.name).\($0.fileExtension))"
            }
            .joined(separator: ", ") + ", [data](tables/\(figure.name).csv)")
        },
      ])
  }
  return values
}
