extension Preset {
  /// NeurIPS: one column, 5.5 inches wide.
  public static let neurips = Preset(name: "neurips", width: 5.5 * 72, maxHeight: 6 * 72)
}
