import CairoRendering
import Fitting
import Foundation
import Plotting
import ScalingLaws

/// Everything that is written for one sweep.
struct SweepDocument: Sendable {
  /// With paths below the output folder.
  let files: [OutputFile]
  /// What the user should know of how it was drawn.
  let notices: [String]

  init(
    _ analysis: SweepAnalysis, _ templates: TemplateLibrary, _ renderer: CairoRenderer,
    _ options: PipelineOptions
  ) throws(PipelineError) {
    let name = analysis.sweep.name
    // The only words in figures that are not the program's own.
    let words = analysis.sweep.lossUnit + analysis.sweep.dataUnit
    notices = [renderer.fonts.missingNotice(renderer.fonts.missingCharacters(in: words))]
      .compactMap { $0.map { "\(name): \($0)" } }
    do {
      var manifest = try Manifest(analysis, templates, renderer, options)
      let values = reportValues(analysis)
      let drawn = try Self.draw(analysis, templates, values, renderer, options, manifest.digest)
      let figures = drawn.map(\.figure)
      var files = drawn.flatMap(\.files)
      files.append(
        OutputFile(path: "results.json", bytes: try JSONText.encode(Results(analysis))))
      var page = values
      page.add(figureValues(figures, formats: options.formats))
      page["digest"] = .text(String(manifest.digest.prefix(16)))
      page["version"] = .text(ReportVersion.current)
      page["settings"] = .text(
        options.settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
          .joined(separator: ", "))
      files.append(
        OutputFile(path: "report.md", text: tidied(try templates.render("report.md", page))))
      files += try PaperFiles.make(analysis, figures, templates, values, options)
      files.sort { $0.path < $1.path }
      manifest.outputs = files.map { .init(path: $0.path, sha256: Digest.sha256($0.bytes)) }
      files.append(
        OutputFile(path: "manifest.json", bytes: try JSONText.encode(manifest)))
      let folder = OutputFolder.name(ofSweep: name)
      self.files = files.map { OutputFile(path: "\(folder)/\($0.path)", bytes: $0.bytes) }
    } catch let error as PipelineError {
      throw error
    } catch {
      throw .unreadable(["\(name): the report cannot be made: \(error)"])
    }
  }

  /// Lays out and draws every figure of the analysis and writes its words, several at once.
  private static func draw(
    _ analysis: SweepAnalysis, _ templates: TemplateLibrary, _ values: TemplateValues,
    _ renderer: CairoRenderer, _ options: PipelineOptions, _ digest: String
  ) throws -> [(figure: DrawnFigure, files: [OutputFile])] {
    let sources = FigureCatalogue.figures(for: analysis)
    // A caption belongs to its chapter, which is there where the figure is.
    var opened = values.opened
    opened.add(FigureSweep(analysis).captionValues)
    let shared = opened
    let results = parallelMap(count: sources.count, threads: options.fit.threads) { index in
      Result {
        let name = type(of: sources[index]).name
        let layout = sources[index].figure()
        var values = shared
        values.add(sources[index].captionValues)
        values["has_panels"] = .flag(layout.panels.count > 1)
        let figure = DrawnFigure(
          name: name, figure: layout,
          caption: oneLine(try templates.render("figures/\(name).md", values)),
          altText: oneLine(try templates.render("figures/\(name).alt.txt", values)))
        let files = try figure.files(
          renderer, preset: options.preset, formats: options.formats,
          title: analysis.sweep.title, digest: digest)
        return (figure: figure, files: files)
      }
    }
    return try results.map { try $0.get() }
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

/// Without the runs of blank lines and spaces that sections leave behind which render nothing.
package func tidied(_ markdown: String) -> String {
  var lines: [String] = []
  for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
    let indent = line.prefix { $0 == " " }
    let words = line.split(separator: " ")
    let text = words.isEmpty ? "" : indent + words.joined(separator: " ")
    if text.isEmpty, lines.last?.isEmpty ?? true { continue }
    lines.append(text)
  }
  while lines.last?.isEmpty == true { lines.removeLast() }
  return lines.joined(separator: "\n") + "\n"
}
