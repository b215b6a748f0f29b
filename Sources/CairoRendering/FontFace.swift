import CCairo
import Plotting

/// One face of a font file, owned by Cairo.
///
/// A face may serve several threads, one at a time: see `TextLock`.
final class FontFace: @unchecked Sendable {
  let pointer: OpaquePointer
  let file: String
  let family: String
  /// The characters that the file has glyphs for.
  private let characters: OpaquePointer

  /// Finds a face of exactly this family; nothing where none is installed.
  init?(family: String, isItalic: Bool, isBold: Bool) {
    guard let query = FcPatternCreate() else { return nil }
    defer { FcPatternDestroy(query) }
    FcPatternAddString(query, FC_FAMILY, family)
    FcPatternAddInteger(query, FC_SLANT, isItalic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN)
    FcPatternAddInteger(query, FC_WEIGHT, isBold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR)
    FcPatternAddInteger(query, FC_WIDTH, FC_WIDTH_NORMAL)
    FcPatternAddBool(query, FC_OUTLINE, 1)
    FcConfigSubstitute(nil, query, FcMatchPattern)
    FcDefaultSubstitute(query)
    var result = FcResultNoMatch
    guard let match = FcFontMatch(nil, query, &result) else { return nil }
    defer { FcPatternDestroy(match) }
    var found: UnsafeMutablePointer<FcChar8>?
    guard FcPatternGetString(match, FC_FAMILY, 0, &found) == FcResultMatch, let found,
      String(cString: found).lowercased() == family.lowercased()
    else { return nil }
    self.family = String(cString: found)
    var path: UnsafeMutablePointer<FcChar8>?
    guard FcPatternGetString(match, FC_FILE, 0, &path) == FcResultMatch, let path else {
      return nil
    }
    file = String(cString: path)
    var covered: OpaquePointer?
    guard FcPatternGetCharSet(match, FC_CHARSET, 0, &covered) == FcResultMatch, let covered else {
      return nil
    }
    var index: Int32 = 0
    FcPatternGetInteger(match, FC_INDEX, 0, &index)
    // Only file and index go to Cairo: a user's settings for hinting, emboldening or smoothing
    // must not change figures.
    guard let exact = FcPatternCreate() else { return nil }
    defer { FcPatternDestroy(exact) }
    FcPatternAddString(exact, FC_FILE, file)
    FcPatternAddInteger(exact, FC_INDEX, index)
    guard let face = TextLock.held({ cairo_ft_font_face_create_for_pattern(exact) }) else {
      return nil
    }
    guard cairo_font_face_status(face) == CAIRO_STATUS_SUCCESS else {
      cairo_font_face_destroy(face)
      return nil
    }
    pointer = face
    characters = FcCharSetCopy(covered)
  }

  deinit {
    TextLock.held { cairo_font_face_destroy(pointer) }
    FcCharSetDestroy(characters)
  }

  /// Whether the face has a glyph for the character; without one it would draw an empty box.
  func draws(_ scalar: Unicode.Scalar) -> Bool {
    FcCharSetHasChar(characters, scalar.value) != 0
  }
}

/// Text drawn without hinting and measured without rounding, on every surface alike.
func withFontOptions<Result>(_ body: (OpaquePointer?) throws -> Result) rethrows -> Result {
  let options = cairo_font_options_create()
  defer { cairo_font_options_destroy(options) }
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
  return try body(options)
}
