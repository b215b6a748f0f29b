/// Fonts, sizes and line widths of all figures, in points.
///
/// Sizes are those in print: figures are drawn at true size and must not be scaled.
public struct Theme: Hashable, Sendable {
  /// Axis labels.
  public var labelSize = 8.0
  /// Tick labels, legends and labels inside the panel.
  public var tickSize = 7.0
  /// Panel titles.
  public var titleSize = 7.5
  public var lineWidth = 1.2
  public var axisWidth = 0.6
  public var gridWidth = 0.4
  /// Diameter of a round data point.
  public var markerSize = 4.2
  public var tickLength = 2.8
  public var minorTickLength = 1.6
  public var textColor = Color.gray(0.1)
  public var axisColor = Color.gray(0.25)
  public var gridColor = Color.gray(0.9)
  /// Width of the white rim around text that stands on lines.
  public var haloWidth = 1.3

  public init() {}

  /// The families to look for, best first.
  ///
  /// Liberation Sans has the metrics of Arial and Helvetica, which publishers ask for; DejaVu Sans
  /// is found on nearly every Linux machine, and is wider.
  public static let fontFamilies = ["Liberation Sans", "DejaVu Sans"]
}
