/// A rich text that has been measured: its extent and its pieces relative to its own origin.
package struct TextBlock: Hashable, Sendable {
  package struct Piece: Hashable, Sendable {
    package var string: String
    package var font: Font
    /// Offset from the left end of the main baseline.
    package var offset: Point
  }

  package var pieces: [Piece]
  package var width: Double
  /// Height above the baseline that is kept free: capitals, or a superscript's top.
  package var ascent: Double
  /// Depth below the baseline that is kept free.
  package var descent: Double
  package var capHeight: Double

  var height: Double { ascent + descent }
  var size: Size { Size(width: width, height: height) }
}

/// Which point of a text stands at the given position.
public enum HorizontalAnchor: Hashable, Sendable { case left, centre, right }
public enum VerticalAnchor: Hashable, Sendable { case top, middle, baseline, bottom }

extension RichText {
  /// Sub- and superscripts as shares of the size, so small and so high that 10⁶ never reads as
  /// 106, but never below `minimumSize` unless the text itself is smaller.
  private static let scriptScale = 0.7
  private static let minimumSize = 5.0
  private static let superscriptRise = 0.42
  private static let subscriptDrop = 0.18
  private static let thinSpace: Character = "\u{2009}"
  /// A sixth of the font size.
  private static let thinSpaceWidth = 1.0 / 6

  /// Measures the text at a font size in points.
  package func block(size: Double, isBold: Bool = false, measurer: some TextMeasurer) -> TextBlock {
    let base = measurer.metrics(of: Font(size: size, isBold: isBold))
    var pieces: [TextBlock.Piece] = []
    var x = 0.0
    var ascent = base.capHeight
    var descent = base.descent
    for run in runs {
      let scripted = run.script != .normal
      let scale =
        run.script == .superscriptedSubscript ? RichText.scriptScale * 0.85 : RichText.scriptScale
      let runSize = scripted ? max(size * scale, min(RichText.minimumSize, size)) : size
      let font = Font(size: runSize, isItalic: run.isItalic, isBold: isBold)
      let shift: Double =
        switch run.script {
        case .normal: 0
        case .superscripted: -RichText.superscriptRise * size
        case .subscripted: RichText.subscriptDrop * size
        case .superscriptedSubscript: -0.22 * size
        }
      let metrics = measurer.metrics(of: font)
      ascent = max(ascent, metrics.capHeight - shift)
      descent = max(descent, metrics.descent + shift)
      // Many fonts lack the thin space, so it is set as a gap.
      for (index, part) in run.string.split(
        separator: RichText.thinSpace, omittingEmptySubsequences: false
      ).enumerated() {
        if index > 0 { x += RichText.thinSpaceWidth * runSize }
        guard !part.isEmpty else { continue }
        pieces.append(.init(string: String(part), font: font, offset: Point(x, shift)))
        x += measurer.advance(of: String(part), font: font)
      }
    }
    return TextBlock(
      pieces: pieces, width: x, ascent: ascent, descent: descent, capHeight: base.capHeight)
  }
}

extension TextBlock {
  /// The block's box and baseline start when its anchor stands at `point`, before any turn.
  ///
  /// The middle is that of the capitals, which is what the eye takes for the centre of a label.
  func origin(
    at point: Point, horizontal: HorizontalAnchor, vertical: VerticalAnchor
  ) -> Point {
    let x =
      switch horizontal {
      case .left: point.x
      case .centre: point.x - width / 2
      case .right: point.x - width
      }
    let y =
      switch vertical {
      case .top: point.y + ascent
      case .middle: point.y + capHeight / 2
      case .baseline: point.y
      case .bottom: point.y - descent
      }
    return Point(x, y)
  }

  func box(origin: Point) -> Rect {
    Rect(
      minX: origin.x, minY: origin.y - ascent, maxX: origin.x + width, maxY: origin.y + descent)
  }

  /// The drawing of the block with its baseline starting at `origin`, turned about `pivot`.
  func elements(
    origin: Point, angle: Double = 0, pivot: Point? = nil, color: Color, halo: Double = 0
  ) -> [SceneElement] {
    pieces.map { piece in
      let start = origin + piece.offset
      let turned = angle == 0 ? start : start.rotated(by: angle, about: pivot ?? origin)
      return .text(
        PlacedText(
          piece.string, font: piece.font, origin: turned, angle: angle, color: color, halo: halo))
    }
  }
}
