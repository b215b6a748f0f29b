/// A kind of image file.
public enum ImageFormat: String, CaseIterable, Hashable, Sendable {
  /// Pixels at 300 per inch.
  case png
  /// Vector, with text as outlines so that it looks the same everywhere.
  case svg
  /// Vector, with fonts embedded.
  case pdf

  public var fileExtension: String { rawValue }
}
