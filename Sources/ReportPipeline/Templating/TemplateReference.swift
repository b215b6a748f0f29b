/// The list of every value that a template may cite, as Templates/README.md holds it.
public enum TemplateReference {
  /// Markdown, from the shapes of the sections alone: it is the same whatever the data.
  public static var text: String {
    """
    # Templates

    The words of the report are here; its numbers come from the sections of the program.
    A template is [Mustache](https://mustache.github.io/mustache.5.html): `{{name}}` cites a value,
    `{{#name}} ... {{/name}}` is there where the value is (for a list once for each entry), and
    `{{^name}} ... {{/name}}` where it is not. `{{> path}}` takes in another template.
    One sentence stands on one line; in the report sentences follow one another in a paragraph.
    report.md and appendix.md say what stands where: move a line to move a section.

    `report templates FOLDER` writes these files, and `--templates FOLDER` uses them.
    A name that is none of those below is an error with file and line.
    The program carries a copy (BuiltInTemplates.swift); after a change of this folder run the test
    `BuiltInTemplateTests` once with REPORT_REWRITE=1.

    Every number that results.json holds has the same name there.
    A number is shown with its interval, where it has one; its parts are `.value`, `.interval`,
    `.low` and `.high`, and conditions on it are `.one` (is it 1?) and `.any` (is it not 0?).
    Lists have `.count`, `.one` and `.any`.

    ## In report.md, appendix.md and everything that they take in

    \(Self.list(Page.slots, indent: "").joined(separator: "\n"))

    ## In index.md

    \(Self.list(indexFields.map(\.slot), indent: "").joined(separator: "\n"))

    """
  }

  /// How many names templates may cite, and how many of them are conditions.
  package static var size: (names: Int, flags: Int) {
    var names: Set<String> = []
    var flags: Set<String> = []
    func visit(_ slots: [Slot]) {
      for slot in slots where slot.media.contains(.prose) {
        // The figures are data of the list of figures.
        names.insert(slot.key)
        switch slot.shape {
        case .flag: flags.insert(slot.key)
        case .record(let inner) where slot.key == "figures":
          visit(inner.first.map { [$0] } ?? [])
        case .record(let inner), .rows(let inner): visit(inner)
        default: break
        }
      }
    }
    visit(Page.slots + indexFields.map(\.slot))
    return (names.count, flags.count)
  }

  private static func list(_ slots: [Slot], indent: String) -> [String] {
    slots.filter { $0.media.contains(.prose) }.flatMap { slot -> [String] in
      let line = "\(indent)- `\(slot.key)`: \(kind(slot))"
      switch slot.shape {
      case .record(let inner) where slot.key == "figures":
        return [line + ": " + inner.map { "`\($0.key)`" }.joined(separator: ", ")]
          + (inner.first.map { first -> [String] in
            guard case .record(let parts) = first.shape else { return [] }
            return list(parts, indent: indent + "  ")
          } ?? [])
      case .record(let inner), .rows(let inner):
        return [line] + list(inner, indent: indent + "  ")
      default: return [line]
      }
    }
  }

  private static func kind(_ slot: Slot) -> String {
    switch slot.shape {
    case .number(let style): slot.endColumns.isEmpty ? style.kind : style.kind + ", with interval"
    case .estimate(let style): style.kind + ", with interval"
    case .text: "text"
    case .texts: "texts, listed"
    case .choice(let words):
      "one of " + words.map { "`.\(Shape.tag(ofChoice: $0))`" }.joined(separator: ", ")
    case .flag: "condition"
    case .record: slot.key == "figures" ? "each figure that was drawn" : "there or not, with"
    case .rows: "a list of"
    case .json: ""
    }
  }
}

extension Style {
  fileprivate var kind: String {
    switch self {
    case .significant, .fixed, .setting: "number"
    case .percent, .setPercent: "percentage"
    case .signedPercent: "percentage with its sign"
    case .multiple, .setMultiple: "multiple"
    case .loss: "loss"
    case .sparsity: "sparsity"
    case .size: "size"
    case .bytes: "memory"
    case .count(let noun): noun.isEmpty ? "count" : "count of \(noun)s"
    }
  }
}
