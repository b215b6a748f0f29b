import CairoRendering
import Plotting
import ReportPipeline
import ScalingLaws

/// Lays out and draws figures, on one thread.
public struct FigureDrawing {
  private let renderer: CairoRenderer

  public init() throws { renderer = try CairoRenderer() }

  /// The scene of a figure at the size of the default preset.
  public func scene(_ entry: FigureSet.Entry) -> Scene {
    entry.figure.layout(preset: .default, measurer: renderer.fonts).scene
  }

  /// The sizes of the files in bytes, so that nothing can be left out.
  @discardableResult
  public func draw(
    _ entry: FigureSet.Entry, as formats: [ImageFormat] = ImageFormat.allCases
  ) throws -> Int {
    let scene = scene(entry)
    return try formats.reduce(0) { total, format in
      total
        + (try renderer.render(scene, as: format, metadata: FigureMetadata(title: entry.name)))
        .count
    }
  }
}
