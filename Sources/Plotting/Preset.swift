/// The printed size of figures and the theme that suits it.
///
/// A preset is one value in one file of the folder `Presets`.
public struct Preset: Hashable, Sendable {
  public var name: String
  /// Width of every figure in points.
  public var width: Double
  /// The tallest that a figure may grow, in points.
  public var maxHeight: Double
  /// The narrowest that a panel may become before panels wrap into another row, in points.
  public var minPanelWidth: Double
  /// Whether a figure is as wide as both columns of a page in two.
  public var spansColumns: Bool
  public var theme: Theme

  public init(
    name: String, width: Double, maxHeight: Double, minPanelWidth: Double = 88,
    spansColumns: Bool = false, theme: Theme = Theme()
  ) {
    self.name = name
    self.width = width
    self.maxHeight = maxHeight
    self.minPanelWidth = minPanelWidth
    self.spansColumns = spansColumns
    self.theme = theme
  }

  /// The height in points of a figure with this many rows of panels.
  func height(_ height: FigureHeight, rows: Int) -> Double {
    // A column of text is narrow: figures in it are higher for their width.
    let isColumn = width < 4 * 72
    let share =
      switch height {
      case .small: isColumn ? 0.56 : 0.34
      case .medium: isColumn ? 0.68 : 0.42
      case .large: isColumn ? 0.86 : 0.56
      }
    return min(width * share * (1 + 0.6 * Double(rows - 1)), maxHeight)
  }

  /// All presets in the order in which help texts list them.
  public static let all: [Preset] = [.default, .neurips, .iclr, .icml, .icmlWide]

  /// The preset with the given name.
  public static func named(_ name: String) -> Preset? { all.first { $0.name == name } }
}
