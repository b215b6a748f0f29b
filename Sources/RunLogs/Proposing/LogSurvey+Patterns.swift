extension LogSurvey {
  /// The entries of `runs` that name what was found: patterns where they name no other folder.
  package func entries(in root: Door) -> [String] {
    var entries: [String] = []
    let folders = shortened()
    if folders == ["."] {
      let log = (try? RunLog(in: root))?.files.first ?? "."
      return [YAMLText.scalar(Self.literal(log))]
    }
    var groups: [(pattern: String, folders: [String])] = []
    let byShape = Dictionary(grouping: folders) { $0.pathParts.count }
    for depth in byShape.keys.sorted() {
      let group = byShape[depth] ?? []
      groups.append((Self.pattern(group), group))
    }
    for (pattern, folders) in groups {
      let matched = (try? Glob.expand(pattern, in: root)) ?? []
      let isExact =
        Set(matched.filter { root.kind($0) == .folder })
        == Set(folders)
      entries += isExact || folders.count > 200 ? [pattern] : folders.map(Self.literal)
    }
    return entries.map(YAMLText.scalar) + tables.flatMap(Self.entries)
  }

  /// The entry of a table as sweep.yml has it; several, each with a #, where only its author knows
  /// which is right.
  private static func entries(of table: Table) -> [String] {
    let path = YAMLText.scalar(table.group?.files ?? literal(table.path))
    if let long = table.long, table.group == nil {
      let names = long.identity.map(YAMLText.scalar).joined(separator: ", ")
      let entry = "{path: \(path), run: [\(names)], step: \(YAMLText.scalar(long.step))}"
      return long.isSure ? [entry] : ["# \(entry)", "# {path: \(path), run: none}"]
    }
    var keys: [String] = []
    if let rows = table.rows { keys.append("rows: \(YAMLText.scalar(rows))") }
    if let lines = table.lines { keys.append("lines: \(YAMLText.scalar(lines))") }
    if let group = table.group {
      if table.isOneRun { keys.append("run: filename") }
      if let names = group.names { keys.append("pattern: \(YAMLText.scalar(names))") }
    }
    return [keys.isEmpty ? path : "{path: \(path), \(keys.joined(separator: ", "))}"]
  }

  /// Run folders without the folders that loggers put below them, where that still tells them
  /// apart: a run is then named after its own folder and not `version_0`.
  private func shortened() -> [String] {
    let short = runFolders.map { path -> String in
      var parts = path.pathParts
      while parts.count > 1, let last = parts.last, Self.isLoggersOwn(last) {
        parts.removeLast()
      }
      return parts.joined(separator: "/")
    }
    var counts: [String: Int] = [:]
    for path in short { counts[path, default: 0] += 1 }
    return zip(runFolders, short).map { counts[$1] == 1 ? $1 : $0 }
  }

  private static func isLoggersOwn(_ name: String) -> Bool {
    ["lightning_logs", "csv_logs", "tb_logs", "tensorboard", "logs"].contains(name)
      || (name.hasPrefix("version_") && Int(name.dropFirst("version_".count)) != nil)
  }

  /// The pattern of paths of one depth, with `*` for a part that differs among them.
  private static func pattern(_ paths: [String]) -> String {
    let parts = paths.map(\.pathParts)
    guard let first = parts.first, Set(paths).count > 1 else { return literal(paths.first ?? "*") }
    return first.indices.map { index in
      parts.allSatisfy { $0[index] == first[index] } ? literal(first[index]) : "*"
    }.joined(separator: "/")
  }

  /// The pattern of files of one depth, with `*` for what differs among them.
  static func pattern(_ paths: [String], ending: String) -> String {
    let names = Set(paths.map(\.lastComponent))
    let file = names.count == 1 ? literal(names.first ?? "*") : "*" + ending
    let folders = paths.map(\.parentFolder)
    return folders[0] == "." ? file : pattern(folders) + "/" + file
  }

  /// A path as a pattern that matches it alone.
  private static func literal(_ path: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in path.unicodeScalars {
      if "*?[\\".unicodeScalars.contains(scalar) { text.append("\\") }
      text.append(scalar)
    }
    return String(text)
  }
}
