extension RunFolder {
  /// Reads all records of the log with the path, below the folder, of the file that each is in.
  package func read(
    in folder: Door, record: (LogRecord, String) throws -> Void
  ) throws {
    switch log {
    case .files(let paths, let format):
      for path in paths {
        do {
          try format.read(folder.stream(path)) { try record($0, path) }
        } catch let fault as LogFault {
          throw Located(file: path, fault: fault)
        }
      }
    case .mlflow(let paths):
      let inner = mlflowFolder(paths)
      let prefix = inner.isEmpty ? "" : inner + "/"
      do {
        try MLflowRun.read(
          paths.map { String($0.dropFirst(prefix.count)) }, in: try folder.folder(inner)
        ) { try record($0, prefix + "metrics") }
      } catch let fault as LogFault {
        throw Located(file: prefix + "metrics", fault: fault)
      }
    case .chart(let chart): try chart.read(record)
    }
  }

  /// Reads the constants, those that win first.
  package func readConstants(in folder: Door) throws -> Configuration {
    var configuration = Configuration()
    for path in configurations {
      do {
        let isYAML = !path.hasSuffix(".json")
        let bytes = try folder.stream(path).all(
          atMost: isYAML ? YAMLDocument.largest : Configuration.largest)
        configuration.add(try Configuration(bytes, isYAML: isYAML).constants, file: path)
      } catch let fault as LogFault {
        throw Located(file: path, fault: fault)
      }
    }
    switch log {
    case .files(let paths, let format):
      guard let path = paths.first,
        format == TrainerStateFormat.self || format == WandbRunFormat.self
      else { break }
      do {
        let bytes = try folder.stream(path)
        configuration.add(
          try format == TrainerStateFormat.self
            ? TrainerStateFormat.constants(bytes) : WandbRunFormat.constants(bytes),
          file: path)
      } catch let fault as LogFault {
        throw Located(file: path, fault: fault)
      }
    case .mlflow(let paths):
      let inner = mlflowFolder(paths)
      let prefix = inner.isEmpty ? "" : inner + "/"
      let found = try MLflowRun.constants(in: folder.folder(inner))
      configuration.add(
        found.map {
          var constant = $0
          constant.file = constant.file.map { prefix + $0 }
          return constant
        })
    case .chart(let chart): configuration.add(chart.constants)
    }
    return configuration
  }

  /// The folder of meta.yaml, below this one; empty if it is this one.
  private func mlflowFolder(_ paths: [String]) -> String {
    let parts = (paths.first ?? "metrics").split(separator: "/", omittingEmptySubsequences: true)
    return parts.prefix { $0 != "metrics" }.joined(separator: "/")
  }

  /// A fault with the file that it is in.
  package struct Located: Error {
    package var file: String
    package var fault: LogFault
  }
}
