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
  package var points: [Point] = []
  package var excludeRules: [ExcludeRule] = []
  package var residual = ResidualKind.log
  package var huberDelta = 0.001
  package var holdout = HoldoutRule.largest
  /// The places of the patterns of `holdout: {runs: ...}`.
  package var holdoutLocations: [SourceLocation] = []
  package var refit = true
  package var compute = ComputeSettings()
  package var published: [PublishedLaw] = []
  /// The law to conclude from, by its name.
  package var law: String?
  package var notes: String?
  package var judgement = UnfinishedRuns.exclude

  package init() {}
}

/// One entry of `runs`.
package struct RunsEntry {
  package var pattern: String
  package var isOptional = false
  package var get: String?
  package var location: SourceLocation
}

/// How a run's loss is taken from its logged rows.
package enum LossTake: Equatable, Sendable {
  case last
  case min
  case mean(Int)
}

/// What is done with runs that were stopped or diverged: their data fall short of the schedule
/// that they were trained for, or their loss says nothing of it.
package enum UnfinishedRuns: String, Sendable {
  case exclude
  case keep
}

/// A measurement typed into sweep.yml, in final names and units.
package struct Point {
  package var run: String
  package var values: [Quantity: Double] = [:]
  package var pattern: SparsityPattern?
  package var parent: String?
  package var location: SourceLocation
}

/// A rule that leaves main runs out: all of its conditions must hold.
package struct ExcludeRule {
  package enum Condition {
    case below(Quantity, Double)
    case above(Quantity, Double)
    case named(String)
  }

  package var conditions: [Condition]
  package var why: String
  package var location: SourceLocation
}
