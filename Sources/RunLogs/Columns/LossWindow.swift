/// Takes the loss from the rows of a run as they pass by, and with it what was known of the other
/// quantities there.
package struct LossWindow {
  /// A row with a loss.
  package struct Taken {
    package var loss: LoggedValue
    /// The quantities by then.
    package var values: Snapshot
    package var key: Double?
    package var step: Double?
  }

  /// The most losses of a run that are observations.
  package static let most = 100_000

  private let take: LossTake
  /// The rows that the loss comes from, as a ring.
  private var kept: [Taken] = []
  private var next = 0
  /// Whether there are more losses than are kept.
  package private(set) var isOverfull = false
  /// How far apart losses were logged, by key and by step.
  package private(set) var keys = RowPass.Progress()
  package private(set) var steps = RowPass.Progress()

  package init(_ take: LossTake) {
    self.take = take
  }

  /// Adds a row's loss, a number or what stands in its place.
  mutating func add(
    _ loss: LoggedValue, at values: Snapshot, key: Double?, step: Double?
  ) {
    if let key { keys.note(key) }
    if let step { steps.note(step) }
    let row = Taken(loss: loss, values: values, key: key, step: step)
    switch take {
    case .last: put(row, at: 0)
    case .min:
      // A loss at fault stays, so that the run is not judged by its good rows alone.
      if let best = kept.first.map({ Self.number($0) }), best.isNaN || Self.number(row) >= best {
        return
      }
      put(row, at: 0)
    case .every:
      isOverfull = kept.count == Self.most
      put(row, at: isOverfull ? Self.most - 1 : kept.count)
    case .mean(let count):
      put(row, at: next)
      next = (next + 1) % count
    }
  }

  /// The loss; NaN where it is none.
  private static func number(_ row: Taken) -> Double {
    if case .number(let loss) = row.loss.value { return loss.isFinite ? loss : .nan }
    return .nan
  }

  private mutating func put(_ row: Taken, at place: Int) {
    if place < kept.count { kept[place] = row } else { kept.append(row) }
  }

  /// All rows that are kept, in order unless they are a ring.
  package var all: [Taken] { kept }

  /// The loss with the last of its rows, or with the first whose loss is at fault; nil without any.
  package var result: Taken? {
    // Until the ring is full, the oldest row is its first.
    let oldest = next < kept.count ? next : 0
    let ordered = Array(kept[oldest...]) + kept[..<oldest]
    if let fault = ordered.first(where: { Self.number($0).isNaN }) { return fault }
    guard var last = ordered.last, ordered.count > 1, take != .every else { return ordered.last }
    let count = Double(ordered.count)
    last.loss.value = .number(ordered.reduce(0) { $0 + Self.number($1) / count })
    return last
  }

  /// The least sparsity at which a loss that is taken was logged; nil where none was read.
  package var leastSparsity: Double? { kept.compactMap { $0.values.number(.sparsity) }.min() }
}
