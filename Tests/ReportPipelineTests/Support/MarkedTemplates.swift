import Foundation
import TestSupport

/// A copy of the templates whose sections leave marks in what they render, so that reports made
/// with it tell which branches were taken.
struct MarkedTemplates {
  /// A section, or an inverted one, of a template.
  struct Section {
    var file: String
    var line: Int
    /// As it stands in the template: `{{#name}}`.
    var tag: String
    /// Whether it holds all of its file but comments.
    var isWholeFile: Bool
  }

  private(set) var sections: [Section] = []
  private(set) var sources: [String: String] = [:]

  /// - Parameter templates: the sources by path.
  init(_ templates: [String: String]) {
    for (path, source) in templates.sorted(by: { $0.key < $1.key }) {
      sources[path] = marked(source, path)
    }
  }

  /// The templates of the repository.
  init() throws {
    let folder = packageFolder.appending(path: "Templates")
    var templates: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    where path.contains(".") && path != "README.md" {
      templates[path] = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }
    self.init(templates)
  }

  /// Writes them where `--templates` can find them.
  func write(to folder: TemporaryFolder, _ path: String) throws {
    for (file, source) in sources { try folder.write("\(path)/\(file)", source) }
  }

  private mutating func marked(_ source: String, _ path: String) -> String {
    var result = ""
    var rest = source[...]
    var open: [Int] = []
    while let match = rest.firstMatch(of: /\{\{([#^\/])\s*([\w.]+)\s*\}\}/) {
      result += rest[..<match.range.lowerBound]
      let (tag, sign, name) = (String(match.0), match.1, match.2)
      let before = source[..<match.range.lowerBound]
      rest = rest[match.range.upperBound...]
      guard sign != "/" else {
        // Templates whose sections do not match are no concern of this test.
        result += Mark.end(open.popLast() ?? 0) + tag
        continue
      }
      let index = sections.count
      open.append(index)
      let text = before.split(separator: "\n").filter { !$0.hasPrefix("%") }.joined()
      let closing = "{{/\(name)}}"
      sections.append(
        Section(
          file: path, line: before.count { $0 == "\n" } + 1, tag: tag,
          isWholeFile: text.isEmpty && rest.ranges(of: closing).count == 1
            && source.split(separator: "\n").last?.hasSuffix(closing) == true))
      let other = sign == "#" ? "^" : "#"
      result += "{{\(other)\(name)}}\(Mark.passed(index))\(closing)" + tag + Mark.begin(index)
    }
    return result + rest
  }
}

/// Marks of letters and digits, which every kind of escaping leaves as they are.
enum Mark {
  static func begin(_ section: Int) -> String { "Zb\(section)Z" }
  static func end(_ section: Int) -> String { "Ze\(section)Z" }
  static func passed(_ section: Int) -> String { "Zn\(section)Z" }

  /// The text as the templates without marks make it, but for blanks: a line of marks alone is the
  /// line of a tag, which leaves nothing.
  static func removed(from text: String) -> String {
    text.replacing(/\n(?:[ \t]*Z[ben]\d+Z)+[ \t]*(?=\n|$)/, with: "")
      // Captions join their lines.
      .replacing(/[ ](?:Z[ben]\d+Z)+(?=[ \n\]])/, with: "")
      .replacing(/Z[ben]\d+Z/, with: "")
  }
}

/// Which branches a set of reports took.
struct BranchCoverage {
  private var rendered: Set<Int> = []
  private var passed: Set<Int> = []
  /// Sections rendered twice in a row with nothing between: those for the rows of a list.
  private var repeated: Set<Int> = []
  private var absentFiles: Set<String> = []

  /// Reads every file below a report's folder.
  mutating func add(_ files: [String: Data], sections: [MarkedTemplates.Section]) {
    for (path, bytes) in files where path.hasSuffix(".md") || path.hasSuffix(".tex") {
      let text = String(decoding: bytes, as: UTF8.self)
      rendered.formUnion(numbers(text.matches(of: /Zb(\d+)Z/).map(\.1)))
      passed.formUnion(numbers(text.matches(of: /Zn(\d+)Z/).map(\.1)))
      repeated.formUnion(numbers(text.matches(of: /Ze(\d+)Z\s*(?=Zb\1Z)/).map(\.1)))
    }
    // A file that is one section is not written where the section is empty.
    let sweeps = Set(files.keys.compactMap { $0.split(separator: "/").first })
    for section in sections where section.isWholeFile {
      if sweeps.contains(where: {
        files["\($0)/results.json"] != nil && files["\($0)/\(section.file)"] == nil
      }) {
        absentFiles.insert(section.file)
      }
    }
  }

  /// The sections that were never rendered, or always.
  func gaps(_ sections: [MarkedTemplates.Section]) -> [String] {
    sections.enumerated().compactMap { index, section in
      let place = "Templates/\(section.file):\(section.line): \(section.tag)"
      guard rendered.contains(index) else { return "\(place) is rendered by no report" }
      let isPassed =
        passed.contains(index) || repeated.contains(index)
        || section.isWholeFile && absentFiles.contains(section.file)
      return isPassed ? nil : "\(place) is rendered by every report"
    }
  }

  private func numbers(_ texts: [Substring]) -> [Int] { texts.compactMap { Int($0) } }
}
