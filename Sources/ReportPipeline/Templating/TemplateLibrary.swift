import Foundation
import Mustache

/// The texts of Templates/: every word of the report that is not a number.
///
/// Rendering is Mustache's. What Mustache renders as nothing, a name that the values lack, is an
/// error here, with file and line.
public struct TemplateLibrary: Sendable {
  /// The folder as messages name it.
  let folderName: String
  /// Sources by path below the folder.
  let sources: [String: String]
  private let library: MustacheLibrary

  /// Every template's path and bytes, sorted by path.
  public var files: [(path: String, bytes: Data)] {
    sources.sorted { $0.key < $1.key }.map { ($0.key, Data($0.value.utf8)) }
  }

  /// Reads every `.md`, `.txt` and `.tex` file below `folder`.
  public init(folder: URL, name: String) throws(PipelineError) {
    let manager = FileManager.default
    guard let paths = try? manager.subpathsOfDirectory(atPath: folder.path) else {
      throw .unreadable([
        "\(name): there is no folder of templates; name one with --templates"
      ])
    }
    var sources: [String: String] = [:]
    for path in paths.sorted()
    where ["md", "txt", "tex"].contains((path as NSString).pathExtension) {
      guard let bytes = try? Data(contentsOf: folder.appending(path: path)) else {
        throw .unreadable(["\(name)/\(path): cannot be read"])
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .invalid(["\(name)/\(path): is not UTF-8 text"])
      }
      sources[path] = text
    }
    try self.init(sources: sources, name: name)
  }

  /// From sources by path.
  package init(sources: [String: String], name: String) throws(PipelineError) {
    folderName = name
    self.sources = sources
    var library = MustacheLibrary()
    var faults: [String] = []
    for (path, source) in sources.sorted(by: { $0.key < $1.key }) {
      let found = TemplateCheck.structure(of: source, file: "\(name)/\(path)")
      faults += found
      guard found.isEmpty else { continue }
      do {
        // Markdown and LaTeX are escaped where values are made, not as HTML.
        try library.register("{{% CONTENT_TYPE:TEXT}}" + source, named: path)
      } catch {
        faults.append("\(name)/\(path): is not a Mustache template: \(error)")
      }
    }
    guard faults.isEmpty else { throw .invalid(faults) }
    self.library = library
  }

  /// Fills in the template at `path`.
  public func render(_ path: String, _ values: TemplateValues) throws(PipelineError) -> String {
    guard sources[path] != nil else {
      throw .invalid(["\(folderName)/\(path): this template is missing"])
    }
    let faults = TemplateCheck.names(path, in: self, values)
    guard faults.isEmpty else { throw .invalid(faults) }
    return library.render(RenderedValues(values: values), withTemplate: path) ?? ""
  }
}

/// Values in the form that Mustache looks them up.
private struct RenderedValues: MustacheParent {
  let values: TemplateValues

  func child(named name: String) -> Any? {
    switch values[name] {
    case .text(let text): text
    case .flag(let flag): flag
    case .rows(let rows): rows.rows.map(RenderedValues.init(values:))
    case nil: nil
    }
  }
}
