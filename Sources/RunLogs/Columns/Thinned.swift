/// A series kept to a bounded length: every row until it is full, then every second, fourth ...
///
/// The last row is always kept.
package struct Thinned<Element> {
  package static var capacity: Int { 2_048 }

  private let most: Int
  private var kept: [Element] = []
  private var last: Element?
  private var count = 0
  private var stride = 1

  /// - Parameter most: how many are kept, and the last beside them.
  package init(atMost most: Int = Self.capacity) { self.most = most }

  /// Adds an element at the end.
  package mutating func append(_ element: Element) {
    if isWanted {
      if kept.count == most {
        kept = kept.indices.filter { $0 % 2 == 0 }.map { kept[$0] }
        stride *= 2
      }
      if isWanted {
        kept.append(element)
        last = nil
      } else {
        last = element
      }
    } else {
      last = element
    }
    count += 1
  }

  /// Whether the next element is one of every `stride`, a power of two.
  private var isWanted: Bool { count & (stride - 1) == 0 }

  package var elements: [Element] { kept + (last.map { [$0] } ?? []) }
}
