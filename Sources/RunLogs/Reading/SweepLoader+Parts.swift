/// Several sweeps from one table.
extension SweepLoader {
  /// The most sweeps that one folder holds.
  static let mostParts = 64

  /// The sweeps of a folder: itself, or one for each value of the column that `sweeps_by` names,
  /// called after both.
  ///
  /// A folder whose sweep.yml or tables cannot be read is one sweep, and loading it says why.
  static func parts(of folder: SweepFolder) throws -> [SweepFolder] {
    var reader = SweepReader(folder)
    guard let (column, values, location) = reader.parts(), !values.isEmpty else { return [folder] }
    guard values.count <= mostParts else {
      throw Fault(
        at: location,
        "`sweeps_by` would make more than \(mostParts) sweeps of \(column.quoted)",
        fix: "name a column of few values, or choose rows with `where`")
    }
    var names: [String: String] = [:]
    return try values.map { value in
      let slug = Self.slug(value)
      guard !slug.isEmpty else {
        throw Fault(
          at: location, "\(value.quoted) in \(column.quoted) gives a sweep no name",
          fix: "write it with letters and digits")
      }
      if let other = names.updateValue(value, forKey: slug) {
        throw Fault(
          at: location,
          "\(other.quoted) and \(value.quoted) in \(column.quoted) give two sweeps one name",
          fix: "rename one of them")
      }
      var part = folder
      part.name = folder.name + "-" + slug
      part.part = SweepFolder.Part(column: column, value: value)
      return part
    }
  }

  /// A value as part of a folder's name: letters, digits, points and `_` in lower case, each run of
  /// others as one `-`.
  private static func slug(_ value: String) -> String {
    var slug: [UInt8] = []
    for byte in value.lowercased().utf8.prefix(200) {
      let isKept =
        byte.isDigit || byte.isLetter || byte == UInt8(ascii: "_")
        || (byte == UInt8(ascii: ".") && !slug.isEmpty)
      if isKept {
        slug.append(byte)
      } else if slug.last != UInt8(ascii: "-") {
        slug.append(UInt8(ascii: "-"))
      }
    }
    let text = String(decoding: slug.prefix(60), as: UTF8.self)
    return text.split(separator: "-").joined(separator: "-")
  }
}

extension SweepReader {
  /// The column of `sweeps_by` and its values in the rows that `where` wants, in the order in which
  /// tables have them; nil where there is no such key, or something cannot be read.
  ///
  /// Numbers that are equal are one value, however they are written. Empty cells are none.
  mutating func parts() -> (column: String, values: [String], location: SourceLocation)? {
    readSettings()
    guard errors.isEmpty, let column = settings.sweepsBy else { return nil }
    let sources = findSources()
    guard errors.isEmpty else { return nil }
    var values: [String] = []
    var seen: Set<String> = []
    for source in sources where source.kind == .table {
      guard let format = source.format else { continue }
      do {
        try format.read(door, [source.path]) { record, _ in
          guard case .row(let row) = record, values.count <= SweepLoader.mostParts,
            settings.filters.allSatisfy({ $0.accepts(row[$0.column]) }),
            let text = row[column].text, !text.isEmpty
          else { return }
          var key = text
          if case .number(let number) = Value.text(text).number { key = "\(number)" }
          if seen.insert(key).inserted { values.append(text) }
        }
      } catch {
        return nil
      }
    }
    return (column, values, settings.sweepsByLocation ?? place)
  }
}
