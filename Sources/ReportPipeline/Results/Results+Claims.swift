extension Results {
  /// The mean relative error of the runs of one level.
  public struct ResidualTrendEntry: Codable, Sendable {
    public var axis: String
    public var value: Number?
    public var runs: Int
    public var mean: Number?
    public var standardError: Number?

    enum CodingKeys: String, CodingKey {
      case axis, value, runs, mean
      case standardError = "standard_error"
    }
  }

  /// What the runs say about one coefficient.
  public struct DeterminationEntry: Codable, Sendable {
    public var coefficient: String
    public var verdict: String
    public var influences: [InfluenceEntry]

    public struct InfluenceEntry: Codable, Sendable {
      public var run: String
      public var relativeChange: Number?

      enum CodingKeys: String, CodingKey {
        case run
        case relativeChange = "relative_change"
      }
    }
  }

  public struct RivalsSection: Codable, Sendable {
    public var laws: [Law]
    public var sizesLeftOut: Int
    public var sizesSkipped: Int
    public var replicates: Int
    public var claims: [Claim]

    enum CodingKeys: String, CodingKey {
      case laws, replicates, claims
      case sizesLeftOut = "sizes_left_out"
      case sizesSkipped = "sizes_skipped"
    }

    public struct Law: Codable, Sendable {
      public var law: String
      public var formula: String
      public var coefficients: [String: Number]
      public var freeCoefficients: Int
      /// Whether the optimum is surely a point; otherwise the errors are those of one of many
      /// equally good fits.
      public var isDetermined: Bool?
      public var objective: Number?
      public var informationExcess: Number?
      public var leaveOneSizeOutError: Number?
      public var leaveOneSizeOutInterval: Interval?
      public var heldOutError: Number?
      public var shareBest: Number?

      enum CodingKeys: String, CodingKey {
        case law, formula, coefficients, objective
        case freeCoefficients = "free_coefficients"
        case isDetermined = "is_determined"
        case informationExcess = "information_excess"
        case leaveOneSizeOutError = "leave_one_size_out_error"
        case leaveOneSizeOutInterval = "leave_one_size_out_interval"
        case heldOutError = "held_out_error"
        case shareBest = "share_best"
      }
    }

    public struct Claim: Codable, Sendable {
      public var claim: String
      public var exponent: String
      public var value: Number?
      public var interval: Interval?
      public var lossChange: Number?
      public var lossChangeLimit: Number?
      public var noticeableChange: Number?
      public var verdict: String

      enum CodingKeys: String, CodingKey {
        case claim, exponent, value, interval, verdict
        case lossChange = "loss_change"
        case lossChangeLimit = "loss_change_limit"
        case noticeableChange = "noticeable_change"
      }
    }
  }

  /// A number with its interval; infinite values and ends are null or absent.
  public struct EstimateEntry: Codable, Sendable {
    public var value: Number?
    public var interval: Interval?
  }

  public struct PatternsSection: Codable, Sendable {
    public var runs: [Run]
    public var patterns: [Pattern]
    public var contrasts: [Contrast]

    public struct Run: Codable, Sendable {
      public var run: String
      public var pattern: String
      public var predicted: Number?
      public var excess: EstimateEntry
      public var pairedExcess: EstimateEntry?
      public var multiplier: EstimateEntry

      enum CodingKeys: String, CodingKey {
        case run, pattern, predicted, excess, multiplier
        case pairedExcess = "paired_excess"
      }
    }

    public struct Pattern: Codable, Sendable {
      public var pattern: String
      public var runs: Int
      public var excess: EstimateEntry
      public var multiplier: EstimateEntry
      public var unstructuredMultiplier: EstimateEntry
      public var share: EstimateEntry

      enum CodingKeys: String, CodingKey {
        case pattern, runs, excess, multiplier, share
        case unstructuredMultiplier = "unstructured_multiplier"
      }
    }

    public struct Contrast: Codable, Sendable {
      public var lowerSparsity: Number?
      public var higherSparsity: Number?
      public var ratio: EstimateEntry
      public var verdict: String

      enum CodingKeys: String, CodingKey {
        case ratio, verdict
        case lowerSparsity = "lower_sparsity"
        case higherSparsity = "higher_sparsity"
      }
    }
  }

  public struct PretrainedSection: Codable, Sendable {
    public var agreement: String
    public var runs: [Run]

    public struct Run: Codable, Sendable {
      public var run: String
      public var pruningData: Number?
      public var parentData: Number?
      public var scratchData: EstimateEntry
      public var multipleOfPruning: EstimateEntry
      public var multipleOfBoth: EstimateEntry?
      public var verdict: String

      enum CodingKeys: String, CodingKey {
        case run, verdict
        case pruningData = "pruning_data"
        case parentData = "parent_data"
        case scratchData = "scratch_data"
        case multipleOfPruning = "multiple_of_pruning"
        case multipleOfBoth = "multiple_of_both"
      }
    }
  }

  public struct BreakEvenEntry: Codable, Sendable {
    public var label: String
    public var question: String
    public var sparsity: Number?
    public var points: [Point]

    public struct Point: Codable, Sendable {
      public var chinchillaMultiple: Number?
      /// 0 where no saving is needed, absent where none suffices.
      public var efficiency: Number?
      public var interval: Interval?

      enum CodingKeys: String, CodingKey {
        case efficiency, interval
        case chinchillaMultiple = "chinchilla_multiple"
      }
    }
  }

  public struct StorageEntry: Codable, Sendable {
    public var format: String
    public var sparsity: Number?
    public var bytes: Number?
    public var shareOfDense: Number?

    enum CodingKeys: String, CodingKey {
      case format, sparsity, bytes
      case shareOfDense = "share_of_dense"
    }
  }
}
