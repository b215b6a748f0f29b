extension Preset {
  /// For reading on a screen: a little wider and larger than print.
  public static let `default` = Preset(
    name: "default", width: 6.5 * 72, maxHeight: 6.5 * 72, minPanelWidth: 96, theme: screenTheme)

  private static var screenTheme: Theme {
    var theme = Theme()
    theme.labelSize = 9
    theme.tickSize = 8
    theme.titleSize = 8.5
    theme.lineWidth = 1.4
    theme.markerSize = 4.8
    return theme
  }
}
