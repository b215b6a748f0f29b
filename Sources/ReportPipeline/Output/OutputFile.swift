import Foundation

/// A file of the report before it is written.
public struct OutputFile: Sendable {
  /// The path below the output folder, with `/`.
  public var path: String
  public var bytes: Data

  public init(path: String, bytes: Data) {
    self.path = path
    self.bytes = bytes
  }

  public init(path: String, text: String) {
    self.init(path: path, bytes: Data(text.utf8))
  }
}
