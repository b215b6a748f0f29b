import Foundation

/// Scratch memory for the derivatives of one objective: columns of one block of rows, and the
/// powers of every level.
///
/// Rows are taken in blocks, so that all columns stay in the fastest cache and memory does not
/// grow with the number of runs. Columns are padded with zeros to whole vectors. Indices are not
/// checked: they follow from the layout of one sum.
public final class ExponentialSumWorkspace {
  typealias Column = UnsafeMutablePointer<Double>

  static let largestBlock = 256

  let sum: ExponentialSum
  let block: Int
  /// exp(η · level), one table a power, one after the other.
  private let tables: Column
  /// One column a power.
  private let powers: Column
  /// ∂r/∂θ, one column a parameter.
  private let slopes: Column
  let residual: Column
  /// First the predictions, then weight · ∂loss/∂r; free once the derivatives are made.
  let score: Column
  /// What multiplies ∇r ∇rᵀ in the Hessian; free once the derivatives are made.
  let rankOne: Column
  /// ∂r/∂f; free once the slopes are made.
  let inverse: Column
  /// One entry a row of the sum, then zeros.
  let weights: Column

  private let storage: Column

  init(_ sum: ExponentialSum, weights rowWeights: [Double]) {
    self.sum = sum
    let rows = padded(count: sum.rowCount)
    block = min(rows, Self.largestBlock)
    let tableCount = sum.powers.reduce(0) { $0 + $1.levels.count }
    let columnCount = sum.powers.count + sum.parameterCount + 4
    let count = tableCount + block * columnCount + rows
    storage = .allocate(capacity: count)
    storage.initialize(repeating: 0, count: count)
    powers = storage
    slopes = powers + block * sum.powers.count
    residual = slopes + block * sum.parameterCount
    score = residual + block
    rankOne = score + block
    inverse = rankOne + block
    weights = inverse + block
    tables = weights + rows
    for (row, weight) in rowWeights.enumerated() { weights[row] = weight }
  }

  deinit { storage.deallocate() }

  /// Whether all rows are in one block, so that every column is at hand after a linearisation.
  var holdsAllRows: Bool { sum.rowCount <= block }

  func slope(_ parameter: Int) -> Column { slopes + block * parameter }

  /// exp(η · level) for every level of every power.
  func fillTables(at parameters: [Double]) {
    var slot = 0
    for power in sum.powers {
      let exponent = parameters[sum.termCount + power.exponent]
      for level in power.levels {
        tables[slot] = exp(exponent * level)
        slot += 1
      }
    }
  }

  /// Fills the slopes of the linear coefficients with the terms themselves, and `score` with f.
  func fillTerms(_ rows: Range<Int>, at parameters: [Double]) {
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
      var factors = sum.powersOfTerm[term][...]
      if !sum.amplitudes[term].isEmpty {
        sum.amplitudes[term].withUnsafeBufferPointer { amplitudes in
          for slot in 0..<count { column[slot] = amplitudes[rows.lowerBound + slot] }
        }
      } else if let power = factors.popFirst() {
        let factor = powers + block * power
        for slot in 0..<count { column[slot] = factor[slot] }
      } else {
        for slot in 0..<count { column[slot] = 1 }
      }
      for power in factors {
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
  func addProducts(to gradient: Column, _ hessian: Column, _ rowCount: Int) {
    let count = sum.parameterCount
    let length = padded(count: rowCount)
    let weighted = inverse
    for parameter in 0..<count {
      let column = slope(parameter)
      gradient[parameter] += dot(score, column, count: length)
      for slot in 0..<length { weighted[slot] = rankOne[slot] * column[slot] }
      let line = hessian + parameter * count
      var other = parameter
      while other + 4 <= count {
        let products = dots(weighted, slope(other), stride: block, count: length)
        for lane in 0..<4 { line[other + lane] += products[lane] }
        other += 4
      }
      while other < count {
        line[other] += dot(weighted, slope(other), count: length)
        other += 1
      }
    }
  }

  /// Adds score · ∇²f / f to the upper triangle of the Hessian (without f for linear residuals).
  func addBend(_ rows: Range<Int>, at parameters: [Double], to hessian: Column) {
    let count = sum.parameterCount
    let length = padded(count: rows.count)
    let mixed = inverse
    for term in 0..<sum.termCount {
      let column = slope(term)
      for index in sum.powersOfTerm[term] {
        let exponent = sum.termCount + sum.powers[index].exponent
        sum.powers[index].values.withUnsafeBufferPointer { values in
          for slot in 0..<length { mixed[slot] = column[slot] * values[rows.lowerBound + slot] }
        }
        hessian[term * count + exponent] += dot(score, mixed, count: length)
        for slot in 0..<length { mixed[slot] *= score[slot] }
        for otherIndex in sum.powersOfTerm[term] {
          let other = sum.termCount + sum.powers[otherIndex].exponent
          guard other >= exponent else { continue }
          sum.powers[otherIndex].values.withUnsafeBufferPointer { values in
            guard let values = values.baseAddress else { return }
            hessian[exponent * count + other] +=
              parameters[term] * dot(mixed, values + rows.lowerBound, count: length)
          }
        }
      }
    }
  }
}
