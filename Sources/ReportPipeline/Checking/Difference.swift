/// How one file of the committed report differs from the regenerated one.
public struct Difference: Sendable, Equatable, CustomStringConvertible {
  public enum Kind: String, Sendable {
    case missing = "is missing"
    case leftOver = "is no longer made"
    case changed = "differs"
    case foreign = "is not a file of the report"
  }

  /// What a difference is about, gravest first.
  public enum Tier: Int, Sendable, CaseIterable {
    /// A file too many or too few, or one that is not what the report once made.
    case files
    /// What went in: data, templates, settings or the version of the program.
    case inputs
    /// A number beyond the tolerance.
    case numbers
    /// Words, or the parts that a file has.
    case text
    /// What a figure looks like.
    case pixels
    /// Bytes alone: the same numbers, words and looks, as another version of Cairo writes them.
    case bytes
  }

  public var path: String
  public var kind: Kind
  public var tier: Tier
  /// The line, key or tile that differs, with its old and new value.
  public var detail: String?
  /// What would stay when the report is made again, and is to be removed: a path below the output.
  public var remains: String?

  init(path: String, kind: Kind = .changed, _ finding: Finding) {
    self.path = path
    self.kind = kind
    tier = finding.tier
    detail = finding.detail
  }

  /// Whether the report no longer says what the data say.
  public var isDrift: Bool { tier != .bytes }

  public var description: String {
    var text = "\(path): "
    switch (kind, tier) {
    case (.changed, .inputs): text += "inputs differ"
    case (.changed, .numbers): text += "numbers differ"
    case (.changed, .pixels): text += "pixels differ"
    case (.changed, .bytes): text += "differs in bytes alone"
    default: text += kind.rawValue
    }
    return text + (detail.map { ", \($0)" } ?? "")
  }

  /// A difference before it is known which file it is in.
  struct Finding: Equatable {
    var tier: Tier
    var detail: String?

    init(_ tier: Tier, _ detail: String? = nil) {
      self.tier = tier
      self.detail = detail
    }

    /// A finding with what stood there and what stands there now.
    static func change(_ tier: Tier, at place: String, from old: String, to new: String) -> Self {
      Self(tier, "\(place): committed \(shortened(old)), now \(shortened(new))")
    }

    /// The values in one line of readable length.
    private static func shortened(_ text: String) -> String {
      let scalars = text.unicodeScalars.drop(while: \.properties.isWhitespace)
      return scalars.count > 120 ? String(scalars.prefix(120)) + "…" : String(scalars)
    }
  }
}
