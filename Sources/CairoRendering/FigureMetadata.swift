/// What a figure's file says of itself.
public struct FigureMetadata: Hashable, Sendable {
  /// A short name for the figure.
  public var title: String
  /// What the figure shows, for readers who cannot see it.
  public var description: String
  /// Further facts in a fixed order, such as the digest of inputs and settings.
  public var properties: [Property]

  public struct Property: Hashable, Sendable {
    /// A keyword: PNG allows 1 to 79 Latin-1 characters.
    public var key: String
    public var value: String

    public init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  public init(title: String, description: String = "", properties: [Property] = []) {
    self.title = title
    self.description = description
    self.properties = properties
  }
}
