/// How a quantity follows from the columns of a log, as sweep.yml or a conventional name says.
///
/// `column`, `times`, `product`, `density` and `value` are ways to write one: there is one
/// evaluator, `Expression`.
package struct Formula: Equatable, Sendable {
  package var expression: Expression
  /// How messages name it, such as `step x batch_size`.
  package var name: String
  /// The factor that stands beside the name in messages and tables of columns.
  package var times = 1.0
  /// Whether the column gives the density 1 - S where sparsity is wanted.
  package var isDensity = false
  /// What counts where nothing is written, such as the sparsity 0 of dense baselines.
  package var blank: Double?
  /// The numbers that words in the cells stand for, such as 125e6 for `small`.
  package var labels: [String: Double] = [:]
  package var location: SourceLocation?

  /// The columns or constants in it.
  package var names: [String] { expression.names }

  package init(
    column: String, times: Double = 1, offset: Double = 0, isDensity: Bool = false,
    location: SourceLocation? = nil
  ) {
    expression = Expression(column: column, times: times, offset: offset, isDensity: isDensity)
    name = column
    self.times = times
    self.isDensity = isDensity
    self.location = location
  }

  package init(product columns: [String], times: Double = 1, location: SourceLocation?) {
    expression = Expression(product: columns, times: times)
    name = columns.joined(separator: " x ")
    self.times = times
    self.location = location
  }

  package init(_ text: String, _ expression: Expression, location: SourceLocation?) {
    self.expression = expression
    name = text
    self.location = location
  }

  /// The value over cells, each by its name; where one is missing or no number, that is the result.
  package func value(_ cell: (String) -> Value) -> Value {
    var numbers: [Double] = []
    for name in names {
      let written = cell(name)
      let found =
        (labels.isEmpty ? nil : written.text.flatMap { labels[$0] }).map(Value.number)
        ?? written.asNumber
      switch found.number {
      case .number(let number): numbers.append(number)
      case .missing: return .missing
      case .fault: return found
      }
    }
    return .number(expression.value(numbers))
  }
}

/// What sweep.yml says about where each quantity is.
package struct Mapping: Sendable {
  /// A formula over each log, or one number for all runs in final units.
  package enum Source: Equatable, Sendable {
    case formula(Formula)
    case constant(Double, SourceLocation)
  }

  package var sources: [Quantity: Source] = [:]
  package var units: [Quantity: String] = [:]
  /// The column that orders the rows of a run, where `runs` names it.
  package var step: String?
  /// Whether a column of names does not tell runs apart, as `runs` says what does.
  package var hidesRunNames = false

  package init() {}

  /// The quantities with a place given in sweep.yml.
  package func isGiven(_ quantity: Quantity) -> Bool { sources[quantity] != nil }
}

extension Value {
  /// Whether nothing is written there.
  package var isBlank: Bool {
    if case .missing = number { return true }
    return false
  }
}
