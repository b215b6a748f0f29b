import Foundation

/// Which second derivatives a linearisation carries.
public enum Curvature: Sendable {
  /// JᵀWJ with the weights of reweighted least squares: never indefinite, right far from the
  /// optimum.
  case gaussNewton
  /// The Hessian of the objective itself: right near the optimum, possibly indefinite elsewhere.
  case exact
}

extension ExponentialSumObjective: Objective {
  public typealias Workspace = ExponentialSumWorkspace

  public var parameterCount: Int { sum.parameterCount }

  public func makeWorkspace() -> Workspace { Workspace(counted, weights: countedWeights) }

  public func linearise(
    at parameters: [Double], workspace: Workspace, into result: inout Linearisation
  ) -> Bool {
    linearise(at: parameters, curvature: .gaussNewton, workspace: workspace, into: &result)
  }

  /// Fills `result` at `parameters`; returns false, and leaves it unspecified, where the objective
  /// is not finite.
  public func linearise(
    at parameters: [Double], curvature: Curvature, workspace: Workspace,
    into result: inout Linearisation
  ) -> Bool {
    result.clear()
    workspace.fillTables(at: parameters)
    var total = 0.0
    result.gradient.withUnsafeMutableBufferPointer { gradient in
      result.hessian.withUnsafeMutableBufferPointer { hessian in
        guard let gradient = gradient.baseAddress, let hessian = hessian.baseAddress else { return }
        var first = 0
        while first < counted.rowCount {
          let rows = first..<min(first + workspace.block, counted.rowCount)
          workspace.fillTerms(rows, at: parameters)
          total += compare(rows, curvature, workspace)
          workspace.fillSlopes(rows, at: parameters)
          workspace.addProducts(to: gradient, hessian, rows.count)
          if curvature == .exact { workspace.addBend(rows, at: parameters, to: hessian) }
          first += workspace.block
        }
      }
    }
    result.value = total
    result.scale(by: 1 / totalWeight)
    result.mirrorUpperTriangle()
    return result.isFinite
  }

  /// One linearisation, with a workspace of its own.
  public func linearise(
    at parameters: [Double], curvature: Curvature, into result: inout Linearisation
  ) -> Bool {
    linearise(
      at: parameters, curvature: curvature, workspace: makeWorkspace(), into: &result)
  }

  /// From the predictions in `score`, fills in what each row adds to gradient and Hessian;
  /// returns the sum of its losses.
  private func compare(_ rows: Range<Int>, _ curvature: Curvature, _ workspace: Workspace) -> Double
  {
    let isLog = residual == .log
    let isExact = curvature == .exact
    let delta = loss.linearBeyond
    let (score, rankOne, inverse) = (workspace.score, workspace.rankOne, workspace.inverse)
    let (residual, weights) = (workspace.residual, workspace.weights + rows.lowerBound)
    countedTargets.withUnsafeBufferPointer { targets in
      guard let targets = targets.baseAddress.map({ $0 + rows.lowerBound }) else { return }
      for slot in 0..<rows.count {
        residual[slot] = (isLog ? log(score[slot]) : score[slot]) - targets[slot]
      }
    }
    var total = 0.0
    for slot in 0..<rows.count {
      let (r, weight, predicted) = (residual[slot], weights[slot], score[slot])
      // With ψ = ρ′(r) = min(max(r, −δ), δ) the Huber loss is ψ (r − ψ / 2).
      let psi = min(max(r, -delta), delta)
      total += weight * psi * (r - psi / 2)
      let slope = weight * psi
      score[slot] = slope
      // For log residuals ∇r = ∇f / f and ∇²r = ∇²f / f − ∇r ∇rᵀ.
      inverse[slot] = isLog ? 1 / predicted : 1
      let size = abs(r)
      rankOne[slot] =
        isExact
        ? (size > delta ? 0 : weight) - (isLog ? slope : 0)
        : (size > delta ? weight * delta / size : weight)
    }
    // Rows of padding count for nothing.
    for slot in rows.count..<padded(count: rows.count) {
      residual[slot] = 0
      score[slot] = 0
      rankOne[slot] = 0
    }
    return total
  }
}
