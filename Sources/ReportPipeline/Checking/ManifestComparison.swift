/// Compares what manifests say went into a report.
enum ManifestComparison {
  /// Differences of inputs, templates, settings and program.
  ///
  /// Digests of outputs and versions of what drew them are no differences by themselves: the
  /// outputs are compared one by one.
  static func differences(_ old: Manifest, _ new: Manifest) -> [Difference.Finding] {
    var findings: [Difference.Finding] = []
    func compare(_ place: String, _ before: String?, _ after: String?) {
      guard before != after else { return }
      findings.append(
        .change(.inputs, at: place, from: before ?? "absent", to: after ?? "absent"))
    }
    compare("schema", "\(old.schema)", "\(new.schema)")
    compare("program", description(old.program), description(new.program))
    for key in Set(old.settings.keys).union(new.settings.keys).sorted() {
      compare("settings.\(key)", old.settings[key], new.settings[key])
    }
    for (name, before, after) in [
      ("inputs", old.inputs, new.inputs), ("templates", old.templates, new.templates),
    ] {
      let (before, after) = (digests(before), digests(after))
      for path in Set(before.keys).union(after.keys).sorted() {
        compare("\(name) \(path)", short(before[path]), short(after[path]))
      }
    }
    return findings
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
