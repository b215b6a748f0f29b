import Dispatch
import Synchronization

/// Computes `body(0)` ... `body(count - 1)` on at most `threads` threads, in order of index.
///
/// The result does not depend on the number of threads as long as `body` depends on its index
/// alone.
public func parallelMap<Element: Sendable>(
  count: Int, threads: Int, _ body: @Sendable (Int) -> Element
) -> [Element] {
  guard threads > 1, count > 1 else { return (0..<max(count, 0)).map(body) }
  return Array(unsafeUninitializedCapacity: count) { buffer, initialised in
    // Each index is written exactly once, by the thread that drew it.
    nonisolated(unsafe) let slots = buffer
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        slots.initializeElement(at: index, to: body(index))
      }
    }
    initialised = count
  }
}
