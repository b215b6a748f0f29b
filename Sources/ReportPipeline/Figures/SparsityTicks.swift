import Plotting
import RunLogs

/// Ticks at the sparsities of the design, and at 0.
struct SparsityTicks {
  let rule: TickRule

  /// - Parameters:
  ///   - values: The sparsity of each run.
  ///   - extras: Sparsities that get a tick where they are far enough from the design's.
  init(values: [Double], extras: [Double] = []) {
    var counts: [(value: Double, runs: Int)] = []
    for value in values.filter({ $0 >= 0 && $0 < 1 }).map(nominalSparsity).sorted() {
      if let last = counts.last, last.value == value {
        counts[counts.count - 1].runs += 1
      } else {
        counts.append((value, 1))
      }
    }
    // The most frequent first: they keep their labels, and strays close to them get no tick.
    counts.sort { ($1.runs, $0.value) < ($0.runs, $1.value) }
    var chosen: [Double] = [0]
    for (value, closest) in counts.map({ ($0.value, 0.2) }) + extras.map({ ($0, 0.45) }) {
      let place = Scale.sparsity.position(of: value)
      let isApart = chosen.allSatisfy {
        abs(Scale.sparsity.position(of: $0) - place) > closest
      }
      if isApart { chosen.append(value) }
    }
    rule = chosen.count > 1 ? .at(chosen) : .automatic
  }
}
