import CCairo
import Plotting

extension CairoRenderer {
  /// The date in every file, so that the same figure is the same bytes on any day.
  private static let fixedDate = "2000-01-01T00:00:00Z"

  func pdf(_ scene: Scene, _ metadata: FigureMetadata) throws -> [UInt8] {
    let sink = ByteSink()
    try TextLock.held {
      let canvas = try Canvas.make(
        cairo_pdf_surface_create_for_stream(
          ByteSink.write, sink.closure, scene.size.width, scene.size.height))
      cairo_pdf_surface_restrict_to_version(canvas.surface, CAIRO_PDF_VERSION_1_5)
      func set(_ key: cairo_pdf_metadata_t, _ value: String) {
        cairo_pdf_surface_set_metadata(canvas.surface, key, value.withoutControls)
      }
      set(CAIRO_PDF_METADATA_TITLE, metadata.title)
      set(CAIRO_PDF_METADATA_SUBJECT, metadata.description)
      if !metadata.properties.isEmpty {
        let words = metadata.properties.map { "\($0.key)=\($0.value)" }
        set(CAIRO_PDF_METADATA_KEYWORDS, words.joined(separator: ", "))
      }
      set(CAIRO_PDF_METADATA_CREATE_DATE, CairoRenderer.fixedDate)
      canvas.draw(scene, fonts: fonts)
      try canvas.finish()
    }
    return withExtendedLifetime(sink) { sink.bytes }
  }
}
