import ReportPipeline

/// What a check found, for a terminal or a log.
enum CheckText {
  /// The most lines for one file.
  static let linesPerFile = 10

  static func lines(_ differences: [Difference]) -> [String] {
    var lines: [String] = []
    var rest = differences[...]
    while let path = rest.first?.path {
      let file = rest.prefix { $0.path == path }
      rest = rest.dropFirst(file.count)
      lines += file.prefix(linesPerFile).map(\.description)
      if file.count > linesPerFile {
        lines.append("\(path): and \(Words.count(file.count - linesPerFile, "more difference"))")
      }
    }
    return lines
  }

  /// Files that differ without saying anything else.
  static func note(_ differences: [Difference]) -> String {
    "note: \(Words.count(differences.count, "file")) differ\(differences.count == 1 ? "s" : "") in "
      + "bytes alone, the first \(differences[0].path); numbers, text and pixels are the same "
      + "(--strict makes this an error)"
  }

  /// What to do about drift.
  static func verdict(_ drift: [Difference], _ options: PipelineOptions) -> String {
    // Making the report again leaves these where they are.
    let absent = drift.filter(\.isOfAbsentSweep).compactMap {
      $0.path.split(separator: "/").first
    }
    let first =
      absent.isEmpty
      ? "" : "remove \(absent.map { "\(options.output)/\($0)" }.joined(separator: ", ")), then "
    return "\(options.output) differs from what \(options.data) gives in "
      + "\(Words.count(drift.count, "place")) (\(tiers(drift))); \(first)run "
      + "`report \(options.data)` to bring it up to date"
  }

  /// How many differences there are of each tier.
  private static func tiers(_ drift: [Difference]) -> String {
    Difference.Tier.allCases.compactMap { tier in
      let count = drift.count { $0.tier == tier }
      return count > 0 ? "\(tier) \(count)" : nil
    }.joined(separator: ", ")
  }
}
