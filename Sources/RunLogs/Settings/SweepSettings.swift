/// What sweep.yml says.
package struct SweepSettings {
  package var title: String?
  package var source: String?
  /// Where the runs are; nil where sweep.yml leaves it to convention.
  package var runs: [RunsEntry]?
  package var mapping = Mapping()
  package var take = LossTake.last
  /// The part of training whose rows give the loss; nil for all.
  package var within: TrainingPart?
  /// Measurements typed into sweep.yml, in final names and units.
  var points: [RunDraft] = []
  package var excludeRules: [ExcludeRule] = []
  package var residual = ResidualKind.log
  package var huberDelta: Double?
  package var holdout = HoldoutRule.largest
  /// The places of the patterns of `holdout: {runs: ...}`.
  package var holdoutLocations: [SourceLocation] = []
  package var refit = true
  package var compute = ComputeSettings()
  package var published: [PublishedLaw] = []
  /// The law to conclude from, by its name.
  package var law: String?
  package var notes: String?
  package var unfinished = UnfinishedRuns.exclude
  /// The place of `take` or `within`.
  package var takeLocation: SourceLocation?
  /// Whether losses that rise with data and parameters are accepted.
  package var mayRise = false
  package var faulty = FaultyRuns.refuse
  /// Conditions on the rows of tables: all must hold.
  package var filters: [RowFilter] = []
  /// The columns over which the best run is kept of those that differ in nothing else.
  package var keepsBestOver: [String] = []
  /// The column of tables each of whose values is a sweep of its own.
  package var sweepsBy: String?
  package var sweepsByLocation: SourceLocation?

  package init() {}
}

/// One entry of `runs`.
package struct RunsEntry {
  package var pattern: String
  package var isOptional = false
  package var get: String?
  /// What the rows of a table are; nil for one run a row.
  package var shape: TableShape?
  package var location: SourceLocation
}

/// What the rows of a table are.
package struct TableShape: Equatable, Sendable {
  /// What tells runs apart.
  package enum Identity: Equatable, Sendable {
    /// The rows that agree in these columns are of one run.
    case columns([String])
    /// Every row is a run, numbered by its line.
    case none
    /// The file is a run; the pattern takes numbers and names out of the file's name.
    case fileName(NamePattern?)
  }

  /// Which rows of a run are observations.
  package enum Observations: Equatable, Sendable {
    /// The loss as `loss.take` says.
    case last
    /// Every row with a loss.
    case all
    /// The rows at these values of the step column.
    case at([Double])
  }

  /// Where in a file of a run its rows are.
  package enum Content: Equatable, Sendable {
    /// In lines of text that fit one of the patterns.
    case lines([NamePattern])
    /// In the list at a path of names of a JSON document.
    case rows([String])

    package var format: LogFormat {
      switch self {
      case .lines(let patterns): TextLog.format(patterns)
      case .rows(let path): JSONRowsFormat.format(at: path)
      }
    }
  }

  package var identity: Identity?
  /// Nil for what the file's name tells.
  package var content: Content?
  /// The column that orders the rows of a run.
  package var step: String?
  package var observations = Observations.last
  package var location: SourceLocation

  /// Whether rows are runs, or of runs that columns tell apart.
  package var isOfRuns: Bool {
    switch identity {
    case Identity.none?, .columns?: true
    case .fileName?, nil: false
    }
  }
}

/// A condition on a column's cell.
package struct RowFilter: Sendable {
  package enum Condition: Sendable {
    /// Any of these texts or numbers.
    case oneOf(Set<String>, Set<Double>)
    case between(below: Double?, above: Double?)
  }
  package var column: String
  package var condition: Condition
  package var location: SourceLocation

  package init(column: String, condition: Condition, location: SourceLocation) {
    self.column = column
    self.condition = condition
    self.location = location
  }

  /// Any of these texts, or numbers that are equal to them.
  package init(column: String, oneOf texts: [String], location: SourceLocation) {
    let numbers = texts.compactMap { text -> Double? in
      if case .number(let number) = Value.text(text).number { number } else { nil }
    }
    self.init(
      column: column, condition: .oneOf(Set(texts), Set(numbers)), location: location)
  }

  /// Whether a cell meets the condition.
  package func accepts(_ cell: Value) -> Bool {
    switch condition {
    case .oneOf(let texts, let numbers):
      if texts.contains(cell.text ?? "") { return true }
      guard !numbers.isEmpty, case .number(let number) = cell.number else { return false }
      return numbers.contains(number)
    case .between(let below, let above):
      guard case .number(let value) = cell.number else { return false }
      return below.map { value < $0 } ?? true && above.map { value > $0 } ?? true
    }
  }
}

/// How a run's loss is taken from its logged rows.
package enum LossTake: Equatable, Sendable {
  case last
  case min
  case mean(Int)
  /// All of them, each an observation.
  case every
}

/// What is done with runs that were stopped or diverged: their data fall short of the schedule
/// that they were trained for, or their loss says nothing of it.
package enum UnfinishedRuns: String, Sendable, CaseIterable {
  case exclude
  case keep
}

/// What is done where one fault takes more than a quarter of the runs: the sweep is refused, or goes
/// on without them.
package enum FaultyRuns: String, Sendable, CaseIterable {
  case refuse
  case exclude
}

/// A rule that leaves main runs out: all of its conditions must hold.
package struct ExcludeRule {
  package enum Condition {
    case below(Quantity, Double)
    case above(Quantity, Double)
    case named(Glob)
  }

  package var conditions: [Condition]
  package var why: String
  package var location: SourceLocation
}
