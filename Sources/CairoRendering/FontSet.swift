import CCairo
import Plotting

/// The faces of the family that figures are set in, and their measures.
public struct FontSet: Sendable {
  /// Which fonts and libraries draw the text, for the record of a report.
  public let report: FontReport
  private let faces: [FontFace]

  /// Loads the first family that is installed.
  ///
  /// - Parameter families: Names in order of preference.
  /// - Throws: `RenderingError.fontMissing` where none is installed.
  public init(families: [String] = Theme.fontFamilies) throws {
    for family in families {
      let styles = [(false, false), (true, false), (false, true), (true, true)]
      let faces = styles.compactMap { isItalic, isBold in
        FontFace(family: family, isItalic: isItalic, isBold: isBold)
      }
      guard faces.count == styles.count else { continue }
      self.faces = faces
      report = FontReport(
        requestedFamily: families.first ?? family, usedFamily: faces[0].family,
        files: faces.map(\.file))
      return
    }
    throw RenderingError.fontMissing(families: families)
  }

  func face(for font: Font) -> FontFace {
    faces[(font.isItalic ? 1 : 0) + (font.isBold ? 2 : 0)]
  }
}

extension FontSet: TextMeasurer {
  /// Measures are taken at this size and scaled, so that they are exactly proportional.
  private static let measuringSize = 1000.0

  public func advance(of string: String, font: Font) -> Double {
    let extents = withScaledFont(font) { scaled in
      var extents = cairo_text_extents_t()
      cairo_scaled_font_text_extents(scaled, drawable(string, font), &extents)
      return extents
    }
    return extents.x_advance / FontSet.measuringSize * font.size
  }

  public func metrics(of font: Font) -> FontMetrics {
    let (tall, capitals) = withScaledFont(font) { scaled in
      var tall = cairo_text_extents_t()
      cairo_scaled_font_text_extents(scaled, "dgpy", &tall)
      var capitals = cairo_text_extents_t()
      cairo_scaled_font_text_extents(scaled, "H", &capitals)
      return (tall, capitals)
    }
    let scale = font.size / FontSet.measuringSize
    return FontMetrics(
      ascent: -tall.y_bearing * scale, descent: (tall.height + tall.y_bearing) * scale,
      capHeight: -capitals.y_bearing * scale)
  }

  private func withScaledFont<Result>(
    _ font: Font, _ body: (OpaquePointer?) -> Result
  ) -> Result {
    var matrix = cairo_matrix_t()
    cairo_matrix_init_scale(&matrix, FontSet.measuringSize, FontSet.measuringSize)
    var identity = cairo_matrix_t()
    cairo_matrix_init_identity(&identity)
    return TextLock.held {
      withFontOptions { options in
        let scaled = cairo_scaled_font_create(face(for: font).pointer, &matrix, &identity, options)
        defer { cairo_scaled_font_destroy(scaled) }
        return body(scaled)
      }
    }
  }
}

extension String {
  /// The string with spaces for what Cairo, C strings or XML cannot hold or what no reader can
  /// see: controls, line separators, bidirectional and other format controls, noncharacters.
  var withoutControls: String {
    guard unicodeScalars.contains(where: \.isUndrawable) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0.isUndrawable ? " " : $0 }))
  }
}

extension Unicode.Scalar {
  var isUndrawable: Bool {
    if value < 0x7F { return value < 0x20 }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
    }
  }
}
