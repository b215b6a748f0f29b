/// Files of which each is a run's log, as `lines` or `rows` of an entry of `runs` say.
extension SweepReader {
  /// The reader of a file; nil, and an error, where its name does not fit the pattern.
  ///
  /// Constants are read beside the file, as of any log.
  mutating func reader(ofFile source: RunSource, name: String) -> RunReader? {
    let path = source.path
    guard let shape = source.shape, let format = source.format,
      let given = constants(inName: name, of: path, shape)
    else { return nil }
    var log = RunLog(format, [path.lastComponent])
    log.given = given
    let beside = (try? Hyperparameters.files(among: door.names(in: path.parentFolder))) ?? []
    log.configurations = beside.filter { $0 != path.lastComponent }
    return reader(path.parentFolder, name: name, log, shape)
  }

  /// How files that are runs are called: as themselves, or after their folders, whichever tells all
  /// of them apart; else by their paths.
  static func naming(_ sources: [RunSource]) -> (String) -> String {
    let files = sources.filter { $0.kind == .file }.map(\.path)
    let ways: [(String) -> String] = [{ $0.lastComponent.stem }, { $0.parentFolder.lastComponent }]
    return ways.first { Set(files.map($0)).count == files.count } ?? { $0 }
  }

  /// What the pattern of an entry of `runs` takes out of a run's name, which is its file's or its
  /// folder's; none without a pattern, nil and an error where it does not fit.
  mutating func constants(
    inName name: String, of path: String, _ shape: TableShape
  ) -> [Constant]? {
    guard case .fileName(let pattern?)? = shape.identity else { return [] }
    guard let found = pattern.values(in: name) else {
      fail(
        shape.location,
        "the name of \(door.shown(path).visible) does not fit the pattern of `runs`",
        fix: "its names are \(pattern.names.joined(separator: ", "))")
      return nil
    }
    return found.map { Constant(name: $0.name, value: .text($0.value), file: path.lastComponent) }
  }
}
