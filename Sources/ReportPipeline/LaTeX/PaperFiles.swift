import CairoRendering
import Plotting
import ScalingLaws

/// What a paper in LaTeX takes from the report: numbers, tables and figures with their captions.
enum PaperFiles {
  static func make(
    _ analysis: SweepAnalysis, _ figures: [DrawnFigure], _ templates: TemplateLibrary,
    _ values: Record, _ options: PipelineOptions
  ) throws(PipelineError) -> [OutputFile] {
    let sweep = analysis.sweep.name
    let macros = NumberMacros(values, sweep: sweep)
    var files = [
      OutputFile(
        path: "numbers.tex", text: try templates.render("numbers.tex", macros.record, in: .latex))
    ]
    var page = values
    page.append(
      contentsOf: Record(LaTeX.sweepLabel(sweep), [raw("label") { $0 }]))
    let tables = values.tables
    // Where nothing is sparse, a column of zeros says nothing.
    let leftOut: Set<String> = analysis.isDense ? ["sparsity", "chinchilla_multiple_sparse"] : []
    for table in tables {
      files.append(
        OutputFile(path: "tables/\(table.name).csv", text: table.csv(without: leftOut)))
    }
    if let uncertainty = analysis.finalFit?.uncertainty {
      files.append(
        OutputFile(path: ReplicateTable.path, text: ReplicateTable.csv(uncertainty.distribution)))
    }
    for name in Sections.tableNames where templates.has("tables/\(name).tex") {
      // Also where there is no such table, so that a misspelt name is found in every report.
      let text = try templates.render("tables/\(name).tex", page, in: .latex)
      if tables.contains(where: { $0.name == name }) {
        files.append(OutputFile(path: "tables/\(name).tex", text: text))
      }
    }
    // A format that LaTeX can include, and that keeps its true size.
    guard let format = [ImageFormat.pdf, .png].first(where: options.formats.contains) else {
      return files
    }
    for figure in figures {
      let snippet = Snippet(
        name: figure.name, sweep: sweep, format: format, preset: options.preset,
        caption: figure.latexCaption)
      files.append(
        OutputFile(
          path: "figures/\(figure.name).tex",
          text: try templates.render("figure.tex", Record(snippet, snippetFields), in: .latex)))
    }
    return files
  }
}

/// A figure as `\input` takes it.
private struct Snippet: Sendable {
  var name: String
  var sweep: String
  var format: ImageFormat
  var preset: Preset
  var caption: String
}

private let snippetFields: [Field<Snippet>] = [
  raw("figure_label") { LaTeX.sweepLabel($0.sweep) + ":" + $0.name },
  raw("figure_path") {
    "\(OutputFolder.name(ofSweep: $0.sweep))/figures/\($0.name).\($0.format.fileExtension)"
  },
  raw("figure_caption") { $0.caption },
  raw("figure_width") { Style.setting.text($0.preset.width / 72) },
  .flag("figure_spans_columns") { $0.preset.spansColumns },
]

/// The numbers of a sweep as LaTeX macros.
package struct NumberMacros: Sendable {
  package struct Macro: Sendable {
    package var name: String
    package var number: Style.Written
  }

  package let macros: [Macro]
  private let sweep: String

  /// Every number that names a macro, each name once: two sparsities that differ by a rounding of
  /// weights have one name, and the first keeps it.
  package init(_ record: Record, sweep: String) {
    self.sweep = sweep
    let found = record.macros
    let known = Record.macroWords(record.slots).map(LaTeX.macroName)
    let prefix = LaTeX.macroPrefix(sweep: sweep, macros: known + found.map(\.name))
    var seen: Set<String> = []
    macros = found.compactMap { macro in
      let name = prefix + macro.name
      let names = macro.number.ends == nil ? [name] : [name, name + "Low", name + "High"]
      guard seen.isDisjoint(with: names) else { return nil }
      seen.formUnion(names)
      return Macro(name: name, number: macro.number)
    }
  }

  /// For the template of numbers.tex.
  package var record: Record {
    Record(
      self,
      [
        raw("sweep") { macros in
          String(
            macros.sweep.filter {
              $0.isASCII && ($0.isLetter || $0.isNumber || "-_. ".contains($0))
            })
        },
        raw("example") { ($0.macros.first { $0.number.ends != nil } ?? $0.macros.first)?.name },
        .rows(
          "macros", { $0.macros },
          [
            raw("macro") { $0.name },
            // With its braces: three in a row would be a tag of another kind.
            raw("macro_value") { "{\($0.number.value.latex)}" },
            raw("macro_low") { $0.number.ends.map { "{\($0.low.latex)}" } },
            raw("macro_high") { $0.number.ends.map { "{\($0.high.latex)}" } },
          ]),
      ])
  }
}

/// A text that is LaTeX already.
private func raw<Item>(
  _ key: String, _ value: @escaping @Sendable (Item) -> String?
) -> Field<Item> {
  .wording(key) { value($0).map(Wording.verbatim) }
}

extension Record {
  /// The numbers that name a macro, in order.
  fileprivate var macros: [NumberMacros.Macro] {
    zip(slots, values).flatMap { slot, value -> [NumberMacros.Macro] in
      switch (value, slot.shape) {
      case (.number(let number, let interval, let own), .number(let style)),
        (.number(let number, let interval, let own), .estimate(let style)):
        guard let words = own ?? slot.macro else { return [] }
        let style = if case .count = style { Style.count("") } else { style }
        return [
          NumberMacros.Macro(
            name: LaTeX.macroName(words), number: style.written(number, interval))
        ]
      case (.record(let record), _): return record.macros
      case (.rows(let rows), _): return rows.flatMap(\.macros)
      default: return []
      }
    }
  }
}

extension Record {
  /// The words of the macros that do not depend on data, with data or without.
  fileprivate static func macroWords(_ slots: [Slot]) -> [String] {
    slots.flatMap { slot -> [String] in
      let inner =
        switch slot.shape {
        case .record(let slots), .rows(let slots): macroWords(slots)
        default: [String]()
        }
      return [slot.macro].compactMap { $0 } + inner
    }
  }
}
