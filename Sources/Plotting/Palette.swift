/// The colours of an ordered quantity, one hue family for each, so that no colour has two meanings.
///
/// Lightness rises evenly from the least value to the greatest, so that grey print and readers with
/// any colour vision keep the order, and every colour has a contrast of at least 3:1 on white.
public enum Ramp: Hashable, Sendable, CaseIterable {
  /// Violet over blue to cyan.
  case sparsity
  /// Maroon over red to orange: numbers of parameters.
  case size
  /// Dark to light green: amounts of data.
  case data

  /// The colour at a share of the way from the least value to the greatest, clamped to [0, 1].
  public func color(at share: Double) -> Color {
    let stops = self.stops
    let clamped = share.isFinite ? min(max(share, 0), 1) : 0
    let scaled = clamped * Double(stops.count - 1)
    let lower = min(wholeNumber(scaled.rounded(.down)) ?? 0, stops.count - 2)
    return stops[lower].mixed(with: stops[lower + 1], share: scaled - Double(lower))
  }

  /// Colours for `count` ordered values.
  public func colors(count: Int) -> [Color] {
    (0..<max(count, 0)).map { color(at: count == 1 ? 0.5 : Double($0) / Double(count - 1)) }
  }

  private var stops: [Color] {
    let codes: [UInt32] =
      switch self {
      case .sparsity: [0x2D0A4E, 0x46309B, 0x2F63B5, 0x1A98C4]
      case .size: [0x43070F, 0x8E1630, 0xC5301F, 0xE26A10]
      case .data: [0x062E25, 0x155C40, 0x2F8148, 0x5D9C33]
      }
    return codes.map(Color.init(hex:))
  }
}

/// Colours for what has no order, apart from those of the ramps, with a contrast of at least 3:1 on
/// white.
public enum Palette {
  /// The law, and whatever a figure has but one of.
  public static let ink = Color.gray(0.13)
  /// Lines that are read against: limits, Chinchilla compute, no error.
  public static let reference = Color.gray(0.42)
  /// Single runs behind their means.
  public static let faint = Color.gray(0.57)
  public static let gold = Color(hex: 0x997700)
  public static let purple = Color(hex: 0xAA3F92)
  public static let gray = Color(hex: 0x757575)

  /// The order in which categories take colours.
  public static let categories = [ink, gold, purple, gray]
}
