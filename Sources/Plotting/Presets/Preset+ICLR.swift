extension Preset {
  /// ICLR: one column, 5.5 inches wide.
  public static let iclr = Preset(name: "iclr", width: 5.5 * 72, maxHeight: 6 * 72)
}
