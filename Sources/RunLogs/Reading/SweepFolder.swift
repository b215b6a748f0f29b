/// The folder of one sweep.
public struct SweepFolder: Sendable, Equatable {
  /// The rows of tables that are a sweep of their own: those with a value in a column.
  package struct Part: Sendable, Equatable {
    var column: String
    var value: String
  }

  /// The sweep's name: the folder's, and of a part that of its value behind it.
  public var name: String
  package var part: Part?
  /// The absolute path of the data root.
  package var root: String
  /// The root's name, with which messages name files.
  private let rootName: String
  /// The folder below the root; `.` where the root itself is the sweep.
  private let place: String

  /// A folder below a data root, by its name there; the root itself without one.
  package init(_ name: String? = nil, root: String, rootName: String) {
    self.name = name ?? rootName
    self.root = root
    self.rootName = rootName
    place = name ?? "."
  }

  /// A door that stands in the sweep's folder and has the data root as its root.
  package func door() throws(Fault) -> Door { try Door(root, name: rootName).folder(place) }
}
