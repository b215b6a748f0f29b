extension Preset {
  /// ICML: across both columns, 6.75 inches wide.
  public static let icmlWide = Preset(
    name: "icml-wide", width: 6.75 * 72, maxHeight: 6 * 72, spansColumns: true)
}
