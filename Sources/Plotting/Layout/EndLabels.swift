/// The names of lines in the margin to the right of their panel, level with the lines' ends and
/// moved apart where those lie close together; an even choice of them where there is no room for
/// all.
struct EndLabels {
  private(set) var elements: [SceneElement] = []
  private(set) var leftOut: [String] = []

  static let gap = 4.0

  init(_ marks: [Mark], frame: PanelFrame, theme: Theme, measurer: some TextMeasurer) {
    var items: [(block: TextBlock, color: Color, end: Point)] = []
    for case .line(let mark) in marks {
      guard let label = mark.label, label.placement == .end else { continue }
      let pieces = Clipping.polylines(mark.points.map(frame.point), to: frame.rect)
      let block = label.text.block(size: theme.tickSize, measurer: measurer)
      guard let end = pieces.last?.last else {
        leftOut.append(label.text.plainText)
        continue
      }
      items.append((block, mark.style.color, end))
    }
    items.sort { ($0.end.y, $0.end.x) < ($1.end.y, $1.end.x) }
    let pitch = theme.tickSize * 1.02
    let left = frame.rect.maxX + Self.gap
    var bottom = max(frame.rect.maxY - 0.4 * pitch, frame.rect.minY)
    let room = Int(frame.rect.height / pitch)
    if items.count > room, room > 2 {
      // The last place says how many names are missing.
      let kept = evenChoice(room - 1, of: items.count)
      let count = Self.missing(items.count - kept.count).block(
        size: theme.tickSize, measurer: measurer)
      elements += count.elements(
        origin: count.origin(at: Point(left, bottom), horizontal: .left, vertical: .middle),
        color: theme.textColor)
      bottom = max(bottom - pitch, frame.rect.minY)
      items = kept.map { items[$0] }
    }
    let places = Self.spread(
      items.map(\.end.y), pitch: pitch, within: frame.rect.minY...bottom)
    for (item, y) in zip(items, places) {
      let origin = item.block.origin(at: Point(left, y), horizontal: .left, vertical: .middle)
      elements += item.block.elements(origin: origin, color: item.color.readable)
    }
  }

  /// How many names are left out, as the margin says it.
  static func missing(_ count: Int) -> RichText { "+\(String(count)) more" }

  /// Rising values moved as little as may be until neighbours are `pitch` apart (pooling of
  /// adjacent blocks), inside a range that has room for all.
  static func spread(
    _ values: [Double], pitch: Double, within range: ClosedRange<Double>
  ) -> [Double] {
    var blocks: [(sum: Double, count: Double)] = []
    func middle(_ block: (sum: Double, count: Double)) -> Double {
      let half = (block.count - 1) / 2 * pitch
      return min(
        max(block.sum / block.count, range.lowerBound + half), range.upperBound - half)
    }
    for value in values {
      blocks.append((value, 1))
      while blocks.count > 1 {
        let (last, before) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
        guard middle(last) - middle(before) < (last.count + before.count) / 2 * pitch else {
          break
        }
        blocks.removeLast(2)
        blocks.append((before.sum + last.sum, before.count + last.count))
      }
    }
    return blocks.flatMap { block in
      (0..<Int(block.count)).map {
        middle(block) + (Double($0) - (block.count - 1) / 2) * pitch
      }
    }
  }
}

extension Panel {
  /// The width that labels at the ends of lines take beside the plot.
  func endLabelRoom(_ theme: Theme, measurer: some TextMeasurer) -> Double {
    var texts = marks.compactMap { mark -> RichText? in
      guard case .line(let mark) = mark, let label = mark.label, label.placement == .end else {
        return nil
      }
      return label.text
    }
    // So many find room in no panel.
    if texts.count > 24 { texts.append(EndLabels.missing(texts.count)) }
    let widths = texts.map { $0.block(size: theme.tickSize, measurer: measurer).width }
    return widths.max().map { $0 + EndLabels.gap + 1 } ?? 0
  }
}
