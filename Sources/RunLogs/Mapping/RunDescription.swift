/// What a run's configuration says of how it was to be, and how it ended.
package struct RunDescription: Sendable {
  /// A status such as `finished`, as the logger or script writes it.
  package var status: (text: String, file: String?, line: Int?)?
  /// The steps that were planned.
  package var plannedSteps: (count: Double, name: String)?
  /// The data that were planned, in the data column's own unit.
  package var plannedData: (count: Double, name: String)?
  package var targetSparsity: Double?
  /// The fractions of training at which pruning starts and ends.
  package var pruningStart: Double?
  package var pruningEnd: Double?

  package init() {}

  package init(_ configuration: Configuration, dataColumn: String?) {
    func first(_ names: [String]) -> Configuration.Constant? {
      ConventionalNames.first(of: names, among: configuration.constants.map(\.name))
        .flatMap { configuration[$0] }
    }
    func number(_ names: [String]) -> (Double, String)? {
      guard let found = first(names), case .number(let value) = found.value.number, value > 0
      else { return nil }
      return (value, found.name)
    }
    if let found = first(["status", "state", "run_state"]), let text = found.value.text {
      status = (text, found.file, found.line)
    }
    plannedSteps = number([
      "max_steps", "total_steps", "num_train_steps", "train_steps", "training_steps",
      "num_training_steps", "max_train_steps", "train_iters", "max_iters", "steps", "num_steps",
      "n_steps",
    ])
    plannedData = dataColumn.flatMap { number([ConventionalNames.normalised($0)]) }
    targetSparsity =
      number([
        "target_sparsity", "sparsity_target", "final_sparsity", "prune_target", "pruning_target",
      ])?.0
    func fraction(_ names: [String]) -> Double? {
      guard let found = first(names), case .number(let value) = found.value.number,
        (0...1).contains(value)
      else { return nil }
      return value
    }
    pruningStart = fraction(["prune_start", "pruning_start", "start_fraction"])
    pruningEnd = fraction(["prune_end", "pruning_end", "end_fraction"])
  }

  /// Whether the status is one of those that mean that the run did not come to its end.
  package var statusIsUnfinished: Bool {
    let known: Set = [
      "running", "failed", "failure", "crashed", "killed", "interrupted", "preempted", "preempting",
      "aborted", "timeout", "timed_out", "oom", "scheduled", "pending", "stopped", "cancelled",
      "canceled", "error", "unfinished", "diverged",
    ]
    return status.map { known.contains($0.text.lowercased()) } ?? false
  }
}
