import CCairo
import Plotting

/// Turns scenes into image files, in memory.
///
/// A renderer may be used from several threads at once and gives the same bytes whatever else is
/// being drawn.
public struct CairoRenderer: Sendable {
  /// The fonts that text is drawn and measured with.
  public let fonts: FontSet

  /// - Throws: `RenderingError.fontMissing` where none of the families is installed.
  public init(families: [String] = Theme.fontFamilies) throws {
    fonts = try FontSet(families: families)
  }

  public init(fonts: FontSet) { self.fonts = fonts }

  /// Draws a scene as a file of the given format.
  ///
  /// - Returns: The file's bytes.
  /// - Throws: `RenderingError`.
  public func render(
    _ scene: Scene, as format: ImageFormat, metadata: FigureMetadata
  ) throws -> [UInt8] {
    let size = scene.size
    guard size.width.isFinite, size.height.isFinite, (1...5000).contains(size.width),
      (1...5000).contains(size.height)
    else { throw RenderingError.invalidSize(width: size.width, height: size.height) }
    switch format {
    case .png: return try png(scene, metadata)
    case .svg: return try svg(scene, metadata)
    case .pdf: return try pdf(scene, metadata)
    }
  }

  /// Lays out a figure for a preset and draws it.
  public func render(
    _ figure: Figure, preset: Preset, as format: ImageFormat, metadata: FigureMetadata
  ) throws -> [UInt8] {
    try render(
      figure.layout(preset: preset, measurer: fonts).scene, as: format, metadata: metadata)
  }
}
