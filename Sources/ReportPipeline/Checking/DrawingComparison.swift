import CairoRendering
import Foundation

/// Compares the files of figures.
enum DrawingComparison {
  /// What two PNGs look like; bytes alone where no tile differs visibly.
  static func compare(png old: Data, _ new: Data) -> Difference.Finding {
    guard let before = try? PixelImage(png: Array(old)) else {
      return .init(.pixels, "the committed file is not a readable PNG")
    }
    guard let after = try? PixelImage(png: Array(new)) else {
      return .init(.pixels, "the new file is not a readable PNG")
    }
    guard let worst = before.worstTile(comparedWith: after) else {
      return .change(
        .pixels, at: "size", from: "\(before.width) × \(before.height)",
        to: "\(after.width) × \(after.height)")
    }
    guard worst.distance > Tolerance.tile else { return .init(.bytes) }
    return .init(
      .pixels,
      "worst tile at column \(worst.column), row \(worst.row): distance "
        + "\(NumberText.significant(worst.distance, 2)), above \(Tolerance.tile)")
  }

  /// Whether two SVGs are one drawing: equal but for coordinates that no eye tells apart and for
  /// the digests of their manifests.
  static func isSameDrawing(svg old: Data, _ new: Data, digests: [String]) -> Bool {
    guard var before = String(validating: old, as: UTF8.self),
      var after = String(validating: new, as: UTF8.self)
    else { return false }
    for digest in digests where !digest.isEmpty {
      before = before.replacing(digest, with: "")
      after = after.replacing(digest, with: "")
    }
    return NumericText(before).agrees(with: NumericText(after), Tolerance.isSameCoordinate)
  }
}
