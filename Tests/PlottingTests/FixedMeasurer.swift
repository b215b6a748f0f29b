import Plotting

/// A font whose every character is 0.55 of the size wide.
struct FixedMeasurer: TextMeasurer {
  func advance(of string: String, font: Font) -> Double {
    0.55 * font.size * Double(string.count)
  }

  func metrics(of font: Font) -> FontMetrics {
    FontMetrics(ascent: 0.75 * font.size, descent: 0.22 * font.size, capHeight: 0.7 * font.size)
  }
}

/// Deterministic numbers in [0, 1) (SplitMix64).
struct Generator {
  var state: UInt64

  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }
}
