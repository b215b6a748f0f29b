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
  static func names(_ path: String, in library: TemplateLibrary, _ slots: [Slot]) -> [String] {
    var check = NameCheck(library: library)
    check.visit(path, scopes: [slots], citing: [])
    return check.faults
  }

  private struct NameCheck {
    let library: TemplateLibrary
    /// Each once, however often its file is cited.
    var faults: [String] = []

    /// - Parameters:
    ///   - scopes: what names may stand for, the innermost last.
    ///   - citing: the templates that led here, outermost first.
    mutating func visit(_ path: String, scopes: [[Slot]], citing: [String]) {
      let file = "\(library.folderName)/\(path)"
      let open = citing + [path]
      var scopes = scopes
      var pushed: [Bool] = []
      for tag in TemplateTag.scan(library.sources[path] ?? "").tags {
        let place = "\(file):\(tag.line)"
        switch tag.kind {
        case .variable:
          guard let found = look(up: tag, scopes, place) else { continue }
          switch found {
          case .rows, .record:
            add(
              "\(place): \(tag.source()) is a list; write {{#\(tag.name)}} ... "
                + "{{/\(tag.name)}} around the text of each entry")
          case .flag, .json:
            add(
              "\(place): \(tag.source()) is a condition; write {{#\(tag.name)}} ... "
                + "{{/\(tag.name)}} around what holds only then")
          case .number, .estimate, .text, .texts, .choice: break
          }
        case .section, .inverted:
          let found = look(up: tag, scopes, place)
          switch found {
          case .rows(let slots) where tag.kind == .section,
            .record(let slots) where tag.kind == .section:
            scopes.append(slots)
            pushed.append(true)
          default: pushed.append(false)
          }
        case .close:
          if pushed.popLast() == true { scopes.removeLast() }
        case .partial:
          if library.sources[tag.name] == nil {
            add("\(place): there is no template \(tag.name)")
          } else if open.contains(tag.name) {
            add("\(place): \(tag.source()) cites a template that cites this one")
          } else {
            visit(tag.name, scopes: scopes, citing: open)
          }
        case .comment, .unsupported: break
        }
      }
    }

    /// What a tag stands for: its first part in the innermost scope that has it, then part by
    /// part; nil, and a fault, where there is no such value.
    private mutating func look(up tag: TemplateTag, _ scopes: [[Slot]], _ place: String) -> Shape? {
      let parts = tag.name.split(separator: ".").map(String.init)
      let first = parts.first ?? ""
      guard
        var shape = scopes.reversed().lazy.compactMap({ scope in
          scope.first { $0.key == first && $0.media.contains(.prose) }?.shape
        }).first
      else {
        let known = Set(scopes.joined().filter { $0.media.contains(.prose) }.map(\.key)).sorted()
        unknown(tag, [], first, known, parts.dropFirst(), place)
        return nil
      }
      for (index, part) in parts.enumerated().dropFirst() {
        guard let next = shape.part(part) else {
          unknown(
            tag, parts[..<index], part, shape.parts.sorted(), parts.dropFirst(index + 1), place)
          return nil
        }
        shape = next
      }
      return shape
    }

    private mutating func unknown(
      _ tag: TemplateTag, _ before: ArraySlice<String>, _ part: String, _ known: [String],
      _ after: ArraySlice<String>, _ place: String
    ) {
      let hint = nearest(to: part, known).map { likely in
        let name = (before + [likely] + after).joined(separator: ".")
        return "; did you mean \(tag.source(named: name))?"
      }
      add("\(place): \(tag.source()) is not a value of the report\(hint ?? "")")
    }

    private mutating func add(_ fault: String) {
      if !faults.contains(fault) { faults.append(fault) }
    }
  }
}
