import Foundation

/// The folder of one sweep.
public struct SweepFolder: Sendable, Equatable {
  /// The rows of tables that are a sweep of their own: those with a value in a column.
  package struct Part: Sendable, Equatable {
    package var column: String
    package var value: String
  }

  /// The sweep's name: the folder's, and of a part that of its value behind it.
  public var name: String
  /// The folder's own name.
  package var directory: String
  package var part: Part?
  /// The folder's absolute path.
  package var path: String
  /// The absolute path of the data root: the folder itself or its parent.
  package var root: String
  /// The root's name, with which messages name files.
  package var rootName: String

  package init(name: String, path: String, root: String, rootName: String) {
    self.name = name
    directory = name
    self.path = path
    self.root = root
    self.rootName = rootName
  }

  /// A door that stands in the sweep's folder and has the data root as its root.
  package func door() throws(Fault) -> Door {
    try Door(root, name: rootName).folder(root == path ? "." : directory)
  }

  /// A path below the sweep's folder as an absolute one.
  package func absolute(_ path: String) -> String { self.path + "/" + path }

  /// A path below the sweep's folder, from the data root.
  package func fromRoot(_ path: String) -> String {
    root == self.path ? path : directory + "/" + path
  }

  /// A path below the sweep's folder, as messages name it.
  package func shown(_ path: String) -> String { rootName + "/" + fromRoot(path) }

  /// The folder itself, as messages name it.
  package var shown: String { root == path ? rootName : rootName + "/" + directory }
}
