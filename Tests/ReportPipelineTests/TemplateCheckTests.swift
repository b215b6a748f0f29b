import ReportPipeline
import ScalingLaws
import Testing

@Suite("Faults of templates are found with file and line")
struct TemplateCheckTests {
  private let values = Record(
    ["r1", "r2"],
    [
      .text("title") { _ in "A sweep" }, .flag("is_fitted") { _ in true },
      .rows("runs", { $0 }, [.text("run_name") { $0 }]),
      .rows("nothing", { _ in [String]() }, [.text("nothing_name") { $0 }]),
      .record("absent", { _ in String?.none }, [.number("count", .count("run")) { _ in 1 }]),
      .choice("role") { _ in HoldoutCheck.Predictor.fit },
    ])

  /// The faults of rendering `main.md`, or none.
  private func faults(_ sources: [String: String]) -> [String] {
    do throws(PipelineError) {
      let library = try TemplateLibrary(sources: sources, name: "Templates")
      _ = try library.render("main.md", values)
      return []
    } catch {
      return error.messages
    }
  }

  private func faults(_ source: String) -> [String] { faults(["main.md": source]) }

  @Test func aSoundTemplateIsRendered() throws {
    let library = try TemplateLibrary(
      sources: [
        "main.md": "# {{title}}\n{{#runs}}{{> row.md}}{{/runs}}{{^is_fitted}}no{{/is_fitted}}",
        "row.md": "- {{ run_name }}{{! a comment with {{braces }}\n",
      ], name: "Templates")
    #expect(try library.render("main.md", values) == "# A sweep\n- r1\n- r2\n")
  }

