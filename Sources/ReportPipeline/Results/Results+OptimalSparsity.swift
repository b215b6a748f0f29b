extension Results {
  public struct OptimalSparsitySection: Codable, Sendable {
    public var basis: String
    public var contourSlope: Number?
    public var referenceParams: Number?
    public var largestFittedSparsity: Number?
    public var accountings: [String: AccountingEntry]
    public var densityRatios: [DensityRatioEntry]
    public var densityRatioLimit: Number?
    public var tolerance: Number?
    public var optima: [OptimumEntry]?

    enum CodingKeys: String, CodingKey {
      case basis, accountings, tolerance, optima
      case contourSlope = "contour_slope"
      case referenceParams = "reference_params"
      case largestFittedSparsity = "largest_fitted_sparsity"
      case densityRatios = "density_ratios"
      case densityRatioLimit = "density_ratio_limit"
    }

    public struct AccountingEntry: Codable, Sendable {
      public var thresholds: [Threshold]
    }

    public struct Threshold: Codable, Sendable {
      public var sparsity: Number?
      public var chinchillaMultiple: Number?
      public var interval: Interval?
      public var isExtrapolated: Bool?
      public var unconstrainedDense: UnconstrainedDenseEntry?

      enum CodingKeys: String, CodingKey {
        case sparsity, interval
        case chinchillaMultiple = "chinchilla_multiple"
        case isExtrapolated = "is_extrapolated"
        case unconstrainedDense = "unconstrained_dense"
      }
    }

    public struct UnconstrainedDenseEntry: Codable, Sendable {
      public var sizeRatio: Number?
      public var reducibleLossRatio: Number?
      public var lossGap: Number?

      enum CodingKeys: String, CodingKey {
        case sizeRatio = "size_ratio"
        case reducibleLossRatio = "reducible_loss_ratio"
        case lossGap = "loss_gap"
      }
    }

    public struct OptimumEntry: Codable, Sendable {
      public var accounting: String
      public var chinchillaMultiple: Number?
      public var sparsity: Number?
      public var interval: Interval?
      public var nearOptimal: Interval?
      public var loss: Number?

      enum CodingKeys: String, CodingKey {
        case accounting, sparsity, interval, loss
        case chinchillaMultiple = "chinchilla_multiple"
        case nearOptimal = "near_optimal"
      }
    }

    public struct DensityRatioEntry: Codable, Sendable {
      public var chinchillaMultiple: Number?
      public var denseAccounting: Number?
      public var sparseAccounting: Number?
      public var densityRatio: Number?

      enum CodingKeys: String, CodingKey {
        case chinchillaMultiple = "chinchilla_multiple"
        case denseAccounting = "optimal_sparsity_dense"
        case sparseAccounting = "optimal_sparsity_sparse"
        case densityRatio = "density_ratio"
      }
    }
  }

  public struct EffectiveParametersEntry: Codable, Sendable {
    public var sparsity: Number?
    public var multiplier: Number?
    public var interval: Interval?
  }

  public struct LimitEntry: Codable, Sendable {
    public var multiplier: Number?
    public var interval: Interval?
  }
}
