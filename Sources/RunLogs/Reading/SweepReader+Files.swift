/// Files of which each is a run's log, as `lines` or `rows` of an entry of `runs` say.
extension SweepReader {
  /// The reader of a file; nil, and an error, where its name does not fit the pattern.
  ///
  /// Constants are read beside the file, as of any log.
  mutating func reader(
    ofFile path: String, _ shape: TableShape, _ content: TableShape.Content, name: String
  ) -> RunReader? {
    guard let constants = constants(inName: name, of: path, shape) else { return nil }
    var log = RunLog(content.format, [path.lastComponent])
    let own = log.constants
    log.constants = { try constants + own($0) }
    var run = RunFolder(log)
    let names = (try? door.names(in: path.parentFolder)) ?? []
    run.configurations = ((try? Sidecars.among(names)) ?? []).filter { $0 != path.lastComponent }
    var settings = settings
    settings.mapping.step = shape.step
    return RunReader(
      folder: folder, path: path.parentFolder, name: name, settings: settings, run: run,
      observations: shape.observations)
  }

  /// How files that are runs are called: as themselves, or after their folders, whichever tells all
  /// of them apart; else by their paths.
  static func naming(_ sources: [RunSource]) -> (String) -> String {
    let files = sources.compactMap { source -> String? in
      if case .file(let path, _, _) = source { return path }
      return nil
    }
    let ways: [(String) -> String] = [{ $0.lastComponent.stem }, { $0.parentFolder.lastComponent }]
    return ways.first { Set(files.map($0)).count == files.count } ?? { $0 }
  }

  /// What the pattern of an entry of `runs` takes out of a run's name, which is its file's or its
  /// folder's; none without a pattern, nil and an error where it does not fit.
  mutating func constants(
    inName name: String, of path: String, _ shape: TableShape
  ) -> [Configuration.Constant]? {
    guard case .fileName(let pattern?)? = shape.identity else { return [] }
    guard let found = pattern.values(in: name) else {
      errors.append(
        Fault(
          at: shape.location,
          "the name of \(folder.shown(path).visible) does not fit the pattern of `runs`",
          fix: "its names are \(pattern.names.joined(separator: ", "))"))
      return nil
    }
    return found.map {
      Configuration.Constant(
        name: $0.name, value: .text($0.value), line: nil, file: path.lastComponent)
    }
  }
}

extension String {
  /// The endings of a file's name, with the point before them: `.csv.gz`.
  var ending: String { String(lastComponent.dropFirst(lastComponent.stem.count)) }

  /// A file's name without its endings.
  var stem: String {
    let plain = LogFormats.withoutCompression(self)
    guard plain.dropFirst().utf8.contains(UInt8(ascii: ".")) else { return plain }
    return plain.split(separator: ".").dropLast().joined(separator: ".")
  }
}
