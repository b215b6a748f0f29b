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

  /// On a line of its own: Mustache takes no other first tag of a line that it opens for one that
  /// stands alone, and would leave that line's break.
  private static let plainText = "{{% CONTENT_TYPE:TEXT}}\n"

  /// Every template's path and bytes, sorted by path.
  public var files: [(path: String, bytes: Data)] {
    sources.sorted { $0.key < $1.key }.map { ($0.key, Data($0.value.utf8)) }
  }

  /// The templates that the program carries.
  public static func builtIn() throws(PipelineError) -> TemplateLibrary {
    try TemplateLibrary(sources: builtInTemplates, name: "Templates")
  }

  /// Explains the others and is none of them.
  static let readMe = "README.md"

  /// The Swift source of `builtInTemplates`.
  package static func swift(_ sources: [String: String]) -> String {
    let lines = sources.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { path, text in
        "  \"\(path)\": ##\"\(text.replacing("\n", with: "\\##n"))\"##,\n"
      }
    return """
      // swift-format-ignore-file
      // Made from Templates/ by BuiltInTemplateTests with REPORT_REWRITE=1; do not edit.

      /// The templates by path.
      let builtInTemplates: [String: String] = [
      \(lines.joined())]

      """
  }

  /// Writes every template and the list of values into a folder that does not exist or is empty.
  public func write(to folder: URL, name: String) throws(PipelineError) {
    let manager = FileManager.default
    let present = (try? manager.contentsOfDirectory(atPath: folder.path)) ?? []
    guard present.isEmpty else {
      throw .unreadable(["\(name): is not empty; name a folder that is, or a new one"])
    }
    do {
      for (path, text) in sources.merging(
        [Self.readMe: TemplateReference.text], uniquingKeysWith: { $1 })
      {
        let file = folder.appending(path: path)
        try manager.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
    } catch {
      throw .unreadable(["\(name): cannot be written"])
    }
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
    where ["md", "txt", "tex"].contains((path as NSString).pathExtension) && path != Self.readMe {
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
        try library.register(Self.plainText + source, named: path)
        if Self.isCaption(path) {
          try library.register(
            Self.plainText + InlineMarkdown(source).latex, named: path + Self.latexEnding)
        }
      } catch {
        faults.append("\(name)/\(path): is not a Mustache template: \(error)")
      }
    }
    guard faults.isEmpty else { throw .invalid(faults) }
    self.library = library
  }

  package func has(_ path: String) -> Bool { sources[path] != nil }

  /// Fills in the template at `path`.
  package func render(
    _ path: String, _ values: Record, in medium: Medium = .markdown
  ) throws(PipelineError) -> String {
    guard sources[path] != nil else {
      throw .invalid(["\(folderName)/\(path): this template is missing"])
    }
    let faults = TemplateCheck.names(path, in: self, values.slots)
    guard faults.isEmpty else { throw .invalid(faults) }
    let source = medium == .latex && Self.isCaption(path) ? path + Self.latexEnding : path
    return library.render(values.rendered(in: medium), withTemplate: source) ?? ""
  }

  /// Captions have one wording, in Markdown, for every medium.
  private static func isCaption(_ path: String) -> Bool {
    path.hasPrefix("figures/") && path.hasSuffix(".md")
  }

  private static let latexEnding = ":latex"
}
