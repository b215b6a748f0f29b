/// Σ aᵢ bᵢ over `count` entries, a multiple of `ExponentialSum.lanes`, in a fixed order.
@inline(__always)
func dot(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int
) -> Double {
  var sum = SIMD8<Double>()
  var slot = 0
  while slot < count {
    sum += vector(a + slot) * vector(b + slot)
    slot += 8
  }
  return sum.sum()
}

@inline(__always)
func vector(_ entries: UnsafePointer<Double>) -> SIMD8<Double> {
  UnsafeRawPointer(entries).loadUnaligned(as: SIMD8<Double>.self)
}

/// Σ aᵢ bᵢ for four columns b that follow each other at `stride`: a is read once.
@inline(__always)
func dots(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, stride: Int, count: Int
) -> SIMD4<Double> {
  var sums = (SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>())
  var slot = 0
  while slot < count {
    let factor = quad(a + slot)
    sums.0 += factor * quad(b + slot)
    sums.1 += factor * quad(b + (stride + slot))
    sums.2 += factor * quad(b + (2 * stride + slot))
    sums.3 += factor * quad(b + (3 * stride + slot))
    slot += 4
  }
  return SIMD4(sums.0.sum(), sums.1.sum(), sums.2.sum(), sums.3.sum())
}

@inline(__always)
private func quad(_ entries: UnsafePointer<Double>) -> SIMD4<Double> {
  UnsafeRawPointer(entries).loadUnaligned(as: SIMD4<Double>.self)
}

/// Σ aᵢ bᵢ of two arrays of one length, for what is not done often.
public func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}
