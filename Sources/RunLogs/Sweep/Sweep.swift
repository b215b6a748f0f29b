import Foundation

/// Everything that was read of one sweep.
public struct Sweep: Sendable {
  /// The name of the sweep's folder.
  public var name: String
  public var title: String
  /// How the runs were made, or a citation.
  public var source: String?
  /// The unit of the loss, such as `nats/byte`; empty where sweep.yml gives none.
  public var lossUnit = ""
  /// The unit of the data, such as `tokens`.
  public var dataUnit = "tokens"
  public var residual = ResidualKind.log
  /// The residual beyond which the Huber loss is linear; nil for what the scatter of the residuals
  /// asks for.
  public var huberDelta: Double?
  public var holdout = HoldoutRule.largest
  /// Whether to fit again on all main runs after the check.
  public var refit = true
  public var compute = ComputeSettings()
  /// What sweep.yml gives from the literature, in its order.
  public var published: [PublishedLaw]
  /// The law that the report concludes from, by its name; nil for the paper's.
  public var law: String?
  /// What the author says of the runs, whole.
  public var notes: String?
  /// Whether the loss is the training loss, because a column of it was asked for by name.
  public var lossIsTraining = false
  /// Every valid run, of every role: entries of `runs` in order, paths by bytes, rows as written,
  /// then the runs of chart exports, then points.
  public var runs: [TrainingRun]
  /// Every run that was read and is not used, with the reason.
  public var exclusions: [Exclusion] = []
  /// The search of which the best runs were kept, where sweep.yml says `keep`.
  public var keptBest: KeptBest?
  /// What was noticed and did not cost a run.
  public var warnings: [String] = []
  /// What was noticed about single runs, in the order of the runs, and what was done.
  public var findings: [Finding] = []
  /// Optional files that are not there.
  public var missingFiles: [MissingFile] = []
  /// Every file that was read.
  public var inputs: [InputFile] = []
  /// The columns that gave each quantity.
  public var columns: [MappedColumn] = []
  /// Valid and faulty runs together.
  public var runsRead: Int

  public init(name: String, published: [PublishedLaw] = [], runs: [TrainingRun] = []) {
    self.name = name
    title = name
    self.runs = runs
    self.published = published
    runsRead = runs.count
  }

  /// Whether no run is sparse or was pruned; true without runs.
  public var isDense: Bool {
    runs.allSatisfy { nominalSparsity($0.sparsity) == 0 && $0.isMain }
  }
}

/// A search over settings of which the best run is kept, for each N, S and D.
public struct KeptBest: Sendable, Equatable {
  /// The columns that were searched over.
  public var over: [String]
  /// The runs that a better one stands for.
  public var notBest: Int

  public init(over: [String], notBest: Int) {
    self.over = over
    self.notBest = notBest
  }
}

/// A run that is not used; texts are shortened to 2,000 bytes.
public struct Exclusion: Sendable, Equatable {
  /// What many runs can be left out for together.
  public enum Cause: Sendable, Hashable {
    /// A rule of sweep.yml: its conditions, such as "data below 2,000,000", and its reason.
    case rule(String, why: String)
    /// The log shows that training did not come to its planned end.
    case unfinished
    /// The log shows that the loss rose again.
    case diverged
    /// A fault of the run's own log, which leaves no numbers to use.
    case fault
  }

  public var run: String
  /// What faults of one kind share; nil but for faults.
  public var kind: String?
  /// The line for sweep.yml that mends such faults, where there is one.
  public var remedy: String?
  /// The reason; for a run at fault it starts with the place of the fault.
  public var why: String
  public var cause: Cause

  public init(
    run: String, why: String, cause: Cause = .fault, kind: String? = nil, remedy: String? = nil
  ) {
    self.kind = kind?.shortened
    self.remedy = remedy?.shortened
    self.run = run.shortened
    self.why = why.shortened
    self.cause = cause
  }

  /// A run that a fault costs.
  ///
  /// - Parameter mend: what to do where the fault does not say.
  init(run: String, _ fault: Fault, mend: String = "mend the log or leave the run out") {
    self.init(
      run: run,
      why: (fault.place.map { "\($0): " } ?? "")
        + "\(fault.message); the run is excluded: \(fault.fix ?? mend)",
      kind: fault.likeness ?? fault.message, remedy: fault.remedy)
  }
}

extension Sweep {
  /// Roughly how many bytes it takes in memory.
  package var size: Int {
    let ofRuns = runs.reduce(0) { sum, run in
      sum + 1_000 + run.history.count * MemoryLayout<LoggedRow>.stride
        + run.settings.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count + 64 }
    }
    let texts =
      exclusions.flatMap { [$0.run, $0.why, $0.kind ?? ""] }
      + findings.flatMap { [$0.run, $0.message, $0.action] }
    return texts.reduce(ofRuns) { $0 + $1.utf8.count + 64 }
  }
}

/// An optional file that is absent.
public struct MissingFile: Sendable, Equatable {
  /// The path as messages name it, such as `Data/x/table.csv`.
  public var path: String
  /// How to get the file.
  public var get: String?

  public init(path: String, get: String? = nil) {
    self.path = path
    self.get = get
  }
}

/// A file that was read.
public struct InputFile: Sendable, Equatable {
  /// The path from the data root.
  public var path: String
  public var url: URL
}

/// Which column of the logs gave a quantity.
public struct MappedColumn: Sendable, Equatable {
  /// The quantity's name in sweep.yml, such as `dense_params`.
  public var quantity: String
  public var column: String
  /// The factor that turns the column into the quantity.
  public var times: Double
  /// Whether the column was recognised by its name alone.
  public var byConvention: Bool
}
