import Foundation

extension ExponentialSumObjective: Objective {
  public var parameterCount: Int { sum.parameterCount }
  public var hasExactCurvature: Bool { true }

  /// Columns of one block of rows, and the powers of every level.
  ///
  /// Rows are taken in blocks, so that all columns stay in the fastest cache and memory does not
  /// grow with the number of runs.
  public struct Workspace: Sendable {
    static let largestBlock = 256
    let block: Int
    /// Tables of powers, one after the other.
    var tables: [Double]
    /// Powers, ∂r/∂θ, r, then three columns of work, each `block` long.
    var columns: [Double]

    init(_ sum: ExponentialSum) {
      block = min(padded(count: sum.rowCount), Self.largestBlock)
      tables = Array(repeating: 0, count: sum.powers.reduce(0) { $0 + $1.levels.count })
      columns = Array(
        repeating: 0, count: block * (sum.powers.count + sum.parameterCount + 4))
    }
  }

  public func makeWorkspace() -> Workspace { Workspace(counted) }

  public func linearise(
    at parameters: [Double], curvature: Curvature, workspace: inout Workspace,
    into result: inout Linearisation
  ) -> Bool {
    let count = parameterCount
    for index in 0..<count { result.gradient[index] = 0 }
    for index in 0..<(count * count) { result.hessian[index] = 0 }
    result.value = 0
    counted.fillTables(&workspace.tables, at: parameters)
    let block = workspace.block
    workspace.tables.withUnsafeBufferPointer { tables in
      workspace.columns.withUnsafeMutableBufferPointer { storage in
        guard let tables = tables.baseAddress, let storage = storage.baseAddress else { return }
        let columns = Columns(sum: counted, storage: storage, block: block)
        var first = 0
        while first < counted.rowCount {
          let rows = first..<min(first + block, counted.rowCount)
          columns.fillTerms(rows, at: parameters, tables: tables)
          result.value += compare(rows, curvature, columns)
          columns.fillSlopes(rows, at: parameters)
          columns.addProducts(to: &result, rows.count)
          if curvature == .exact { columns.addBend(rows, at: parameters, to: &result.hessian) }
          first += block
        }
      }
    }
    result.scale(by: 1 / totalWeight)
    result.mirrorUpperTriangle()
    return result.isFinite
  }

  /// From the predictions in `columns.score`, fills in what each row adds to gradient and
  /// Hessian; returns the sum of its losses.
  private func compare(_ rows: Range<Int>, _ curvature: Curvature, _ columns: Columns) -> Double {
    let isLog = residual == .log
    let delta = loss.linearBeyond
    let (score, rankOne, inverse) = (columns.score, columns.rankOne, columns.inverse)
    var total = 0.0
    countedTargets.withUnsafeBufferPointer { targets in
      countedWeights.withUnsafeBufferPointer { weights in
        for (slot, row) in rows.enumerated() {
          let predicted = score[slot]
          let r = (isLog ? log(predicted) : predicted) - targets[row]
          columns.residual[slot] = r
          let size = abs(r)
          let weight = weights[row]
          let isLinear = size > delta
          total += weight * (isLinear ? delta * (size - delta / 2) : r * r / 2)
          let slope = weight * (isLinear ? (r < 0 ? -delta : delta) : r)
          score[slot] = slope
          // For log residuals ∇r = ∇f / f and ∇²r = ∇²f / f − ∇r ∇rᵀ.
          inverse[slot] = isLog ? 1 / predicted : 1
          switch curvature {
          case .gaussNewton: rankOne[slot] = isLinear ? weight * delta / size : weight
          case .exact: rankOne[slot] = (isLinear ? 0 : weight) - (isLog ? slope : 0)
          }
        }
      }
    }
    // Rows of padding count for nothing.
    for slot in rows.count..<padded(count: rows.count) {
      columns.residual[slot] = 0
      score[slot] = 0
      rankOne[slot] = 0
    }
    return total
  }
}

extension ExponentialSum {
  /// exp(η · level) for every level of every power.
  fileprivate func fillTables(_ tables: inout [Double], at parameters: [Double]) {
    var slot = 0
    for power in powers {
      let exponent = parameters[termCount + power.exponent]
      for level in power.levels {
        tables[slot] = exp(exponent * level)
        slot += 1
      }
    }
  }
}

/// The columns of one block of rows. Indices are not checked: they follow from the layout of one
/// sum.
struct Columns {
  let sum: ExponentialSum
  let block: Int
  /// One column a power.
  let powers: UnsafeMutablePointer<Double>
  /// ∂r/∂θ, one column a parameter.
  let slopes: UnsafeMutablePointer<Double>
  let residual: UnsafeMutablePointer<Double>
  /// First the predictions, then weight · ∂loss/∂r.
  let score: UnsafeMutablePointer<Double>
  /// What multiplies ∇r ∇rᵀ in the Hessian.
  let rankOne: UnsafeMutablePointer<Double>
  /// ∂r/∂f, later free for any use.
  let inverse: UnsafeMutablePointer<Double>

