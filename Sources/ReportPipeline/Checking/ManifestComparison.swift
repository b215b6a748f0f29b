/// Compares what manifests say went into a report.
enum ManifestComparison {
  /// Differences of inputs, templates, settings and program, and of the lists of outputs.
  ///
  /// Digests of outputs and versions of what drew them are no differences by themselves: the
  /// outputs are compared one by one.
  static func differences(_ old: Manifest, _ new: Manifest) -> [Difference.Finding] {
    var findings: [Difference.Finding] = []
    func compare(_ place: String, _ before: String?, _ after: String?) {
      findings += change(place, before, after)
    }
    compare("schema", "\(old.schema)", "\(new.schema)")
    compare("program", description(old.program), description(new.program))
    findings += settings(old.settings, new.settings)
    for (name, before, after) in [
      ("inputs", old.inputs, new.inputs), ("templates", old.templates, new.templates),
    ] {
      let (before, after) = (digests(before), digests(after))
      for path in Set(before.keys).union(after.keys).sorted() {
        compare("\(name) \(path)", short(before[path]), short(after[path]))
      }
    }
    let (before, after) = (old.outputs.map(\.path), new.outputs.map(\.path))
    for path in Set(before).symmetricDifference(after).sorted() {
      let isOld = before.contains(path)
      compare("outputs \(path)", isOld ? "listed" : nil, isOld ? nil : "listed")
    }
    // Figures carry it; a manifest that gives another would pass another's figures off as its own.
    let digest = Manifest.digest(
      settings: old.settings, inputs: old.inputs, templates: old.templates,
      version: old.program.version)
    if digest != old.digest {
      findings.append(.init(.files, "its digest is not that of the inputs that it lists"))
    }
    return findings
  }

  /// Differences of settings alone.
  static func settings(
    _ old: [String: String], _ new: [String: String]
  ) -> [Difference.Finding] {
    Set(old.keys).union(new.keys).sorted().flatMap { key in
      change("settings.\(key)", old[key], new[key])
    }
  }

  private static func change(
    _ place: String, _ before: String?, _ after: String?
  ) -> [Difference.Finding] {
    let isSame = before.map { Array($0.utf8) } == after.map { Array($0.utf8) }
    return isSame
      ? [] : [.change(.inputs, at: place, from: before ?? "absent", to: after ?? "absent")]
  }

  private static func description(_ program: Manifest.Program) -> String {
    "\(program.name) \(program.version)"
  }

  private static func digests(_ entries: [Manifest.Entry]) -> [String: String] {
    Dictionary(entries.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
  }

  /// Enough of a digest to tell two files apart.
  private static func short(_ digest: String?) -> String? {
    digest.map { "SHA-256 " + $0.prefix(12) }
  }
}
