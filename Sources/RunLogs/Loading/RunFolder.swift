/// The files of a run folder: one log and at most one configuration.
package struct RunFolder {
  package static let configurations = ["config.json", "config.yaml", "config.yml"]

  /// The log's name.
  package var log: String
  package var format: any LogFormat.Type
  package var configuration: String?

  /// Whether a folder holds a run's log.
  package static func holdsLog(_ path: String) -> Bool {
    guard let names = try? FileTree.names(in: path) else { return false }
    return names.contains { LogFormats.recognise(fileNamed: $0)?.role == .history }
  }

  /// Looks into a folder; throws a `LogFault` where it is not clear what to read.
  package init(_ path: String) throws {
    guard FileTree.kind(path) != .absent else {
      throw LogFault(
        "is a link that leads nowhere, or has a name that is not UTF-8", fix: "mend or remove it")
    }
    let names: [String]
    do {
      names = try FileTree.names(in: path)
    } catch {
      throw LogFault("the folder cannot be read", isUnreadable: true)
    }
    let logs = names.compactMap { name -> (String, any LogFormat.Type)? in
      guard let known = LogFormats.recognise(fileNamed: name), known.role == .history else {
        return nil
      }
      return (name, known.format)
    }
    guard let log = logs.first else {
      throw LogFault(
        "the run folder holds no log", fix: "it needs a metrics.jsonl or a metrics.csv")
    }
    guard logs.count == 1 else {
      throw LogFault(
        "the run folder holds \(logs.map { $0.0.quoted }.joined(separator: " and "))",
        fix: "keep one of them")
    }
    let configurations = names.filter { Self.configurations.contains($0) }
    guard configurations.count <= 1 else {
      throw LogFault(
        "the run folder holds \(configurations.map(\.quoted).joined(separator: " and "))",
        fix: "keep one of them")
    }
    self.log = log.0
    format = log.1
    configuration = configurations.first
  }
}