  @Test func anUnknownNameIsNamedWithItsLikelySpelling() {
    #expect(
      faults("first\n\n{{titel}}") == [
        "Templates/main.md:3: {{titel}} is not a value of the report; did you mean {{title}}?"
      ])
    #expect(
      faults("{{something_else}}") == [
        "Templates/main.md:1: {{something_else}} is not a value of the report"
      ])
  }

  @Test func anUnknownSectionIsAFaultLikeAName() {
    #expect(
      faults("{{#is_fited}}x{{/is_fited}}") == [
        "Templates/main.md:1: {{#is_fited}} is not a value of the report; "
          + "did you mean {{#is_fitted}}?"
      ])
    #expect(faults("{{^absent_thing}}x{{/absent_thing}}").count == 1)
  }

  @Test func namesInsideAListThatIsEmptyAreChecked() {
    #expect(faults("{{#nothing}}{{nothing_name}}{{/nothing}}").isEmpty)
    #expect(
      faults("{{#nothing}}\n{{nothing_nam}}{{/nothing}}") == [
        "Templates/main.md:2: {{nothing_nam}} is not a value of the report; "
          + "did you mean {{nothing_name}}?"
      ])
  }

  @Test func aNameOfAListIsUnknownOutsideOfIt() {
    #expect(faults("{{#runs}}{{run_name}}{{/runs}}\n{{run_name}}").map(\.isEmpty) == [false])
  }

  @Test func aListIsNotAValue() {
    #expect(
      faults("{{runs}}") == [
        "Templates/main.md:1: {{runs}} is a list; write {{#runs}} ... {{/runs}} around the text "
          + "of each entry"
      ])
  }

  @Test func sectionsMustClose() {
    #expect(
      faults("a\n{{#is_fitted}}\nb") == [
        "Templates/main.md:2: section {{#is_fitted}} is never closed; add {{/is_fitted}}"
      ])
    #expect(
      faults("{{#runs}}\n{{#is_fitted}}\n{{/runs}}{{/is_fitted}}") == [
        "Templates/main.md:3: {{/runs}} closes a section while {{#is_fitted}} of line 2 is open; "
          + "close that one first"
      ])
    #expect(
      faults("text\n{{/runs}}") == ["Templates/main.md:2: {{/runs}} closes a section never opened"])
  }

  @Test func tagsMustEndAndBeOfAKnownKind() {
    #expect(
      faults("one\ntwo {{title\nthree") == [
        "Templates/main.md:2: a tag is opened with {{ and never ends with }}"
      ])
    #expect(
      faults("\n{{title uppercased}}") == [
        "Templates/main.md:2: {{title uppercased}} is not a name, section, partial or comment"
      ])
    for name in ["title.", ".title", "a..b"] { #expect(faults("{{\(name)}}").count == 1) }
    #expect(faults("{{{title}}}").count == 1)
    #expect(faults("{{}}").count == 1)
  }

  @Test func everyFaultOfEveryFileShowsAtOnce() {
    let found = faults(["main.md": "{{#runs}}", "other.md": "{{/runs}}", "third.tex": "{{"])
    #expect(found.count == 3)
    #expect(
      found.map { $0.prefix { $0 != ":" } } == [
        "Templates/main.md", "Templates/other.md", "Templates/third.tex",
      ])
  }

  @Test func partialsAreCheckedWhereTheyStand() {
    let row = ["row.md": "\n{{run_nam}}"]
    let cited = faults(
      row.merging(["main.md": "{{#runs}}{{> row.md}}{{/runs}}{{> row.md}}"]) { $1 })
    #expect(
      cited.contains {
        $0 == "Templates/row.md:2: {{run_nam}} is not a value of the report; "
          + "did you mean {{run_name}}?"
      })
    #expect(faults("{{> absent.md}}") == ["Templates/main.md:1: there is no template absent.md"])
  }

  @Test func oneFaultIsToldOnceHoweverOftenItsFileIsCited() {
    let citations = String(repeating: "{{> row.md}}", count: 12)
    #expect(faults(["main.md": citations, "row.md": "{{absent_thing}}"]).count == 1)
  }

  @Test func partialsThatCiteEachOtherInACircleAreAFault() {
    let circle = faults([
      "main.md": "{{> a.md}}", "a.md": "{{> b.md}}{{> b.md}}", "b.md": "\n{{> a.md}}{{> a.md}}",
    ])
    #expect(circle == ["Templates/b.md:2: {{> a.md}} cites a template that cites this one"])
    #expect(
      faults("{{> main.md}}{{> main.md}}") == [
        "Templates/main.md:1: {{> main.md}} cites a template that cites this one"
      ])
  }

  @Test func partsOfValuesAreCheckedAndRendered() throws {
    #expect(faults("{{absent.count.value}}{{#runs.any}}{{runs.count}}{{/runs.any}}").isEmpty)
    #expect(
      faults("{{absent.cout}}") == [
        "Templates/main.md:1: {{absent.cout}} is not a value of the report; "
          + "did you mean {{absent.count}}?"
      ])
    #expect(faults("{{title.value}}").count == 1)
    #expect(faults("{{#role.publishd}}x{{/role.publishd}}").first?.contains("published") == true)
    #expect(
      faults("{{is_fitted}}") == [
        "Templates/main.md:1: {{is_fitted}} is a condition; write {{#is_fitted}} ... "
          + "{{/is_fitted}} around what holds only then"
      ])
    let library = try TemplateLibrary(
      sources: [
        "main.md":
          "{{runs.count}}{{#runs.one}} one{{/runs.one}}{{#nothing.any}} any{{/nothing.any}}"
          + "{{#role.fit}} held{{/role.fit}}{{#role.published}} fit{{/role.published}}"
          + "{{#absent}} there{{/absent}}{{^absent}} {{absent.count}}{{/absent}}"
      ], name: "Templates")
    #expect(try library.render("main.md", values) == "2 held –")
  }

  @Test func markdownAndLaTeXAreNotEscapedAsHTML() throws {
    let library = try TemplateLibrary(sources: ["main.md": "{{title}}"], name: "Templates")
    let record = Record("a < b & \"c\"", [.wording("title") { .verbatim($0) }])
    #expect(try library.render("main.md", record) == "a < b & \"c\"")
  }
}
