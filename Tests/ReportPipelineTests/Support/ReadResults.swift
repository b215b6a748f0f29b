// The names are the keys of results.json.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

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
    var held_out: Int
    var excluded: [Excluded]
  }
  struct Fit: Decodable {
    var objective: Double?
    var coefficients: [String: Double]
  }
  struct Holdout: Decodable { var max_abs_relative_error: Double? }
  struct Optimal: Decodable {
    struct Threshold: Decodable {
      var sparsity: Double?
      var chinchilla_multiple: Double?
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
      var interval_share: Double?
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
      var rms_relative_error: Double?
      var put_back: PutBack
      var singles: [Single]
    }
    var entries: [Entry]
  }
  struct Rivals: Decodable {
    struct Law: Decodable { var is_determined: Bool? }
    var laws: [Law]
  }

  var runs: Runs
  var fit: Fit?
  var refit: Fit?
  var holdout: Holdout?
  var optimal_sparsity: Optimal?
  var effective_parameters: [Multiplier]?
  var effective_parameters_limit: Multiplier?
  var noise: Noise?
  var findings: [Finding]?
  var outliers: Outliers?
  var exclusion_ledger: Ledger?
  var rivals: Rivals?
  var warnings: [String]
}
