extension RunFolder {
  /// Reads all records of the log with the path, below the folder, of the file that each is in.
  package func read(
    in folder: String, opened: (String) throws -> Void,
    record: (LogRecord, String) throws -> Void
  ) throws {
    switch log {
    case .files(let paths, let format):
      for path in paths {
        try opened(path)
        do {
          try format.read(ByteStream(path: folder + "/" + path)) { try record($0, path) }
        } catch let fault as LogFault {
          throw Located(file: path, fault: fault)
        }
      }
    case .mlflow(let paths):
      for path in paths { try opened(path) }
      let inner = mlflowFolder(paths)
      let prefix = inner.isEmpty ? "" : inner + "/"
      do {
        try MLflowRun.read(
          paths.map { String($0.dropFirst(prefix.count)) }, in: folder + "/" + inner
        ) { try record($0, prefix + "metrics") }
      } catch let fault as LogFault {
        throw Located(file: prefix + "metrics", fault: fault)
      }
    case .chart(let chart): try chart.read(record)
    }
  }

  /// Reads the constants, those that win first.
  package func readConstants(
    in folder: String, opened: (String) throws -> Void
  ) throws -> Configuration {
    var configuration = Configuration()
    for path in configurations {
      try opened(path)
      do {
        let bytes = try ByteStream(path: folder + "/" + path).all(atMost: 16 << 20)
        configuration.add(
          try Configuration(bytes, isYAML: !path.hasSuffix(".json")).constants, file: path)
      } catch let fault as LogFault {
        throw Located(file: path, fault: fault)
      }
    }
    switch log {
    case .files(let paths, let format):
      guard let path = paths.first,
        format == TrainerStateFormat.self || format == WandbRunFormat.self
      else { break }
      try opened(path)
      do {
        let bytes = try ByteStream(path: folder + "/" + path)
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
      let found = try MLflowRun.constants(in: folder + "/" + inner) { try? opened(prefix + $0) }
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
