/// Σ aᵢ bᵢ over `count` entries, a multiple of `ExponentialSum.lanes`, in a fixed order.
@inline(__always)
func dot(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int
) -> Double {
  var sum = SIMD8<Double>()
  let (a, b) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
  var offset = 0
  let end = count * MemoryLayout<Double>.stride
  while offset < end {
    sum +=
      a.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
      * b.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
    offset += MemoryLayout<SIMD8<Double>>.stride
  }
  return sum.sum()
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
