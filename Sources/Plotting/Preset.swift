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

  /// All presets in the order in which help texts list them.
  public static let all: [Preset] = [.default, .neurips, .iclr, .icml, .icmlWide]

  /// The preset with the given name.
  public static func named(_ name: String) -> Preset? { all.first { $0.name == name } }
}
