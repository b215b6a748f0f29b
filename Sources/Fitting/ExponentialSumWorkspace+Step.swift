/// How the residuals change along a step, from the slopes of the last linearisation; for problems
/// of one block.
extension ExponentialSumWorkspace {
  /// Writes ∇r · step, one value a row, into `change`.
  func fillChange(_ change: Column, along step: UnsafePointer<Double>) {
    let (first, count) = (slope(0), sum.parameterCount)
    for start in stride(from: 0, to: padded(count: sum.rowCount), by: ExponentialSum.lanes) {
      var total = SIMD8<Double>()
      for parameter in 0..<count {
        total += step[parameter] * vector(first + block * parameter + start)
      }
      UnsafeMutableRawPointer(change + start).storeBytes(of: total, as: SIMD8<Double>.self)
    }
  }

  /// Writes stepᵀ ∇²r step, one value a row, into `bend`.
  ///
  /// - Parameters:
  ///   - isLog: whether residuals are logarithms of f, not linear in it: ∇²r = ∇²f / f − ∇r ∇rᵀ.
  ///   - parameters: the point of the last linearisation.
  ///   - scratch: a column to overwrite.
  func fillBend(
    _ bend: Column, along step: UnsafePointer<Double>, isLog: Bool, at parameters: [Double],
    scratch: Column
  ) {
    let length = padded(count: sum.rowCount)
    if isLog {
      fillChange(bend, along: step)
      for slot in 0..<length { bend[slot] = -bend[slot] * bend[slot] }
    } else {
      for slot in 0..<length { bend[slot] = 0 }
    }
    for term in 0..<sum.termCount where !sum.powersOfTerm[term].isEmpty {
      // A term λ exp(η · x) has d² = λ exp(η · x) (x · dη)² + 2 dλ exp(η · x) (x · dη).
      for slot in 0..<length { scratch[slot] = 0 }
      for index in sum.powersOfTerm[term] {
        let share = step[sum.termCount + sum.powers[index].exponent]
        sum.powers[index].values.withUnsafeBufferPointer { values in
          for slot in 0..<length { scratch[slot] += share * values[slot] }
        }
      }
      let (column, coefficient, twice) = (slope(term), parameters[term], 2 * step[term])
      for slot in 0..<length {
        bend[slot] += column[slot] * scratch[slot] * (coefficient * scratch[slot] + twice)
      }
    }
  }
}
