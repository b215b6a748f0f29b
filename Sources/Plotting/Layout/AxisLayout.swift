/// The ticks of an axis that have room on a given length, with their measured labels.
package struct AxisLayout: Hashable, Sendable {
  package struct PlacedTick: Hashable, Sendable {
    package var value: Double
    /// Distance in points from the low end of the axis.
    package var offset: Double
    package var label: TextBlock?
    package var isMajor: Bool
  }

  package var ticks: [PlacedTick]

  /// Chooses the densest ticks whose labels keep apart.
  ///
  /// - Parameters:
  ///   - length: Length of the axis in points.
  ///   - orientation: Horizontal for an x axis.
  package init(
    _ axis: Axis, domain: ClosedRange<Double>, length: Double, orientation: Orientation,
    theme: Theme, measurer: some TextMeasurer
  ) {
    let map = AxisMap(scale: axis.scale, domain: domain, length: length)
    func place(_ ticks: [Tick]) -> [PlacedTick] {
      ticks.compactMap { tick in
        let offset = map.offset(of: tick.value)
        guard offset.isFinite, offset >= -0.01, offset <= length + 0.01 else { return nil }
        let block = tick.label?.block(size: theme.tickSize, measurer: measurer)
        return PlacedTick(
          value: tick.value, offset: offset, label: block, isMajor: tick.isMajor)
      }
    }
    let gap = (orientation == .horizontal ? 0.8 : 0.55) * theme.tickSize
    let spacing = orientation == .horizontal ? 26.0 : 18.0
    switch axis.ticks {
    case .none:
      ticks = []
    case .at(let values):
      let labelled = values.map { Tick($0, label: axis.format.text($0)) }
      ticks = AxisLayout.thinned(place(labelled), orientation: orientation, gap: gap)
    case .labelled(let values, let labels):
      let labelled = zip(values, labels).map { Tick($0, label: $1) }
      ticks = AxisLayout.thinned(place(labelled), orientation: orientation, gap: gap)
    case .automatic:
      let most = min(max(4, length / spacing), 10)
      let sets = axis.scale.tickCandidates(in: domain, format: axis.format).map(place)
      func labels(_ set: [PlacedTick]) -> Int { set.count { $0.label != nil } }
      let fitting = sets.filter { set in
        Double(labels(set)) <= most
          && AxisLayout.isClear(set, orientation: orientation, gap: gap)
      }
      // With fewer than three labels nobody tells a logarithmic axis from a linear one.
      // The sparsest of even steps has the roundest numbers.
      let chosen = axis.scale == .linear ? sets.reversed() : sets
      func three(even: Bool) -> [PlacedTick]? {
        chosen.lazy.compactMap {
          AxisLayout.three(of: $0, even: even, orientation: orientation, gap: gap)
        }.first
      }
      ticks =
        fitting.first { labels($0) >= 3 } ?? three(even: true) ?? three(even: false)
        ?? fitting.first
        ?? AxisLayout.thinned(sets.last ?? [], orientation: orientation, gap: gap)
    }
  }

  var labelCount: Int { ticks.count { $0.label != nil } }

  /// The set with three of its labels, where those keep apart: of even steps three that are even as
  /// well, of others the ends and the tick nearest the middle between them.
  ///
  /// - Parameter even: whether to take even steps as such.
  private static func three(
    of ticks: [PlacedTick], even: Bool, orientation: Orientation, gap: Double
  ) -> [PlacedTick]? {
    let labelled = ticks.indices.filter { ticks[$0].label != nil }
    guard labelled.count >= 3, let first = labelled.first, let last = labelled.last else {
      return nil
    }
    let steps = zip(labelled, labelled.dropFirst()).map { ticks[$1].value - ticks[$0].value }
    let isEven = steps.allSatisfy { abs($0 - steps[0]) <= 1e-6 * abs(steps[0]) }
    let kept: [Int]
    if isEven && even {
      let stride = (labelled.count - 1) / 2
      let start = (labelled.count - 1 - 2 * stride) / 2
      kept = [0, stride, 2 * stride].map { labelled[start + $0] }
    } else {
      let middle = (ticks[first].offset + ticks[last].offset) / 2
      let between = labelled.dropFirst().dropLast().min {
        abs(ticks[$0].offset - middle) < abs(ticks[$1].offset - middle)
      }
      kept = [first, between ?? first, last]
    }
    let set = ticks.indices.map { index -> PlacedTick in
      var tick = ticks[index]
      if !kept.contains(index) { (tick.label, tick.isMajor) = (nil, false) }
      return tick
    }
    return isClear(set, orientation: orientation, gap: gap) ? set : nil
  }

  /// The widest label.
  var labelWidth: Double { ticks.compactMap { $0.label?.width }.max() ?? 0 }

  /// The tallest label.
  var labelHeight: Double { ticks.compactMap { $0.label?.ascent }.max() ?? 0 }

  /// How far labels reach beyond the low and the high end of a horizontal axis.
  func overhang(length: Double) -> (low: Double, high: Double) {
    var low = 0.0
    var high = 0.0
    for tick in ticks {
      guard let label = tick.label else { continue }
      low = max(low, label.width / 2 - tick.offset)
      high = max(high, tick.offset + label.width / 2 - length)
    }
    return (low, high)
  }

  private static func reach(_ label: TextBlock, _ orientation: Orientation) -> Double {
    (orientation == .horizontal ? label.width : label.capHeight) / 2
  }

  private static func isClear(
    _ ticks: [PlacedTick], orientation: Orientation, gap: Double
  ) -> Bool {
    var end = -Double.infinity
    for tick in ticks.sorted(by: { $0.offset < $1.offset }) {
      guard let label = tick.label else { continue }
      let half = reach(label, orientation)
      if tick.offset - half < end + gap { return false }
      end = tick.offset + half
    }
    return true
  }

  /// Takes the label from every tick that would touch an earlier one's.
  private static func thinned(
    _ ticks: [PlacedTick], orientation: Orientation, gap: Double
  ) -> [PlacedTick] {
    var taken: [(low: Double, high: Double)] = []
    return ticks.map { tick in
      guard let label = tick.label else { return tick }
      let half = reach(label, orientation)
      let (low, high) = (tick.offset - half, tick.offset + half)
      guard taken.allSatisfy({ high + gap <= $0.low || low >= $0.high + gap }) else {
        var tick = tick
        tick.label = nil
        return tick
      }
      taken.append((low, high))
      return tick
    }
  }
}

/// The way from a value to a distance along an axis.
struct AxisMap: Hashable, Sendable {
  let scale: Scale
  let start: Double
  let end: Double
  let length: Double

  init(scale: Scale, domain: ClosedRange<Double>, length: Double) {
    self.scale = scale
    start = scale.position(of: domain.lowerBound)
    end = scale.position(of: domain.upperBound)
    self.length = length
  }

  /// Points from the low end; NaN where the scale has no place for the value.
  func offset(of value: Double) -> Double {
    (scale.position(of: value) - start) / (end - start) * length
  }

  func value(atOffset offset: Double) -> Double {
    scale.value(at: start + (end - start) * offset / length)
  }
}
