/// Colours for categories, told apart by readers with any colour vision.
///
/// Source: Okabe and Ito, "Color Universal Design" (2008).
public enum OkabeIto {
  public static let black = Color(hex: 0x000000)
  public static let orange = Color(hex: 0xE69F00)
  public static let skyBlue = Color(hex: 0x56B4E9)
  public static let bluishGreen = Color(hex: 0x009E73)
  public static let yellow = Color(hex: 0xF0E442)
  public static let blue = Color(hex: 0x0072B2)
  public static let vermillion = Color(hex: 0xD55E00)
  public static let reddishPurple = Color(hex: 0xCC79A7)

  /// The order in which categories take colours: first those that differ most in grey as well.
  public static let sequence = [
    blue, vermillion, bluishGreen, orange, skyBlue, reddishPurple, black,
  ]
}

/// A colour for each number in [0, 1], even in lightness so that grey print keeps the order.
public enum ColorMap: Sendable {
  case viridis
  case cividis

  /// The colour at `position`, which is clamped to [0, 1].
  public func color(at position: Double) -> Color {
    let stops = self.stops
    let clamped = position.isFinite ? min(max(position, 0), 1) : 0
    let scaled = clamped * Double(stops.count - 1)
    let lower = min(wholeNumber(scaled.rounded(.down)) ?? 0, stops.count - 2)
    return stops[lower].mixed(with: stops[lower + 1], share: scaled - Double(lower))
  }

  /// Colours for `count` ordered values, without the pale end that white paper swallows.
  public func colors(count: Int) -> [Color] {
    (0..<max(count, 0)).map { index in
      color(at: count == 1 ? 0.4 : ColorMap.darkestToPalest(Double(index) / Double(count - 1)))
    }
  }

  /// The part of the map that is used on white ground: [0, 1] onto [0, 0.82].
  public static func darkestToPalest(_ share: Double) -> Double { 0.82 * share }

  private var stops: [Color] {
    switch self {
    case .viridis: ColorMap.viridisStops
    case .cividis: ColorMap.cividisStops
    }
  }

  private static let viridisStops: [Color] = [
    0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725,
  ].map(Color.init(hex:))

  private static let cividisStops: [Color] = [
    0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xE1CC55,
    0xFEE838,
  ].map(Color.init(hex:))
}
