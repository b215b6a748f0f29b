import CairoRendering
import Fitting
import Foundation
import Plotting
import ScalingLaws

/// Everything that is written for one sweep.
struct SweepDocument: Sendable {
  /// The texts of a report, each a template of its name, in the order in which figures are numbered.
  static let pages = ["report.md", "appendix.md"]

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
      let values = Sections.record(analysis)
      let drawn = try Self.draw(analysis, templates, values, renderer, options, manifest.digest)
      let figures = drawn.map(\.figure)
      var files = drawn.flatMap(\.files)
      files.append(OutputFile(path: "results.json", bytes: values.json.document))
      let page = Page(figures: figures, options: options, digest: manifest.digest)
      var record = values
      record.append(contentsOf: Record(page, pageFields))
      var numbers = FigureNumbers()
      for path in Self.pages where templates.has(path) {
        let text = tidied(try templates.render(path, record))
        files.append(OutputFile(path: path, text: numbers.fill(text)))
      }
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
    _ analysis: SweepAnalysis, _ templates: TemplateLibrary, _ values: Record,
    _ renderer: CairoRenderer, _ options: PipelineOptions, _ digest: String
  ) throws -> [(figure: DrawnFigure, files: [OutputFile])] {
    let sources = FigureCatalogue.figures(for: analysis)
    let shared = values.appending(FigureSweep(analysis).captionValues)
    let results = parallelMap(count: sources.count, threads: options.fit.threads) { index in
      Result {
        let name = type(of: sources[index]).name
        let layout = sources[index].figure()
        let values = shared.appending(sources[index].captionValues)
          .appending(Record(layout, captionFields))
        func words(_ path: String, _ medium: Medium) throws -> String {
          oneLine(try templates.render("figures/\(name)\(path)", values, in: medium))
        }
        let figure = DrawnFigure(
          name: name, figure: layout, caption: try words(".md", .markdown),
          latexCaption: try words(".md", .latex), altText: try words(".alt.txt", .plain))
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

/// What a caption may cite of its figure.
private let captionFields: [Field<Figure>] = [
  .flag("has_panels") { $0.panels.count > 1 }, .flag("has_bands") { $0.hasBands },
  .flag("has_cut_bands") { $0.hasCutBands }, .flag("has_bars") { $0.hasBars },
  .flag("has_dashes") { $0.hasDashes },
]

/// What a report cites besides the numbers of its sections.
package struct Page: Sendable {
  var figures: [DrawnFigure]
  var options: PipelineOptions
  var digest: String

  /// The names of all that stands in a report, with data or without.
  package static var slots: [Slot] { Sections.slots + pageFields.map(\.slot) }
}

private let pageFields: [Field<Page>] = [
  // A record for each figure, present where it was drawn: `figures.loss_vs_sparsity`.
  .record(
    "figures", { $0 },
    FigureCatalogue.names.map { name in
      .record(
        DrawnFigure.key(name),
        { page in
          page.figures.first { $0.name == name }.map { figure in
            PageFigure(figure: figure, formats: page.options.formats)
          }
        }, figureFields)
    }),
  .text("version") { _ in ReportVersion.current },
  .text("settings") { page in
    page.options.settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      .joined(separator: ", ")
  },
  .text("digest") { String($0.digest.prefix(16)) },
]

/// A figure in its place.
private struct PageFigure: Sendable {
  var figure: DrawnFigure
  var formats: [ImageFormat]

  /// A picture that browsers show, and that other tools can embed as it is.
  var shown: ImageFormat? { [.png, .svg].first { formats.contains($0) } }
}

private let figureFields: [Field<PageFigure>] = [
  .wording("number") { .verbatim(FigureNumbers.place(of: $0.figure.key)) },
  .wording("path") { figure in
    figure.shown.map { .verbatim("figures/\(figure.figure.name).\($0.fileExtension)") }
  },
  .text("alt") { $0.figure.altText },
  .wording("caption") { .verbatim($0.figure.caption) },
  .wording("links") { figure in
    let files = figure.formats.map {
      "[\($0.rawValue.uppercased())](figures/\(figure.figure.name).\($0.fileExtension))"
    }
    return .verbatim((files + ["[data](tables/\(figure.figure.name).csv)"]).joined(separator: ", "))
  },
]

/// Numbers of figures, in the order in which a reader meets them: known only of finished pages,
/// since a template may show a figure here or there.
private struct FigureNumbers {
  private var keys: [String] = []

  /// A control, which no text from data holds.
  private static let mark: Character = "\u{1}"

  /// What stands for the number until the pages are whole.
  static func place(of key: String) -> String { "\(mark)\(key)\(mark)" }

  /// The page with its numbers, which go on from those of the pages before it.
  mutating func fill(_ page: String) -> String {
    var parts = page.split(separator: Self.mark, omittingEmptySubsequences: false).map(String.init)
    for index in stride(from: 1, to: parts.count, by: 2) {
      if !keys.contains(parts[index]) { keys.append(parts[index]) }
      parts[index] = "\((keys.firstIndex(of: parts[index]) ?? 0) + 1)"
    }
    return parts.joined()
  }
}

/// A page without what its templates need and its readers do not: runs of blank lines and spaces
/// that sections leave behind which render nothing, and line breaks within paragraphs and rows.
package func tidied(_ markdown: String) -> String {
  var lines: [String] = []
  var isCode = false
  for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
    if line.hasPrefix("```") { isCode.toggle() }
    let words = line.split(separator: " ")
    let text = isCode ? String(line) : words.joined(separator: " ")
    guard let last = lines.last else {
      if !text.isEmpty { lines.append(text) }
      continue
    }
    if text.isEmpty, last.isEmpty { continue }
    // Sentences stand on lines of their own in templates, and follow one another in a page.
    if !isCode, isProse(text), isProse(last) || last.hasPrefix("- ") || last.hasPrefix("|") {
      lines[lines.count - 1] += " " + text
    } else {
      lines.append(text)
    }
  }
  while lines.last?.isEmpty == true { lines.removeLast() }
  return lines.joined(separator: "\n") + "\n"
}

/// Whether a line is neither blank nor the begin of anything but a paragraph.
private func isProse(_ line: String) -> Bool {
  !line.isEmpty && !["|", "#", "- ", "<", "![", "```"].contains { line.hasPrefix($0) }
}
