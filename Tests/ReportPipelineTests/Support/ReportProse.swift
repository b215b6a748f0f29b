import Foundation

/// What a careful reader would circle in a report, whatever its numbers.
enum ReportProse {
  /// Every fault with the line that it stands in.
  static func faults(_ markdown: String) -> [String] {
    let lines = markdown.components(separatedBy: "\n")
    var faults: [String] = []
    var isCode = false
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") { isCode.toggle() }
      if isCode { continue }
      // Names of runs and files are not ours to judge.
      let text = line.replacing(/`+[^`]*`+/, with: "CODE")
      faults += patterns.filter { text.contains($0.pattern) }.map { "\($0.name): \(text)" }
      let isTable = line.hasPrefix("|")
      if !isTable, hasMissingNumber(text) { faults.append("a number is missing: \(text)") }
      if isRule(line) {
        let rows = lines[(index + 1)...].prefix { $0.hasPrefix("|") }
        if rows.isEmpty { faults.append("a table without rows: \(lines[index - 1])") }
        let cells = Set(([lines[index - 1], line] + rows).map(cellCount))
        if cells.count > 1 { faults.append("rows of unequal length: \(lines[index - 1])") }
      }
      if let level = headingLevel(line) {
        let next = lines[(index + 1)...].first { !$0.isEmpty }
        if next.map({ (headingLevel($0) ?? .max) <= level }) ?? true {
          faults.append("a heading without text: \(line)")
        }
      }
    }
    return faults
  }

  /// What would show in a paper.
  static func latexFaults(_ text: String) -> [String] {
    text.components(separatedBy: "\n").filter { line in
      !line.hasPrefix("%")
        && line.contains(/\{\{#|\(\)|[a-z] [.,;](?:\s|$)|[.,;][.,;]|\s–\s/)
    }
  }

  private struct Pattern: @unchecked Sendable {
    var name: String
    var pattern: Regex<Substring>
  }

  private static let patterns: [Pattern] = [
    Pattern(name: "a blank before punctuation", pattern: /\s[.,;:)](?:\s|$)/),
    Pattern(name: "a blank after a bracket", pattern: /\(\s/),
    Pattern(name: "empty brackets", pattern: /\(\)/),
    Pattern(name: "double punctuation", pattern: /[.,;:][.,;]/),
    Pattern(name: "two blanks", pattern: /\S  \S/),
    Pattern(
      name: "a plural of one",
      pattern: /\b1 (?:run|law|size|start|minimum|value|setting|group|measurement|pattern)s\b/),
    Pattern(name: "a plural of one", pattern: /\b1 (?:\w+ )?(?:minima|runs (?:was|were))\b/),
    Pattern(name: "two prepositions", pattern: /\b(?:by|of|from) (?:with|by|of)\b/),
    Pattern(name: "a small letter after a full stop", pattern: /[a-z)]\. [a-z]/),
    Pattern(name: "not a number", pattern: /\bnan\b|not a number|\binf\b|\bnil\b|Optional\(/),
    Pattern(name: "a tag", pattern: /\{\{|\}\}/),
    Pattern(
      name: "a key instead of words",
      pattern: /[ :|](?!root-mean-square)[a-z]+(?:-[a-z]+){2,}[ .,|]/),
    Pattern(name: "a list without entries", pattern: /\bnone\b/),
  ]

  /// A dash stands for a number that there is not: right in a table, never in a sentence.
  private static func hasMissingNumber(_ text: String) -> Bool {
    text.replacing(/\w–\w/, with: "").contains("–")
  }

  private static func isRule(_ line: String) -> Bool { line.wholeMatch(of: /\|[-:|]+\|/) != nil }

  private static func cellCount(_ row: String) -> Int {
    row.replacing("\\|", with: "").count { $0 == "|" }
  }

  private static func headingLevel(_ line: String) -> Int? {
    line.firstMatch(of: #/^(\#+) /#).map(\.1.count)
  }
}
