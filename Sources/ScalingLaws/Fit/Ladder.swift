import Foundation
import RunLogs

/// Errors of extrapolation against how far it goes: the largest one, two and three sizes are held
/// out in turn and predicted by a fit to the smaller ones.
public struct Ladder: Sendable {
  public struct Rung: Sendable {
    /// How many of the largest sizes were held out.
    public var sizes: Int
    public var runs: Int
    public var meanAbsoluteRelativeError: Double
    public var maxAbsoluteRelativeError: Double
    /// The largest N held out over the largest kept.
    public var sizeRatio: Double
    /// The same of dense parameters, N / (1 − S).
    public var denseRatio: Double
    /// The same of training compute with every weight counted.
    public var computeRatio: Double
    /// How many measurements lie within the 95 % interval of their prediction, of those that have
    /// one.
    public var covered: (inside: Int, of: Int)
  }

  public let rungs: [Rung]

  /// The most sizes that are held out.
  public static let mostSizes = 3
  /// Starting points of each fit, and replicates behind its intervals.
  private static let mostStarts = 50
  private static let mostReplicates = 200

  /// Nil without a fit, or where no rest determines its law.
  init?(_ study: Study, options: FitOptions) {
    guard let final = study.finalFit else { return nil }
    let runs = study.mainRuns
    let sizes = Observations(runs).sizes
    var options = options
    options.starts = min(options.starts, Self.mostStarts)
    rungs = (1...Self.mostSizes).compactMap { count -> Rung? in
      guard sizes.count > count else { return nil }
      // Between two levels, so that sizes of one level stay together.
      let cut = (sizes[sizes.count - count - 1] * sizes[sizes.count - count]).squareRoot()
      let kept = runs.filter { $0.nonZeroParameters < cut }
      let held = runs.filter { $0.nonZeroParameters >= cut }
      guard !held.isEmpty,
        let form = study.form(for: kept), form.key == final.form.key,
        form.levels == final.form.levels
      else { return nil }
      let fitter = LawFitter(
        form: form, runs: kept, of: study.sweep, huberDelta: final.huberDelta)
      // The check fit where it was made without the same runs, so that both tell one story.
      let check = study.checkFit.flatMap { $0.runs.map(\.name) == kept.map(\.name) ? $0 : nil }
      let (law, replicates) =
        check.map { ($0.law, $0.uncertainty?.distribution) } ?? Self.fit(fitter, options)
      let errors = held.map { abs(law.loss(Setting($0)) / $0.loss - 1) }
      let intervals = replicates?.measurementIntervals(for: held.map(Setting.init)) ?? []
      let isInside = zip(intervals, held).compactMap { $0?.contains($1.loss) }
      func ratio(_ value: (Setting) -> Double) -> Double {
        func most(_ runs: [TrainingRun]) -> Double {
          runs.map { value(Setting($0)) }.max() ?? .nan
        }
        return most(held) / most(kept)
      }
      return Rung(
        sizes: count, runs: held.count,
        meanAbsoluteRelativeError: errors.reduce(0, +) / Double(errors.count),
        maxAbsoluteRelativeError: errors.max() ?? 0, sizeRatio: ratio(\.nonZeroParameters),
        denseRatio: ratio(\.denseParameters), computeRatio: ratio { $0.denseParameters * $0.data },
        covered: (isInside.count { $0 }, isInside.count))
    }
    if rungs.isEmpty { return nil }
  }

  private static func fit(
    _ fitter: LawFitter, _ options: FitOptions
  ) -> (ScalingLaw, BootstrapDistribution?) {
    let fit = fitter.fit(options)
    var bootstrap = BootstrapOptions()
    bootstrap.replicates = min(options.bootstrap, mostReplicates)
    bootstrap.seed = options.seed
    bootstrap.threads = options.threads
    bootstrap.freshEvery = 0
    return (fit.law, Bootstrap(fitter, fit: fit, options: bootstrap).run())
  }
}
