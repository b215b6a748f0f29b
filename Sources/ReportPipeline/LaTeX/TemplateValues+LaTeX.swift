extension TemplateValues {
  /// The same values for templates in LaTeX instead of Markdown.
  var latex: TemplateValues { TemplateValues(entries.mapValues(\.latex)) }
}

extension TemplateValue {
  fileprivate var latex: TemplateValue {
    switch self {
    case .text(let markdown): .text(LaTeX.text(markdown: markdown))
    case .flag: self
    case .rows(let rows): .rows(TemplateRows(columns: rows.columns, rows: rows.rows.map(\.latex)))
    }
  }
}

extension TemplateRows {
  fileprivate init(columns: Set<String>, rows: [TemplateValues]) {
    self.columns = columns
    self.rows = rows
  }
}
