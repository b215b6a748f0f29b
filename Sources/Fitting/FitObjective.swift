import Foundation

/// How a prediction is compared with its measurement.
public enum Residual: String, Sendable {
  /// log predicted − log measured.
  case log
  /// predicted − measured.
  case linear

  /// The residual of one prediction.
  public func callAsFunction(predicted: Double, measured: Double) -> Double {
    switch self {
    case .log: Foundation.log(predicted) - Foundation.log(measured)
    case .linear: predicted - measured
    }
  }
}

public typealias ExponentialSumObjective = FitObjective<ExponentialSum>

/// The weighted mean loss of a model's predictions against measured values.
public struct FitObjective<Model: PredictionModel>: Sendable {
  public typealias Residual = Fitting.Residual

  public let model: Model
  public let measured: [Double]
  public let residual: Residual
  public let loss: Loss
  /// Non-negative weights, one a row: in a bootstrap replicate, how often each run was drawn.
  public let weights: [Double]
  let totalWeight: Double
  /// What predictions, or their logarithms, are compared with.
  private let targets: [Double]
  /// The rows of positive weight: what they predict, what a prediction (or its logarithm) is
  /// compared with, and their weights.
  let counted: Model
  let countedTargets: [Double]
  let countedWeights: [Double]

  /// - Parameters:
  ///   - measured: one value a row of `model`; positive where `residual` is `.log`.
  ///   - weights: one a row; nil for equal weights.
  public init(
    model: Model, measured: [Double], residual: Residual, loss: Loss, weights: [Double]? = nil
  ) {
    self.init(
      model: model, measured: measured,
      targets: residual == .log ? measured.map { Foundation.log($0) } : measured,
      residual: residual, loss: loss,
      weights: weights ?? Array(repeating: 1, count: measured.count))
  }

  private init(
    model: Model, measured: [Double], targets: [Double], residual: Residual, loss: Loss,
    weights: [Double]
  ) {
    self.model = model
    self.measured = measured
    self.targets = targets
    self.residual = residual
    self.loss = loss
    self.weights = weights
    totalWeight = weights.reduce(0, +)
    if weights.allSatisfy({ $0 > 0 }) {
      (counted, countedTargets, countedWeights) = (model, targets, weights)
    } else {
      let rows = weights.indices.filter { weights[$0] > 0 }
      counted = model.restricted(to: rows)
      countedTargets = rows.map { targets[$0] }
      countedWeights = rows.map { weights[$0] }
    }
  }

  public var parameterCount: Int { model.parameterCount }

  /// The same model against other measurements, with another loss.
  public func remeasured(_ measured: [Double], loss: Loss) -> Self {
    Self(model: model, measured: measured, residual: residual, loss: loss, weights: weights)
  }

  /// The same objective with other weights.
  public func reweighted(_ weights: [Double]) -> Self {
    Self(
      model: model, measured: self.measured, targets: targets, residual: residual, loss: loss,
      weights: weights)
  }

  /// The same objective of some of its rows.
  public func restricted(to rows: [Int]) -> Self {
    Self(
      model: model.restricted(to: rows), measured: rows.map { measured[$0] },
      targets: rows.map { targets[$0] }, residual: residual, loss: loss,
      weights: rows.map { weights[$0] })
  }

  /// The same objective of some `count` rows that weigh something, the same ones at each call; nil
  /// where there are not twice as many. Drawn at random, since tables repeat settings in regular
  /// steps.
  func thinned(to count: Int) -> Self? {
    let rows = weights.indices.filter { weights[$0] > 0 }
    guard rows.count >= 2 * count else { return nil }
    var generator = SplitMix64(seed: 0)
    return restricted(to: rows.filter { _ in generator.index(below: rows.count) < count })
  }

  /// The weighted mean loss at `parameters`; infinite outside the domain.
  public func value(at parameters: [Double]) -> Double {
    var total = 0.0
    for (row, predicted) in counted.predictions(at: parameters).enumerated() {
      guard predicted > 0 || residual == .linear else { return .infinity }
      let r = (residual == .log ? log(predicted) : predicted) - countedTargets[row]
      total += countedWeights[row] * loss.value(r)
    }
    return total / totalWeight
  }

