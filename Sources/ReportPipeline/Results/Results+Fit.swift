extension Results {
  public struct FitSection: Codable, Sendable {
    public var law: String
    public var formula: String
    public var residual: String
    public var huberDelta: Number?
    public var runs: Int
    public var objective: Number?
    public var coefficients: [String: Number]
    public var intervals: IntervalsSection?
    public var starts: Starts
    public var termination: String
    public var otherMinima: [Minimum]
    public var rmsRelativeError: Number?
    public var maxRelativeError: Number?
    public var conditionNumber: Number?
    public var warnings: [String]

    enum CodingKeys: String, CodingKey {
      case law, formula, residual, runs, objective, coefficients, intervals, starts, termination
      case warnings
      case huberDelta = "huber_delta"
      case otherMinima = "other_minima"
      case rmsRelativeError = "rms_relative_error"
      case maxRelativeError = "max_relative_error"
      case conditionNumber = "condition_number"
    }

    public struct Starts: Codable, Sendable {
      public var tried: Int
      public var reachedBest: Int

      enum CodingKeys: String, CodingKey {
        case tried
        case reachedBest = "reached_best"
      }
    }

    public struct Minimum: Codable, Sendable {
      public var objective: Number?
      public var starts: Int
    }
  }

  /// `{level, a_S: [lo, hi], ...}`.
  public struct IntervalsSection: Codable, Sendable {
    public var level: Double
    public var method: String
    public var coefficients: [String: Interval]

    private struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.init(stringValue) }
      init?(intValue: Int) { nil }
    }

    public init(level: Double, method: String, coefficients: [String: Interval]) {
      self.level = level
      self.method = method
      self.coefficients = coefficients
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      level = try container.decode(Double.self, forKey: Key("level"))
      method = try container.decode(String.self, forKey: Key("method"))
      coefficients = [:]
      for key in container.allKeys where !["level", "method"].contains(key.stringValue) {
        coefficients[key.stringValue] = try container.decode(Interval.self, forKey: key)
      }
    }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(level, forKey: Key("level"))
      try container.encode(method, forKey: Key("method"))
      for (name, interval) in coefficients {
        try container.encode(interval, forKey: Key(name))
      }
    }
  }

  public struct PublishedSection: Codable, Sendable {
    public var name: String
    public var coefficients: [String: Number]
    public var objective: Number?
  }

  public struct HoldoutSection: Codable, Sendable {
    public var rule: String
    public var predictor: String
    public var runs: [Row]
    public var meanAbsRelativeError: Number?
    public var maxAbsRelativeError: Number?

    enum CodingKeys: String, CodingKey {
      case rule, predictor, runs
      case meanAbsRelativeError = "mean_abs_relative_error"
      case maxAbsRelativeError = "max_abs_relative_error"
    }

    public struct Row: Codable, Sendable {
      public var run: String
      public var nonzeroParams: Number?
      public var sparsity: Number?
      public var data: Number?
      public var measured: Number?
      public var predicted: Number?
      public var interval: Interval?
      public var relativeError: Number?
      public var publishedPrediction: Number?

      enum CodingKeys: String, CodingKey {
        case run, sparsity, data, measured, predicted, interval
        case nonzeroParams = "nonzero_params"
        case relativeError = "relative_error"
        case publishedPrediction = "published_prediction"
      }
    }
  }
}
