import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("Sweeps of the index whose results cannot be read")
struct IndexPageTests {
  @Test(arguments: [
    ("", "it is not valid JSON"), ("{\"schema\": 1}", "it has no key \"sweep\""),
    ("[]", "another kind of value"), (nil, "missing"),
  ])
  func areToldAndKeepTheirRow(results: String?, reason: String) throws {
    let place = try Workplace(["one": Design(), "two": Design()])
    try place.run()
    let whole = try place.folder.text("Output/README.md")
    let file = place.folder.url.appending(path: "Output/two/results.json")
    try FileManager.default.removeItem(at: file)
    if let results { try Data(results.utf8).write(to: file) }

    place.options.sweeps = ["one"]
    let notices = try place.run().notices.filter { $0.contains("results.json") }
    #expect(notices.count == 1)
    #expect(notices[0].hasPrefix("\(place.options.output)/two/results.json: cannot be read ("))
    #expect(notices[0].contains(reason))
    let index = try place.folder.text("Output/README.md")
    #expect(index.contains("| [two](two/report.md) | – | – | – | – | – | – | its results.json "))
    #expect(index.contains("| [one](one/report.md) | 36 + 12 |"))

    place.options.sweeps = []
    #expect(try place.run().notices.filter { $0.contains("results.json") } == [])
    #expect(try place.folder.text("Output/README.md") == whole)
  }
}