  func makeWorkspace() -> FitWorkspace<Model> { FitWorkspace(counted, weights: countedWeights) }
}

/// Which second derivatives a linearisation carries.
public enum Curvature: Sendable {
  /// JᵀWJ with the weights of reweighted least squares: never indefinite, right far from the
  /// optimum.
  case gaussNewton
  /// The Hessian of the objective itself: right near the optimum, possibly indefinite elsewhere.
  case exact
}

/// A second-order picture of an objective at one point.
public struct Linearisation: Sendable {
  /// The objective.
  public var value: Double
  /// Its gradient, one entry a parameter.
  public var gradient: [Double]
  /// Its second derivatives, row-major, square and symmetric, both triangles filled.
  public var hessian: [Double]

  public init(parameterCount: Int) {
    value = .nan
    gradient = Array(repeating: 0, count: parameterCount)
    hessian = Array(repeating: 0, count: parameterCount * parameterCount)
  }

  /// Sets every entry to 0.
  mutating func clear() {
    value = 0
    for index in gradient.indices { gradient[index] = 0 }
    for index in hessian.indices { hessian[index] = 0 }
  }

  /// Divides every entry by `total` and copies the upper triangle into the lower one; returns
  /// whether every entry is finite.
  mutating func finish(total: Double) -> Bool {
    let (count, factor) = (gradient.count, 1 / total)
    value *= factor
    // 0 · ∞ and 0 · NaN are NaN, and so is a sum with one of them.
    var sum = 0 * value
    for row in 0..<count {
      gradient[row] *= factor
      sum += 0 * gradient[row]
      for column in row..<count {
        let entry = factor * hessian[row * count + column]
        sum += 0 * entry
        hessian[row * count + column] = entry
        hessian[column * count + row] = entry
      }
    }
    return sum == 0
  }
}

/// The columns of one linearisation.
///
/// Columns are padded with zeros to whole vectors. Indices are not checked: they follow from the
/// layout of one model.
final class FitWorkspace<Model: PredictionModel> {
  typealias Column = UnsafeMutablePointer<Double>

  let rowCount: Int
  /// From one column to the next.
  let length: Int
  let parameterCount: Int
  let scratch: Model.Scratch
  /// One entry a row, as all columns.
  let weights: Column
  let residual: Column
  /// ∂r/∂f.
  let inverse: Column
  /// weight · ∂loss/∂f; before, f.
  let score: Column
  /// What multiplies ∇f ∇fᵀ in the Hessian.
  let rankOne: Column
  /// Room for one column; after a linearisation, for ∇r · step.
  let change: Column
  /// ∂f/∂θ, one column a parameter.
  let slopes: Column
  private let storage: Column

  init(_ model: Model, weights rowWeights: [Double]) {
    rowCount = model.rowCount
    length = padded(count: rowCount)
    parameterCount = model.parameterCount
    scratch = model.makeScratch()
    let count = length * (6 + parameterCount)
    storage = .allocate(capacity: max(count, 1))
    storage.initialize(repeating: 0, count: count)
    weights = storage
    residual = weights + length
    inverse = residual + length
    score = inverse + length
    rankOne = score + length
    change = rankOne + length
    slopes = change + length
    for (row, weight) in rowWeights.enumerated() { weights[row] = weight }
  }

  deinit { storage.deallocate() }

  /// Writes ∇r · step, one value a row, into `change`.
  func fillChange(along step: [Double]) {
    step.withUnsafeBufferPointer { step in
      for start in stride(from: 0, to: length, by: ExponentialSum.lanes) {
        var total = SIMD8<Double>()
        for parameter in 0..<parameterCount {
          total += step[parameter] * vector(slopes + length * parameter + start)
        }
        total *= vector(inverse + start)
        UnsafeMutableRawPointer(change + start).storeBytes(of: total, as: SIMD8<Double>.self)
      }
    }
  }
}

