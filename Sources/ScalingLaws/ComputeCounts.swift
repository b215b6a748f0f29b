import Foundation
import RunLogs

/// What changes where the FLOPs that k N D leaves out are counted: C = (k N m(S) + e) D.
public struct ComputeCounts: Sendable {
  /// A number by both counts.
  public struct Both: Sendable, Equatable {
    public var without: Double
    public var with: Double
    public var withoutInterval: ClosedRange<Double>?
    public var withInterval: ClosedRange<Double>?
  }

  /// One size of the runs that conclusions rest on.
  public struct Row: Sendable {
    public var nonZeroParameters: Double
    /// e over k N of a dense model.
    public var extraShare: Double
    /// The largest multiple of Chinchilla compute of its runs, dense FLOPs counted.
    public var reached: Both
    /// The multiple from which `sparsity` beats `over`, dense FLOPs counted, then non-zero ones.
    public var overtake: Both
    public var sparseOvertake: Both
    /// The multiple from which `sparsity` is the best of all, dense FLOPs counted; without
    /// intervals.
    public var threshold: Both
  }

  public var extra: ExtraCompute
  public var questions: LawQuestions
  public var rows: [Row]

  /// Nil where no run says what else was computed, or the law knows no effect of sparsity.
  init?(_ study: Study) {
    guard study.law.respondsToSparsity, let extra = ExtraCompute(study.mainRuns),
      let questions = LawQuestions(study)
    else { return nil }
    self.extra = extra
    self.questions = questions
    let replicates = study.finalFit?.uncertainty?.distribution
    let runs = study.concludingRuns.isEmpty ? study.mainRuns : study.concludingRuns
    func both(_ accounting: Accounting, _ quantity: (ComputeModel) -> Double) -> Both {
      let without = study.model(study.law, accounting)
      var with = without
      with.extra = extra
      return Both(
        without: quantity(without), with: quantity(with),
        withoutInterval: replicates?.interval(in: without, of: quantity),
        withInterval: replicates?.interval(in: with, of: quantity))
    }
    rows = Level.grouping(runs.map(\.nonZeroParameters)).map { level in
      let size = level.value
      func overtake(_ model: ComputeModel) -> Double {
        model.overtake(
          from: questions.over, to: questions.sparsity, nonZeroParameters: size)
      }
      let dense = study.model(study.law, .dense)
      var counted = dense
      counted.extra = extra
      func threshold(_ model: ComputeModel) -> Double {
        model.chinchillaMultiple(sparsity: questions.sparsity, nonZeroParameters: size)
      }
      let members = level.members.map { runs[$0] }
      return Row(
        nonZeroParameters: size,
        extraShare: extra.flops(denseParameters: size) / (dense.flopsPerParameter * size),
        reached: Both(
          without: members.map(dense.chinchillaMultiple(of:)).max() ?? .nan,
          with: members.map(counted.chinchillaMultiple(of:)).max() ?? .nan),
        overtake: both(.dense, overtake), sparseOvertake: both(.sparse(study.schedule), overtake),
        threshold: Both(without: threshold(dense), with: threshold(counted)))
    }
  }
}

extension ComputeModel {
  /// The training compute of a run over that for which a dense model of its size is optimal; its
  /// own further FLOPs count where it says them.
  func chinchillaMultiple(of run: TrainingRun) -> Double {
    let flops = flops(
      nonZeroParameters: run.nonZeroParameters, sparsity: run.sparsity, data: run.data)
    let known = extra.flatMap { extra in
      run.extraFlops.map { $0 - extra.flops(denseParameters: run.denseParameters) }
    }
    return (flops + (known ?? 0) * run.data)
      / chinchillaFlops(nonZeroParameters: run.nonZeroParameters)
  }
}
