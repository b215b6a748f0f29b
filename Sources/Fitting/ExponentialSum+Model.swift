import Foundation

extension ExponentialSum: PredictionModel {
  /// The powers of every level, and columns of one block of rows.
  public final class Scratch {
    typealias Column = UnsafeMutablePointer<Double>

    /// exp(η · level), one table a power, one after the other.
    fileprivate let tables: Column
    /// One column a power.
    fileprivate let powers: Column
    /// log g, with g the sum of the coupled terms.
    fileprivate let logarithm: Column
    /// 1 / g^κ.
    fileprivate let inverse: Column
    fileprivate let block: Int
    private let storage: Column

    fileprivate init(_ sum: ExponentialSum) {
      block = min(padded(count: sum.rowCount), RowBlock.largest)
      let tableCount = sum.powers.reduce(0) { $0 + $1.levels.count }
      let count = tableCount + block * (sum.powers.count + 2)
      storage = .allocate(capacity: max(count, 1))
      storage.initialize(repeating: 0, count: count)
      powers = storage
      logarithm = powers + block * sum.powers.count
      inverse = logarithm + block
      tables = inverse + block
    }

    deinit { storage.deallocate() }
  }

  public func makeScratch() -> Scratch { Scratch(self) }

  /// exp(η · level) for every level of every power.
  public func prepare(at parameters: [Double], _ scratch: Scratch) {
    var slot = 0
    for power in powers {
      let exponent = parameters[termCount + power.exponent]
      for level in power.levels {
        scratch.tables[slot] = exp(exponent * level)
        slot += 1
      }
    }
  }

  public func fill(_ block: RowBlock, at parameters: [Double], _ scratch: Scratch) {
    fillTerms(block, scratch)
    let (count, values) = (block.rows.count, block.values)
    for slot in 0..<count { values[slot] = 0 }
    for term in 0..<termCount {
      if term == coupledTerms, term > 0 { couple(block, at: parameters, scratch) }
      let (column, coefficient) = (block.slope(term), parameters[term])
      for slot in 0..<count { values[slot] += coefficient * column[slot] }
    }
    if coupledTerms == termCount, coupledTerms > 0 { couple(block, at: parameters, scratch) }
    let plainExponents = coupledTerms > 0 ? exponentCount - 1 : exponentCount
    for exponent in 0..<plainExponents {
      let column = block.slope(termCount + exponent)
      for slot in 0..<count { column[slot] = 0 }
    }
    for term in 0..<termCount {
      let (column, coefficient) = (block.slope(term), parameters[term])
      for index in powersOfTerm[term] {
        let exponent = block.slope(termCount + powers[index].exponent)
        powers[index].values.withUnsafeBufferPointer { values in
          for slot in 0..<count {
            exponent[slot] += coefficient * column[slot] * values[block.rows.lowerBound + slot]
          }
        }
      }
    }
  }

  /// Fills the slopes of the linear coefficients with the terms themselves.
  private func fillTerms(_ block: RowBlock, _ scratch: Scratch) {
    let (count, first) = (block.rows.count, block.rows.lowerBound)
    var table = scratch.tables
    for (index, power) in powers.enumerated() {
      let column = scratch.powers + scratch.block * index
      power.levelOfRow.withUnsafeBufferPointer { levels in
        for slot in 0..<count { column[slot] = table[Int(levels[first + slot])] }
      }
      table += power.levels.count
    }
    for term in 0..<termCount {
      let column = block.slope(term)
      var factors = powersOfTerm[term][...]
      if !amplitudes[term].isEmpty {
        amplitudes[term].withUnsafeBufferPointer { amplitudes in
          for slot in 0..<count { column[slot] = amplitudes[first + slot] }
        }
      } else if let power = factors.popFirst() {
        let factor = scratch.powers + scratch.block * power
        for slot in 0..<count { column[slot] = factor[slot] }
      } else {
        for slot in 0..<count { column[slot] = 1 }
      }
      for power in factors {
        let factor = scratch.powers + scratch.block * power
        for slot in 0..<count { column[slot] *= factor[slot] }
      }
    }
  }

  /// Turns g, the sum so far, into g^κ, and the coupled terms into slopes of it; fills the slope
  /// of κ.
  private func couple(_ block: RowBlock, at parameters: [Double], _ scratch: Scratch) {
    let (values, outer) = (block.values, block.spare)
    let power = parameters[parameterCount - 1]
    let column = block.slope(parameterCount - 1)
    for slot in 0..<block.rows.count {
      let sum = values[slot]
      let logarithm = log(sum)
      let value = exp(power * logarithm)
      scratch.logarithm[slot] = logarithm
      scratch.inverse[slot] = 1 / value
      values[slot] = value
      column[slot] = value * logarithm
      outer[slot] = power * value / sum
    }
    for term in 0..<coupledTerms {
      let column = block.slope(term)
      for slot in 0..<block.rows.count { column[slot] *= outer[slot] }
    }
  }

  public func addCurvature(
    _ block: RowBlock, factors: UnsafeMutablePointer<Double>, at parameters: [Double],
    to hessian: UnsafeMutablePointer<Double>, _ scratch: Scratch
  ) {
    let count = parameterCount
    let length = padded(count: block.rows.count)
    let (mixed, first) = (block.spare, block.rows.lowerBound)
    for term in 0..<termCount {
      let column = block.slope(term)
      for index in powersOfTerm[term] {
        let exponent = termCount + powers[index].exponent
        powers[index].values.withUnsafeBufferPointer { values in
          for slot in 0..<length { mixed[slot] = column[slot] * values[first + slot] }
        }
        hessian[term * count + exponent] += dot(factors, mixed, count: length)
        for slot in 0..<length { mixed[slot] *= factors[slot] }
        for otherIndex in powersOfTerm[term] {
          let other = termCount + powers[otherIndex].exponent
          guard other >= exponent else { continue }
          powers[otherIndex].values.withUnsafeBufferPointer { values in
            guard let values = values.baseAddress else { return }
            hessian[exponent * count + other] +=
              parameters[term] * dot(mixed, values + first, count: length)
          }
        }
      }
    }
    if coupledTerms > 0 {
      addCoupling(block, factors: factors, at: parameters, to: hessian, scratch)
    }
  }

  /// Adds what the power κ itself bends: with h = g^κ and slopes ∇h over the inner parameters,
  /// (κ − 1) / (κ h) ∇h ∇hᵀ, (1 / κ + log g) ∇h and h log² g.
  private func addCoupling(
    _ block: RowBlock, factors: UnsafeMutablePointer<Double>, at parameters: [Double],
    to hessian: UnsafeMutablePointer<Double>, _ scratch: Scratch
  ) {
    let (count, mixed, last) = (parameterCount, block.spare, parameterCount - 1)
    let length = padded(count: block.rows.count)
    let (power, logarithm) = (parameters[last], scratch.logarithm)
    let inside = Array(0..<coupledTerms) + Array(termCount..<last)
    for (position, row) in inside.enumerated() {
      let slope = block.slope(row)
      let share = (power - 1) / power
      for slot in 0..<length { mixed[slot] = factors[slot] * slope[slot] * scratch.inverse[slot] }
      for column in inside[position...] {
        hessian[row * count + column] += share * dot(mixed, block.slope(column), count: length)
      }
      for slot in 0..<length { mixed[slot] = factors[slot] * (1 / power + logarithm[slot]) }
      hessian[row * count + last] += dot(mixed, slope, count: length)
    }
    for slot in 0..<length { mixed[slot] = factors[slot] * logarithm[slot] }
    hessian[last * count + last] += dot(mixed, block.slope(last), count: length)
  }
}
