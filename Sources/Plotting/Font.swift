/// A face and a size of the theme's family.
public struct Font: Hashable, Sendable {
  public var size: Double
  public var isItalic: Bool
  public var isBold: Bool

  public init(size: Double, isItalic: Bool = false, isBold: Bool = false) {
    self.size = size
    self.isItalic = isItalic
    self.isBold = isBold
  }
}

/// Heights of a font in points, all positive.
public struct FontMetrics: Hashable, Sendable {
  /// From the baseline to the top of the tallest letters.
  public var ascent: Double
  /// From the baseline to the bottom of the deepest letters.
  public var descent: Double
  /// From the baseline to the top of capitals and digits.
  public var capHeight: Double

  public init(ascent: Double, descent: Double, capHeight: Double) {
    self.ascent = ascent
    self.descent = descent
    self.capHeight = capHeight
  }
}

/// What layout needs to know of fonts.
///
/// Measures must be proportional to the font size and free of hinting, so that a layout is the
/// same on every surface.
public protocol TextMeasurer: Sendable {
  /// The distance in points from the start of the string to where the next one would start.
  func advance(of string: String, font: Font) -> Double
  func metrics(of font: Font) -> FontMetrics
}
