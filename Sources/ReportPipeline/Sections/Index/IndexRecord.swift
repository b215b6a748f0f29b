import Foundation
import ScalingLaws

/// A sweep of the index.
struct IndexedSweep: Sendable {
  var folder: String
  /// What its results.json holds; nil where it could not be read.
  var results: IndexedResults?
  var manifest: Manifest?

  /// Figures that a page can show.
  var pictures: [String] {
    let paths = Set((manifest?.outputs ?? []).map(\.path))
    return FigureCatalogue.names.map { "figures/\($0).png" }.filter(paths.contains)
  }

  /// The folder's name as a link target.
  var link: String {
    folder.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? folder
  }
}

/// An interval as results.json keeps it.
private func ends(_ interval: [Double?]?) -> ClosedRange<Double>? {
  guard let interval, interval.count == 2, let low = interval[0], let high = interval[1],
    low <= high
  else { return nil }
  return low...high
}

/// What the index takes from results.json, which may be of another run of the program.
///
/// Its keys are those of the sections; what is absent stays absent.
struct IndexedResults: Decodable, Sendable {
  struct SweepPart: Decodable, Sendable { var title: String }
  struct Runs: Decodable, Sendable { var fitted: Int, heldOut: Int }
  struct Fit: Decodable, Sendable { var rmsRelativeError: Double? }
  struct Holdout: Decodable, Sendable { var meanAbsRelativeError: Double? }
  struct Optimal: Decodable, Sendable {
    struct Accounting: Decodable, Sendable { var thresholds: [Multiple] }
    var basis: String
    var accountings: [String: Accounting]
  }
  struct Published: Decodable, Sendable { var name: String }
  /// What follows from one published law.
  struct Literature: Decodable, Sendable {
    var name: String
    var denseHalf: Double?
    var sparseHalf: Double?
    var multiplierSparsity: Double?
    var multiplier: Double?
  }
  /// A multiple of Chinchilla compute or of parameters, at a sparsity.
  struct Multiple: Decodable, Sendable {
    var sparsity: Double?
    var chinchillaMultiple: Double?
    var multiplier: Double?
    var interval: [Double?]?

    var range: ClosedRange<Double>? { ends(interval) }
  }

  struct ComputeOptimal: Decodable, Sendable {
    var sizeExponent: Double?
    var sizeExponentInterval: [Double?]?
  }

  var sweep: SweepPart
  var runs: Runs
  var fit: Fit?
  var holdout: Holdout?
  var optimalSparsity: Optimal?
  var effectiveParameters: [Multiple]?
  var published: Published?
  var literature: [Literature]?
  var computeOptimal: ComputeOptimal?
  var refit: Fit?

  /// Whether anything is said of sparse models.
  var isSparse: Bool { optimalSparsity != nil || effectiveParameters != nil }

  /// What the conclusions rest on.
  var basis: SweepAnalysis.Basis? {
    if let named = optimalSparsity.flatMap({ SweepAnalysis.Basis(rawValue: $0.basis) }) {
      return named
    }
    return computeOptimal == nil ? nil : refit != nil ? .refit : fit != nil ? .fit : .published
  }

  func threshold(_ accounting: String, at sparsity: Double) -> Multiple? {
    optimalSparsity?.accountings[accounting]?.thresholds.first { $0.sparsity == sparsity }
  }

  /// The published laws that a sweep does not conclude from, where it concludes from another one.
  var otherLaws: [Literature] {
    optimalSparsity?.basis == SweepAnalysis.Basis.published.rawValue
      ? Array((literature ?? []).dropFirst()) : []
  }

  func multiplier(at sparsity: Double) -> Multiple? {
    effectiveParameters?.first { $0.sparsity == sparsity }
  }
}

/// What the index may cite.
let indexFields: [Field<[IndexedSweep]>] = [
  .flag("has_sparse") { sweeps in sweeps.contains { $0.results?.isSparse ?? false } },
  .rows(
    "sweeps", { $0 },
    [
      .text("title") { $0.results?.sweep.title ?? $0.folder },
      .wording("link") { .verbatim($0.link) },
      .record("numbers", { $0.results }, indexedFields),
      .rows(
        "others", { $0.results?.otherLaws ?? [] },
        [
          .text("name") { $0.name },
          .number("dense_half", .multiple) { $0.denseHalf },
          .number("sparse_half", .multiple) { $0.sparseHalf },
          .number("multiplier", .multiple) { $0.multiplierSparsity == 0.75 ? $0.multiplier : nil },
        ]),
      .rows(
        "pictures", { sweep in sweep.pictures.map { (path: $0, link: sweep.link) } },
        [
          .wording("picture") { .verbatim("\($0.link)/\($0.path)") },
          .text("name") { String($0.path.dropFirst("figures/".count).dropLast(".png".count)) },
        ]),
    ]),
]

private let indexedFields: [Field<IndexedResults>] = [
  .number("fitted", .count("")) { Double($0.runs.fitted) },
  .number("held_out", .count("")) { Double($0.runs.heldOut) },
  .number("rms_relative_error", .percent(2)) { $0.fit?.rmsRelativeError },
  .number("mean_abs_relative_error", .percent(2)) { $0.holdout?.meanAbsRelativeError },
  .number("dense_half", .multiple, interval: { $0.threshold("dense", at: 0.5)?.range }) {
    $0.threshold("dense", at: 0.5)?.chinchillaMultiple
  },
  .number("sparse_half", .multiple, interval: { $0.threshold("sparse", at: 0.5)?.range }) {
    $0.threshold("sparse", at: 0.5)?.chinchillaMultiple
  },
  .number("multiplier", .multiple, interval: { $0.multiplier(at: 0.75)?.range }) {
    $0.multiplier(at: 0.75)?.multiplier
  },
  .number(
    "size_exponent", .significant(3),
    interval: { ends($0.computeOptimal?.sizeExponentInterval) }
  ) { $0.computeOptimal?.sizeExponent },
  .text("basis_name") { results in
    switch results.basis {
    case .refit: "fit to all runs"
    case .fit: "fit"
    case .published: "coefficients of \(results.published?.name ?? "others")"
    case nil: nil
    }
  },
]
