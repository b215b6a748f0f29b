extension LocalModel {
  /// Fills `correction` with what the curvature of the residuals along `step` adds to the
  /// minimiser, to second order: −∇²m⁻¹ Σᵢ wᵢ [ψ(ρᵢ + r″ᵢ / 2) − ψ(ρᵢ)] ∇rᵢ / Σᵢ wᵢ, with ρᵢ the
  /// residuals at the step, r″ᵢ = stepᵀ ∇²rᵢ step and ψ the derivative of the Huber loss.
  ///
  /// This is the geodesic acceleration of Transtrum and Sethna (arXiv 1201.5885), with kinks. It is
  /// zero where not all rows are at hand, or `step` is no minimum.
  ///
  /// - Parameter parameters: the point of the model.
  func correct(_ workspace: ExponentialSumWorkspace, at parameters: [Double]) {
    clearCorrection()
    guard workspace.holdsAllRows, isAtMinimum else { return }
    let rows = workspace.sum.rowCount
    let (path, bend) = (workspace.score, workspace.rankOne)
    workspace.fillBend(
      bend, along: step, isLog: isLog, at: parameters, scratch: workspace.inverse)
    for slot in 0..<rows {
      let residual = path[slot]
      bend[slot] =
        workspace.weights[slot]
        * (loss.score(residual + bend[slot] / 2) - loss.score(residual))
    }
    for parameter in 0..<count {
      gradient[parameter] =
        dot(bend, workspace.slope(parameter), count: padded(count: rows)) / totalWeight
    }
    solve(for: gradient)
    for index in 0..<count { correction[index] = direction[index] }
  }

  func clearCorrection() {
    for index in 0..<count { correction[index] = 0 }
  }
}
