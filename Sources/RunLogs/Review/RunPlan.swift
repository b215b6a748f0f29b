/// What a run's constants say of how it was to be, and how it ended.
package struct RunPlan: Sendable {
  /// A status such as `finished`, as the logger or script writes it.
  package var status: String?
  /// The steps that were planned.
  package var steps: Double?
  /// The data that were planned, in final units.
  package var data: (count: Double, name: String)?
  package var targetSparsity: Double?
  /// The fractions of training at which pruning starts and ends.
  package var pruningStart: Double?
  package var pruningEnd: Double?

  package init(status: String? = nil) { self.status = status }

  /// - Parameter data: what gives the data, where the log counts them: the constant of the same
  ///   name is then what was planned.
  package init(_ configuration: Hyperparameters, data: Formula?) {
    func first(_ names: [String]) -> Constant? {
      ConventionalNames.first(of: names, among: configuration.constants.map(\.name))
        .flatMap { configuration[$0] }
    }
    func number(_ names: [String]) -> (count: Double, name: String)? {
      // -1, 0 and null are ways to say that nothing was planned.
      for name in names {
        if let found = first([name]), case .number(let value) = found.value.number, value > 0 {
          return (value, found.name)
        }
      }
      return nil
    }
    func fraction(_ names: [String]) -> Double? {
      guard case .number(let value)? = first(names)?.value.number, (0...1).contains(value)
      else { return nil }
      return value
    }
    status = first(["status", "state", "run_state"])?.value.text
    steps = number(ConventionalNames.plannedSteps)?.count
    if let data, data.names.count == 1, let constant = configuration[data.names[0]],
      case .number(let value)? = Optional(data.value { _ in constant.value }), value > 0
    {
      self.data = (value, constant.name)
    }
    targetSparsity =
      number([
        "target_sparsity", "sparsity_target", "final_sparsity", "prune_target", "pruning_target",
      ])?.count
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
    return status.map { known.contains($0.lowercased()) } ?? false
  }
}
