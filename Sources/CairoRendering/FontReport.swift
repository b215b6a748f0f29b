import CCairo

/// Which fonts and libraries draw text: all that pixels depend on besides the figure itself.
public struct FontReport: Hashable, Sendable {
  /// The family that the theme asks for first.
  public let requestedFamily: String
  /// The family that was found.
  public let usedFamily: String
  /// The files of the upright, italic, bold and bold italic faces, where this machine has them.
  public let files: [String]
  public let cairoVersion: String
  public let freeTypeVersion: String

  init(requestedFamily: String, usedFamily: String, files: [String]) {
    self.requestedFamily = requestedFamily
    self.usedFamily = usedFamily
    self.files = files
    cairoVersion = String(cString: cairo_version_string())
    freeTypeVersion = FontReport.linkedFreeTypeVersion()
  }

  /// The files' names without their folders, which differ between machines.
  public var fileNames: [String] {
    files.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
  }

  /// A sentence for the reader where the theme's font had to be replaced.
  public var fallbackNotice: String? {
    guard requestedFamily != usedFamily else { return nil }
    return
      "the font \(requestedFamily) is not installed; figures are set in \(usedFamily) and will "
      + "differ from those of machines that have it (Debian, Ubuntu: fonts-liberation)"
  }

  private static func linkedFreeTypeVersion() -> String {
    var library: UnsafeMutableRawPointer?
    guard FT_Init_FreeType(&library) == 0, let library else { return "unknown" }
    defer { _ = FT_Done_FreeType(library) }
    var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
    FT_Library_Version(library, &major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }
}
