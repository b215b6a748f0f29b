import RunLogs

/// Finds faults in templates that Mustache would pass over.
enum TemplateCheck {
  /// Tags that never end, sections that are not closed or not opened, and tags that are not
  /// supported, with file and line.
  static func structure(of source: String, file: String) -> [String] {
    let (tags, unfinished) = TemplateTag.scan(source)
    var faults: [String] = []
    var open: [TemplateTag] = []
    for tag in tags {
      switch tag.kind {
      case .section, .inverted: open.append(tag)
      case .close:
        if open.last?.name == tag.name {
          open.removeLast()
        } else if let last = open.last {
          faults.append(
            "\(file):\(tag.line): {{/\(tag.name)}} closes a section while "
              + "{{#\(last.name)}} of line \(last.line) is open; close that one first")
          return faults
        } else {
          faults.append("\(file):\(tag.line): {{/\(tag.name)}} closes a section never opened")
        }
      case .unsupported:
        faults.append(
          "\(file):\(tag.line): {{\(tag.name)}} is not a name, section, partial or comment")
      case .variable, .partial, .comment: break
      }
    }
    for tag in open {
      faults.append(
        "\(file):\(tag.line): section {{#\(tag.name)}} is never closed; add {{/\(tag.name)}}")
    }
    if let unfinished {
      faults.append("\(file):\(unfinished): a tag is opened with {{ and never ends with }}")
    }
    return faults
  }

  /// Names that the values lack, in the template at `path` and the partials it cites.
  static func names(
    _ path: String, in library: TemplateLibrary, _ values: TemplateValues
  ) -> [String] {
    var check = NameCheck(library: library)
    check.visit(path, scopes: [Scope(values)], citing: [])
    return check.faults
  }

  /// What names stand for at some place of a template.
  private struct Scope {
    var names: [String: TemplateValue?]
    /// Whether the names are unknown, since no row of an outer list tells them.
    var isUnknown = false

    /// Inside a list of which nothing is known.
    static var unknown: Self {
      var scope = Self(TemplateValues())
      scope.isUnknown = true
      return scope
    }

    init(_ values: TemplateValues) {
      names = values.entries.mapValues(Optional.some)
    }

    /// One row: values of the first row stand for all, else only the names are known.
    init(_ rows: TemplateRows) {
      names = [:]
      for column in rows.columns {
        names[column] = .some(rows.rows.first?[column])
      }
    }
  }

  private struct NameCheck {
    let library: TemplateLibrary
    /// Each once, however often its file is cited.
    var faults: [String] = []

    /// - Parameter citing: the templates that led here, outermost first.
    mutating func visit(_ path: String, scopes: [Scope], citing: [String]) {
      let file = "\(library.folderName)/\(path)"
      let open = citing + [path]
      var scopes = scopes
      var pushed: [Bool] = []
      for tag in TemplateTag.scan(library.sources[path] ?? "").tags {
        switch tag.kind {
        case .variable, .section, .inverted:
          let found = scopes.reversed().lazy.compactMap { $0.names[tag.name] }.first
          if found == nil, !scopes.contains(where: \.isUnknown) {
            add("\(file):\(tag.line): \(unknown(tag, scopes))")
          }
          guard tag.kind != .variable else {
            if case .rows?? = found {
              add(
                "\(file):\(tag.line): \(tag.source()) is a list; write {{#\(tag.name)}} ... "
                  + "{{/\(tag.name)}} around the text of each entry")
            }
            continue
          }
          if tag.kind == .section, case .rows(let rows)?? = found {
            scopes.append(Scope(rows))
            pushed.append(true)
          } else if found == nil || (tag.kind == .section && found == .some(nil)) {
            scopes.append(.unknown)
            pushed.append(true)
          } else {
            pushed.append(false)
          }
        case .close:
          if pushed.popLast() == true { scopes.removeLast() }
        case .partial:
          if library.sources[tag.name] == nil {
            add("\(file):\(tag.line): there is no template \(tag.name)")
          } else if open.contains(tag.name) {
            add(
              "\(file):\(tag.line): \(tag.source()) cites a template that cites this one")
          } else {
            visit(tag.name, scopes: scopes, citing: open)
          }
        case .comment, .unsupported: break
        }
      }
    }

    private mutating func add(_ fault: String) {
      if !faults.contains(fault) { faults.append(fault) }
    }

    private func unknown(_ tag: TemplateTag, _ scopes: [Scope]) -> String {
      let known = Set(scopes.flatMap(\.names.keys)).sorted()
      let likely = nearest(to: tag.name, known)
      let hint = likely.map { "; did you mean \(tag.source(named: $0))?" } ?? ""
      return "\(tag.source()) is not a value of the report\(hint)"
    }
  }
}
