/// How the data of a bootstrap replicate are drawn.
public enum Resampling: String, Sendable, CaseIterable {
  /// `clusters` where the runs of one size and sparsity share at least 20 % of the variance of
  /// their residuals, else `shrunkenCases`.
  case automatic
  /// Runs, with replacement within each size, so that every size keeps its number of runs;
  /// neighbouring sizes of fewer than 8 runs are taken together.
  ///
  /// Source: Efron 1979; stratified so that each replicate can still be fitted.
  case cases
  /// As `cases`, with the number of times that each run was drawn pulled towards 1 by the factor
  /// √(1 − p / n), for p coefficients and n runs.
  ///
  /// Plain resampling makes intervals too wide when there are few runs a coefficient; the factor
  /// mends that, as measured in Benchmarks/Calibration.md. No run is lost altogether. Weights
  /// of other than multinomial variance: Chatterjee and Bose, "Generalized bootstrap for
  /// estimating equations", 2005.
  case shrunkenCases
  /// One random weight, exponential with mean 1, for all runs of a size and sparsity: for sweeps
  /// whose runs of one (N, S) share their errors, see `ResidualClustering`.
  ///
  /// Source: Field and Welsh, "Bootstrapping clustered data", 2007; Xu et al., "Applications of
  /// the Fractional-Random-Weight Bootstrap", 2020.
  case clusters
  /// The fitted losses plus residuals drawn with replacement from all runs.
  ///
  /// Residuals are divided by √(1 − leverage) and centred, since fitted residuals are smaller
  /// than the noise. Source: Davison and Hinkley 1997, section 6.2.
  case residuals
  /// The fitted losses plus each run's own residual, scaled in the same way, with a random sign:
  /// does not assume that all runs are equally noisy.
  ///
  /// Source: Liu 1988; for losses near the absolute value Feng, He and Hu 2011.
  case wild

  /// What `automatic` stands for on a fit with this clustering of its residuals.
  func resolved(_ clustering: ResidualClustering?) -> Resampling {
    guard self == .automatic else { return self }
    return clustering?.isNotable == true ? .clusters : .shrunkenCases
  }
}

/// How an interval is read off the replicates.
public enum IntervalKind: String, Sendable, CaseIterable {
  /// Between two quantiles of the replicates.
  case percentile
  /// Quantiles moved by the median bias of the replicates (Efron 1981).
  case biasCorrected
  /// Quantiles moved by median bias and acceleration, BCa (Efron 1987).
  case accelerated
}
