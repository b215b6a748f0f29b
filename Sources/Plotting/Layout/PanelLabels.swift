/// The labels inside a panel: requests for the placement and the drawing of its answer.
struct PanelLabels {
  private struct Item {
    var block: TextBlock
    var color: Color
    var hasHalo = true
    var request: LabelPlacement.Request
    /// Lower ranks are placed first.
    var rank = 1
  }

  private(set) var elements: [SceneElement] = []
  /// Where lines are interrupted by their own labels, by the line's mark.
  private(set) var gaps: [Int: Quad] = [:]
  /// The outlines of the labels that were placed.
  private(set) var outlines: [Quad] = []
  /// The words of labels that found no room.
  private(set) var leftOut: [String] = []

  init(
    _ marks: [Mark], drawing: PanelDrawing, avoiding reserved: [Rect], theme: Theme,
    measurer: some TextMeasurer
  ) {
    var items: [Item] = []
    for (id, mark) in marks.enumerated() {
      switch mark {
      case .line(let mark):
        guard let label = mark.label, label.placement != .end else { continue }
        let pieces = Clipping.polylines(
          mark.points.map(drawing.frame.point), to: drawing.frame.rect)
        let block = label.text.block(size: theme.tickSize, measurer: measurer)
        let candidates = LabelCandidates.along(pieces, label: label, block: block)
        items.append(
          Item(
            block: block, color: mark.style.color.readable,
            request: .init(
              size: block.size, candidates: candidates,
              ownLine: label.placement == .onLine ? id : nil)))
      case .rule(let mark):
        guard let text = mark.label, let ends = drawing.ends(of: mark) else { continue }
        let block = text.block(size: theme.tickSize, measurer: measurer)
        items.append(
          Item(
            block: block, color: mark.style.color.readable,
            request: .init(
              size: block.size,
              candidates: LabelCandidates.beside(rule: mark, ends: ends, block: block)),
            rank: 2))
      case .text(let mark):
        let block = mark.text.block(size: theme.tickSize, measurer: measurer)
        items.append(
          Item(
            block: block, color: mark.color, hasHalo: mark.hasHalo,
            request: .init(
              size: block.size,
              candidates: LabelCandidates.around(mark.place, frame: drawing.frame, block: block)),
            rank: mark.place.isNearData ? 0 : 3))
      case .band, .points, .region, .span: continue
      }
    }
    var obstacles = drawing.obstacles
    obstacles.boxes += reserved
    // What was measured keeps its label where there is not room for all.
    items = (0...3).flatMap { rank in items.filter { $0.rank == rank } }
    let placement = LabelPlacement(frame: drawing.frame.rect.inset(by: 1), obstacles: obstacles)
    for (item, place) in zip(items, placement.place(items.map(\.request))) {
      guard let place else {
        leftOut.append(item.block.pieces.map(\.string).joined())
        continue
      }
      let outline = Quad(centre: place.centre, size: item.block.size, angle: place.angle)
      outlines.append(outline)
      if let line = item.request.ownLine {
        let gap = Size(width: item.block.width + 4, height: item.block.height + 4)
        gaps[line] = Quad(centre: place.centre, size: gap, angle: place.angle)
      }
      // A rim sets words off from markers, and must not break a neighbour's line.
      let needsHalo = item.hasHalo && obstacles.boxesTouch(outline)
      let corner = Point(
        place.centre.x - item.block.width / 2, place.centre.y - item.block.height / 2)
      elements += item.block.elements(
        origin: corner + Point(0, item.block.ascent), angle: place.angle, pivot: place.centre,
        color: item.color, halo: needsHalo ? theme.haloWidth : 0)
    }
  }
}

extension Color {
  /// The colour, darkened where as text it would be too faint on white.
  var readable: Color {
    var color = self
    while color.luminance > 0.3 { color = color.mixed(with: .black, share: 0.15) }
    return color
  }
}
