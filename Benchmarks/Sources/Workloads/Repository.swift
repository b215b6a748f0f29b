import Foundation

/// The repository that this package is a part of.
public enum Repository {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  public static let data = root.appending(path: "Data").path
  public static let templates = root.appending(path: "Templates").path
}
