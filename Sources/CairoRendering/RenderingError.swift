/// Why a figure could not be drawn.
public enum RenderingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// None of the families is installed.
  case fontMissing(families: [String])
  /// Cairo refused, with its own words.
  case cairo(operation: String, message: String)
  /// The page is too large, or not a size at all.
  case invalidSize(width: Double, height: Double)

  public var description: String {
    switch self {
    case .fontMissing(let families):
      "no font for figures: none of \(families.joined(separator: ", ")) is installed; install "
        + "fonts-liberation (Debian, Ubuntu), liberation-sans-fonts (Fedora) or "
        + "font-liberation (Homebrew), then run fc-cache"
    case .cairo(let operation, let message):
      "Cairo could not \(operation): \(message)"
    case .invalidSize(let width, let height):
      "a figure of \(width) by \(height) points cannot be drawn"
    }
  }
}
