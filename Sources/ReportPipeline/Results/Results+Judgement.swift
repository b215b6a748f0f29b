import RunLogs
import ScalingLaws

extension Results {
  /// Something to be noticed about a run, and what was done.
  public struct FindingEntry: Codable, Sendable {
    public var run: String
    /// `unfinished`, `diverged`, `outlier`, `repeated-setting` and so on.
    public var kind: String
    public var file: String
    /// From 1; absent where none is known.
    public var line: Int?
    /// The number of the record instead, in a binary log.
    public var record: Int?
    public var message: String
    public var action: String

    public init(_ finding: Finding) {
      run = finding.run
      kind = finding.kind.rawValue
      file = finding.location.file
      line = finding.location.countsRecords ? nil : finding.location.line
      record = finding.location.countsRecords ? finding.location.line : nil
      message = finding.message
      action = finding.action
    }
  }

  /// Runs of equal settings.
  public struct RepeatedSettingEntry: Codable, Sendable {
    public var runs: [String]
    public var nonzeroParams: Number?
    public var sparsity: Number?
    public var data: Number?
    /// The standard deviation of their log losses.
    public var relativeSD: Number?

    enum CodingKeys: String, CodingKey {
      case runs, sparsity, data
      case nonzeroParams = "nonzero_params"
      case relativeSD = "relative_sd"
    }

    init(_ group: RepeatedSettings.Group) {
      runs = group.runs.map(\.name)
      let first = group.runs[0]
      nonzeroParams = Number(first.nonZeroParameters)
      sparsity = Number(first.sparsity)
      data = Number(first.data)
      relativeSD = Number(group.relativeDeviation)
    }
  }

  /// The runs that the concluding fit misses by more than its noise.
  public struct OutliersSection: Codable, Sendable {
    /// The runs that were looked at.
    public var runs: Int
    /// The robust standard deviation of the residuals, in their unit.
    public var scale: Number?
    /// The number of standard deviations beyond which a run is an outlier.
    public var threshold: Number?
    public var table: [Row]

    public struct Row: Codable, Sendable {
      public var run: String
      /// Predicted by the concluding fit over measured, minus 1.
      public var relativeError: Number?
      public var deviations: Number?
      /// What the Huber loss counts the run beside one that fits.
      public var weight: Number?

      enum CodingKeys: String, CodingKey {
        case run, deviations, weight
        case relativeError = "relative_error"
      }
    }

    init(_ check: OutlierCheck) {
      runs = check.runs
      scale = Number(check.scale)
      threshold = Number(check.threshold)
      table = check.outliers.map {
        Row(
          run: $0.run.name, relativeError: Number($0.relativeError),
          deviations: Number($0.deviations), weight: Number($0.weight))
      }
    }
  }

  /// The concluding fit with excluded runs put back.
  public struct ExclusionLedgerSection: Codable, Sendable {
    /// One for each cause, then one for all excluded runs where there are several.
    public var entries: [Entry]
    /// Runs that were not put back one by one, for being too many.
    public var singlesNotTried: Int

    enum CodingKeys: String, CodingKey {
      case entries
      case singlesNotTried = "singles_not_tried"
    }

    public struct Entry: Codable, Sendable {
      /// `rule`, `unfinished`, `diverged`, `fault` or `all`.
      public var cause: String
      /// The conditions of a rule of sweep.yml.
      public var rule: String?
      public var runs: [String]
      /// The root mean square of the relative errors of these runs under the concluding fit.
      public var rmsRelativeError: Number?
      /// With all of them put back.
      public var putBack: PutBack
      /// With one of them put back: those that have numbers, in the order of the sweep.
      public var singles: [Single]

      enum CodingKeys: String, CodingKey {
        case cause, rule, runs, singles
        case rmsRelativeError = "rms_relative_error"
        case putBack = "put_back"
      }
    }

    public struct Single: Codable, Sendable {
      public var run: String
      /// Predicted by the concluding fit, without the run, over measured, minus 1.
      public var relativeError: Number?
      public var putBack: PutBack

      enum CodingKeys: String, CodingKey {
        case run
        case relativeError = "relative_error"
        case putBack = "put_back"
      }
    }

    public struct PutBack: Codable, Sendable {
      /// `refitted`, `no-numbers`, `other-form` or `not-tried`.
      public var outcome: String
      /// `independent`, `coefficients-depend` or `depends`; absent without intervals.
      public var verdict: String?
      /// Empty unless refitted.
      public var moves: [Move]

      init(_ outcome: ExclusionLedger.Outcome) {
        self.outcome = outcome.key
        verdict = outcome.verdict?.rawValue
        moves = (outcome.moves ?? []).map(Move.init)
      }
    }

    public struct Move: Codable, Sendable {
      /// A coefficient's name, `multiplier` or `threshold`.
      public var quantity: String
      public var accounting: String?
      public var sparsity: Number?
      public var estimate: Number?
      public var putBack: Number?
      public var relativeChange: Number?
      /// The move as a share of the way to the end of the 95 % interval on its side.
      public var intervalShare: Number?

      enum CodingKeys: String, CodingKey {
        case quantity, accounting, sparsity, estimate
        case putBack = "put_back"
        case relativeChange = "relative_change"
        case intervalShare = "interval_share"
      }

      init(_ move: ExclusionLedger.Move) {
        quantity = move.quantity.key
        accounting = move.quantity.accounting
        sparsity = Number(move.quantity.sparsity)
        estimate = Number(move.estimate)
        putBack = Number(move.putBack)
        relativeChange = Number(move.relativeChange)
        intervalShare = Number(move.share)
      }
    }

    init(_ ledger: ExclusionLedger) {
      entries = ledger.entries.map { entry in
        Entry(
          cause: entry.cause.key, rule: entry.cause.rule, runs: entry.runs,
          rmsRelativeError: entry.singles.isEmpty ? nil : Number(entry.rmsRelativeError),
          putBack: PutBack(entry.outcome),
          singles: entry.singles.map {
            Single(
              run: $0.run.name, relativeError: Number($0.relativeError),
              putBack: PutBack($0.outcome))
          })
      }
      singlesNotTried = ledger.singlesNotTried
    }
  }
}

// What the ledger's cases are called in results.json and in tables for programs.

extension ExclusionLedger.Outcome {
  var key: String {
    switch self {
    case .refitted: "refitted"
    case .noNumbers: "no-numbers"
    case .otherForm: "other-form"
    case .notTried: "not-tried"
    }
  }
}

extension ExclusionLedger.Quantity {
  var key: String {
    switch self {
    case .coefficient(let name): name
    case .multiplier: "multiplier"
    case .threshold: "threshold"
    }
  }

  var accounting: String? {
    if case .threshold(let accounting, _) = self { return accounting }
    return nil
  }

  var sparsity: Double? {
    switch self {
    case .coefficient: nil
    case .multiplier(let sparsity), .threshold(_, let sparsity): sparsity
    }
  }
}

extension Exclusion.Cause? {
  var key: String {
    switch self {
    case .rule: "rule"
    case .unfinished: "unfinished"
    case .diverged: "diverged"
    case .fault: "fault"
    case nil: "all"
    }
  }

  /// The conditions of a rule.
  var rule: String? {
    if case .rule(let conditions, _) = self { return conditions }
    return nil
  }
}