  init(sum: ExponentialSum, storage: UnsafeMutablePointer<Double>, block: Int) {
    self.sum = sum
    self.block = block
    powers = storage
    slopes = powers + block * sum.powers.count
    residual = slopes + block * sum.parameterCount
    score = residual + block
    rankOne = score + block
    inverse = rankOne + block
  }

  func slope(_ parameter: Int) -> UnsafeMutablePointer<Double> {
    slopes + block * parameter
  }

  /// Fills the slopes of the linear coefficients with the terms themselves, and `score` with f.
  func fillTerms(_ rows: Range<Int>, at parameters: [Double], tables: UnsafePointer<Double>) {
    let count = rows.count
    var table = tables
    for (index, power) in sum.powers.enumerated() {
      let column = powers + block * index
      power.levelOfRow.withUnsafeBufferPointer { levels in
        for slot in 0..<count { column[slot] = table[Int(levels[rows.lowerBound + slot])] }
      }
      table += power.levels.count
    }
    for slot in 0..<count { score[slot] = 0 }
    for term in 0..<sum.termCount {
      let column = slope(term)
      if sum.amplitudes[term].isEmpty {
        for slot in 0..<count { column[slot] = 1 }
      } else {
        sum.amplitudes[term].withUnsafeBufferPointer { amplitudes in
          for slot in 0..<count { column[slot] = amplitudes[rows.lowerBound + slot] }
        }
      }
      for power in sum.powersOfTerm[term] {
        let factor = powers + block * power
        for slot in 0..<count { column[slot] *= factor[slot] }
      }
      let coefficient = parameters[term]
      for slot in 0..<count { score[slot] += coefficient * column[slot] }
    }
  }

  /// Turns the terms into slopes of the residuals, and adds those of the exponents.
  func fillSlopes(_ rows: Range<Int>, at parameters: [Double]) {
    let count = rows.count
    for exponent in 0..<sum.exponentCount {
      let column = slope(sum.termCount + exponent)
      for slot in 0..<count { column[slot] = 0 }
    }
    for term in 0..<sum.termCount {
      let column = slope(term)
      for slot in 0..<count { column[slot] *= inverse[slot] }
      let coefficient = parameters[term]
      for index in sum.powersOfTerm[term] {
        let exponent = slope(sum.termCount + sum.powers[index].exponent)
        sum.powers[index].values.withUnsafeBufferPointer { values in
          for slot in 0..<count {
            exponent[slot] += coefficient * column[slot] * values[rows.lowerBound + slot]
          }
        }
      }
    }
  }

  /// Adds score · ∇r to the gradient and rankOne · ∇r ∇rᵀ to the upper triangle of the Hessian.
  func addProducts(to result: inout Linearisation, _ rowCount: Int) {
    let count = sum.parameterCount
    let length = padded(count: rowCount)
    let weighted = inverse
    for parameter in 0..<count {
      let column = slope(parameter)
      result.gradient[parameter] += dot(score, column, count: length)
      for slot in 0..<length { weighted[slot] = rankOne[slot] * column[slot] }
      for other in parameter..<count {
        result.hessian[parameter * count + other] += dot(weighted, slope(other), count: length)
      }
    }
  }

  /// Adds score · ∇²f / f to the upper triangle of the Hessian (without f for linear residuals).
  func addBend(_ rows: Range<Int>, at parameters: [Double], to hessian: inout [Double]) {
    let count = sum.parameterCount
    let length = padded(count: rows.count)
    let mixed = inverse
    for term in 0..<sum.termCount {
      for index in sum.powersOfTerm[term] {
        let column = sum.termCount + sum.powers[index].exponent
        sum.powers[index].values.withUnsafeBufferPointer { values in
          for slot in 0..<length {
            mixed[slot] = slope(term)[slot] * values[rows.lowerBound + slot]
          }
        }
        hessian[term * count + column] += dot(score, mixed, count: length)
        for slot in 0..<length { mixed[slot] *= score[slot] }
        for otherIndex in sum.powersOfTerm[term] {
          let other = sum.termCount + sum.powers[otherIndex].exponent
          guard other >= column else { continue }
          sum.powers[otherIndex].values.withUnsafeBufferPointer { values in
            guard let values = values.baseAddress else { return }
            hessian[column * count + other] +=
              parameters[term] * dot(mixed, values + rows.lowerBound, count: length)
          }
        }
      }
    }
  }
}
