extension Preset {
  /// ICML: one of two columns, 3.25 inches wide.
  public static let icml = Preset(
    name: "icml", width: 3.25 * 72, maxHeight: 5.5 * 72, minPanelWidth: 72, theme: columnTheme)

  private static var columnTheme: Theme {
    var theme = Theme()
    theme.labelSize = 7.5
    theme.tickSize = 6.5
    theme.titleSize = 7
    theme.lineWidth = 1.0
    theme.markerSize = 3.6
    return theme
  }
}
