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
