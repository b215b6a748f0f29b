import CCairo
import Plotting

extension CairoRenderer {
  func svg(_ scene: Scene, _ metadata: FigureMetadata) throws -> [UInt8] {
    let sink = ByteSink()
    try withExtendedLifetime(sink) {
      let canvas = try Canvas.make(
        cairo_svg_surface_create_for_stream(
          ByteSink.write, sink.closure, scene.size.width, scene.size.height))
      canvas.draw(scene, fonts: fonts)
      try canvas.finish()
    }
    return SVGDocument(sink.bytes).annotated(with: metadata)
  }
}