extension FitObjective {
  /// One linearisation, with a workspace of its own.
  public func linearise(
    at parameters: [Double], curvature: Curvature, into result: inout Linearisation
  ) -> Bool {
    linearise(
      at: parameters, curvature: curvature, workspace: makeWorkspace(), into: &result)
  }

  /// Fills `result` at `parameters`; returns false, and leaves it unspecified, where the objective
  /// is not finite.
  func linearise(
    at parameters: [Double], curvature: Curvature, workspace: FitWorkspace<Model>,
    into result: inout Linearisation
  ) -> Bool {
    result.clear()
    counted.prepare(at: parameters, workspace.scratch)
    var total = 0.0
    result.gradient.withUnsafeMutableBufferPointer { gradient in
      result.hessian.withUnsafeMutableBufferPointer { hessian in
        guard let gradient = gradient.baseAddress, let hessian = hessian.baseAddress else { return }
        for first in stride(from: 0, to: counted.rowCount, by: RowBlock.largest) {
          let block = RowBlock(
            rows: first..<min(first + RowBlock.largest, counted.rowCount),
            values: workspace.score + first, spare: workspace.change + first,
            slopes: workspace.slopes + first, stride: workspace.length)
          counted.fill(block, at: parameters, workspace.scratch)
          total += compare(block, curvature, workspace)
          if curvature == .exact {
            counted.addCurvature(
              block, factors: workspace.score + first, at: parameters, to: hessian,
              workspace.scratch)
          }
          addProducts(block, workspace, to: gradient, hessian)
        }
      }
    }
    result.value = total
    return result.finish(total: totalWeight)
  }

  /// From the predictions of a block, fills in what each row adds to gradient and Hessian; returns
  /// the sum of its losses.
  private func compare(
    _ block: RowBlock, _ curvature: Curvature, _ workspace: FitWorkspace<Model>
  ) -> Double {
    let (rows, first) = (block.rows, block.rows.lowerBound)
    let isLog = residual == .log
    let isExact = curvature == .exact
    let delta = loss.linearBeyond
    let (score, rankOne) = (workspace.score + first, workspace.rankOne + first)
    let (residual, inverse) = (workspace.residual + first, workspace.inverse + first)
    let weights = workspace.weights + first
    countedTargets.withUnsafeBufferPointer { targets in
      guard let targets = targets.baseAddress.map({ $0 + first }) else { return }
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
      // For log residuals ∇r = ∇f / f and ∇²r = ∇²f / f − ∇r ∇rᵀ.
      let share = isLog ? 1 / predicted : 1
      inverse[slot] = share
      score[slot] = weight * psi * share
      let size = abs(r)
      let isInside = size <= delta
      rankOne[slot] =
        share * share * weight
        * (isExact
          ? (isInside ? 1 : 0) - (isLog ? psi : 0) : (isInside ? 1 : delta / size))
    }
    return total
  }

  /// Adds score · ∇f to the gradient and rankOne · ∇f ∇fᵀ to the upper triangle of the Hessian.
  private func addProducts(
    _ block: RowBlock, _ workspace: FitWorkspace<Model>,
    to gradient: UnsafeMutablePointer<Double>, _ hessian: UnsafeMutablePointer<Double>
  ) {
    let (count, first) = (model.parameterCount, block.rows.lowerBound)
    let length = padded(count: block.rows.count)
    let (score, rankOne) = (workspace.score + first, workspace.rankOne + first)
    let weighted = block.spare
    for parameter in 0..<count {
      let column = block.slope(parameter)
      gradient[parameter] += dot(score, column, count: length)
      for slot in 0..<length { weighted[slot] = rankOne[slot] * column[slot] }
      let line = hessian + parameter * count
      var other = parameter
      while other + 4 <= count {
        let products = dots(
          weighted, block.slope(other), stride: workspace.length, count: length)
        for lane in 0..<4 { line[other + lane] += products[lane] }
        other += 4
      }
      while other < count {
        line[other] += dot(weighted, block.slope(other), count: length)
        other += 1
      }
    }
  }
}
