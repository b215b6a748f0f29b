import CairoRendering
import Plotting
import ScalingLaws

/// What a paper in LaTeX takes from the report: numbers, tables and figures with their captions.
enum PaperFiles {
  static func make(
    _ analysis: SweepAnalysis, _ figures: [DrawnFigure], _ templates: TemplateLibrary,
    _ values: TemplateValues, _ options: PipelineOptions
  ) throws(PipelineError) -> [OutputFile] {
    let sweep = analysis.sweep.name
    let folder = OutputFolder.name(ofSweep: sweep)
    var files = [
      OutputFile(
        path: "numbers.tex", text: try templates.render("numbers.tex", latexValues(analysis)))
    ]
    var page = values.latex
    page["label"] = .text(LaTeX.sweepLabel(sweep))
    let tables = SummaryTable.all(analysis)
    for name in SummaryTable.names {
      // Also where there is no such table, so that a misspelt name is found in every report.
      let text = try templates.render("tables/\(name).tex", page)
      guard let table = tables.first(where: { $0.name == name }) else { continue }
      files.append(OutputFile(path: "tables/\(name).csv", text: table.csv))
      files.append(OutputFile(path: "tables/\(name).tex", text: text))
    }
    // A format that LaTeX can include, and that keeps its true size.
    guard let format = [ImageFormat.pdf, .png].first(where: options.formats.contains) else {
      return files
    }
    for figure in figures {
      let text = try templates.render(
        "figure.tex",
        [
          "figure_name": .text(figure.name),
          "figure_label": .text(LaTeX.sweepLabel(sweep) + ":" + figure.name),
          "figure_path": .text("\(folder)/figures/\(figure.name).\(format.fileExtension)"),
          "figure_width": .text(NumberText.setting(options.preset.width / 72)),
          "figure_spans_columns": .flag(options.preset.spansColumns),
          "figure_caption": .text(LaTeX.text(markdown: figure.caption)),
        ])
      files.append(OutputFile(path: "figures/\(figure.name).tex", text: text))
    }
    return files
  }
}
