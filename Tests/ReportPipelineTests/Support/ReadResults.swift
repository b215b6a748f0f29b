import Foundation

/// results.json as a program of somebody else would read it: the keys that tests look at.
struct ReadResults: Decodable {
  struct Estimate: Decodable {
    var value: Double?
    var interval: [Double?]?
  }
  struct Runs: Decodable {
    struct Excluded: Decodable { var run: String }
    var read: Int
    var fitted: Int
    var heldOut: Int
    var excluded: [Excluded]
  }
  struct Fit: Decodable {
    var law: String?
    var objective: Double?
    var coefficients: [String: Double]
  }
  struct Holdout: Decodable { var maxAbsRelativeError: Double? }
  struct Optimal: Decodable {
    struct Threshold: Decodable {
      var sparsity: Double?
      var chinchillaMultiple: Double?
    }
    struct Accounting: Decodable { var thresholds: [Threshold] }
    var basis: String
    var accountings: [String: Accounting]
  }
  struct Multiplier: Decodable {
    var sparsity: Double?
    var multiplier: Double?
  }
  struct Noise: Decodable {
    struct Setting: Decodable { var runs: [String] }
    var settings: [Setting]?
  }
  struct Finding: Decodable {
    var run: String
    var kind: String
    var file: String
    var line: Int?
  }
  struct Outliers: Decodable {
    struct Row: Decodable { var run: String }
    var table: [Row]
  }
  struct Ledger: Decodable {
    struct Move: Decodable {
      var quantity: String
      var estimate: Double?
      var intervalShare: Double?
    }
    struct PutBack: Decodable {
      var outcome: String
      var verdict: String?
      var moves: [Move]
    }
    struct Single: Decodable { var run: String }
    struct Entry: Decodable {
      var cause: String
      var rule: String?
      var rmsRelativeError: Double?
      var putBack: PutBack
      var singles: [Single]
    }
    var entries: [Entry]
  }
  struct Rivals: Decodable {
    struct Law: Decodable { var isDetermined: Bool? }
    var laws: [Law]
  }

  var runs: Runs
  var fit: Fit?
  var refit: Fit?
  var holdout: Holdout?
  var optimalSparsity: Optimal?
  var effectiveParameters: [Multiplier]?
  var effectiveParametersLimit: Multiplier?
  var noise: Noise?
  var findings: [Finding]?
  var outliers: Outliers?
  var exclusionLedger: Ledger?
  var rivals: Rivals?
  var warnings: [String]
}
