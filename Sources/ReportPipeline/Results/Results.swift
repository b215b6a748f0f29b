/// Every number of one sweep's report, as results.json holds it.
///
/// The keys are a contract with programs that read the file: add, never rename. What was not
/// computed is absent.
public struct Results: Codable, Sendable {
  public var schema = 1
  public var sweep: SweepSection
  public var runs: RunsSection
  public var fit: FitSection?
  public var refit: FitSection?
  public var published: PublishedSection?
  public var holdout: HoldoutSection?
  public var optimalSparsity: OptimalSparsitySection?
  public var effectiveParameters: [EffectiveParametersEntry]?
  public var effectiveParametersLimit: LimitEntry?
  public var noise: NoiseSection?
  public var residualTrends: [ResidualTrendEntry]?
  /// What is to be noticed about single runs, and what was done.
  public var findings: [FindingEntry]?
  /// The check of every run of the concluding fit; absent with too few runs to tell.
  public var outliers: OutliersSection?
  /// The concluding fit with excluded runs put back.
  public var exclusionLedger: ExclusionLedgerSection?
  public var identifiability: [DeterminationEntry]?
  public var rivals: RivalsSection?
  public var patterns: PatternsSection?
  public var pretrained: PretrainedSection?
  public var breakEven: [BreakEvenEntry]?
  public var storage: [StorageEntry]?
  public var warnings: [String]

  enum CodingKeys: String, CodingKey {
    case schema, sweep, runs, fit, refit, published, holdout, noise, warnings
    case identifiability, rivals, patterns, pretrained, storage, findings, outliers
    case exclusionLedger = "exclusion_ledger"
    case breakEven = "break_even"
    case residualTrends = "residual_trends"
    case optimalSparsity = "optimal_sparsity"
    case effectiveParameters = "effective_parameters"
    case effectiveParametersLimit = "effective_parameters_limit"
  }

  public struct SweepSection: Codable, Sendable {
    public var name: String
    public var title: String
    public var lossUnit: String
    public var dataUnit: String

    enum CodingKeys: String, CodingKey {
      case name, title
      case lossUnit = "loss_unit"
      case dataUnit = "data_unit"
    }
  }

  public struct RunsSection: Codable, Sendable {
    public var read: Int
    public var fitted: Int
    public var heldOut: Int
    public var excluded: [Excluded]
    public var missingFiles: [String]
    public var table: [Row]

    enum CodingKeys: String, CodingKey {
      case read, fitted, excluded, table
      case heldOut = "held_out"
      case missingFiles = "missing_files"
    }

    public struct Excluded: Codable, Sendable {
      public var run: String
      public var why: String
    }

    public struct Row: Codable, Sendable {
      public var run: String
      public var nonzeroParams: Number?
      public var denseParams: Number?
      public var sparsity: Number?
      public var data: Number?
      public var loss: Number?
      public var pattern: String
      public var parent: String?
      public var role: String
      public var predicted: Number?
      public var relativeError: Number?

      enum CodingKeys: String, CodingKey {
        case run, sparsity, data, loss, pattern, parent, role, predicted
        case nonzeroParams = "nonzero_params"
        case denseParams = "dense_params"
        case relativeError = "relative_error"
      }
    }
  }

  public struct NoiseSection: Codable, Sendable {
    public var groups: Int
    public var runs: Int
    public var relativeSD: Number?
    /// Which runs repeat one another's settings.
    public var settings: [RepeatedSettingEntry]?

    enum CodingKeys: String, CodingKey {
      case groups, runs, settings
      case relativeSD = "relative_sd"
    }
  }
}
