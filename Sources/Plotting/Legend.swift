/// The key to a figure's colours, markers and dashes.
public struct Legend: Hashable, Sendable {
  /// How one entry's sample is drawn.
  public struct Sample: Hashable, Sendable {
    public var line: LineStyle?
    public var marker: Marker?
    public var fill: Color?

    public init(line: LineStyle? = nil, marker: Marker? = nil, fill: Color? = nil) {
      self.line = line
      self.marker = marker
      self.fill = fill
    }
  }

  public struct Entry: Hashable, Sendable {
    public var label: RichText
    public var sample: Sample

    public init(_ label: RichText, _ sample: Sample) {
      self.label = label
      self.sample = sample
    }
  }

  /// Entries of one kind, after the words that say which.
  public struct Group: Hashable, Sendable {
    public var title: RichText
    public var entries: [Entry]

    public init(title: RichText = RichText(), _ entries: [Entry]) {
      self.title = title
      self.entries = entries
    }
  }

  public enum Position: Hashable, Sendable {
    /// In a cell of the grid that no panel takes, else above the panels.
    case top
    /// In a free corner of the first panel; above the panels where none is free.
    case inside
  }

  public var groups: [Group]
  public var position: Position

  public init(_ groups: [Group], position: Position = .top) {
    self.groups = groups
    self.position = position
  }

  public var isEmpty: Bool { groups.allSatisfy(\.entries.isEmpty) }
}
