import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("The same inputs give the same bytes")
struct DeterminismTests {
  @Test func threadsAndOrderOfSweepsDoNotMatter() throws {
    let place = try Workplace(["a": Design(), "b": Design(bS: 1.3)])
    place.options.formats = [.png, .svg, .pdf]
    place.options.fit.bootstrap = 20
    place.options.fit.threads = 1
    try place.run()
    let alone = try place.folder.files("Output")
    place.options.fit.threads = 2
    try place.run()
    #expect(try different(alone, place.folder.files("Output")) == [])
    place.options.fit.threads = 7
    place.options.sweeps = ["b", "a"]
    place.options.output = place.folder.url.appending(path: "Elsewhere").path
    try place.run()
    #expect(try different(alone, place.folder.files("Elsewhere")) == [])
  }

  @Test func theOrderOfRowsDoesNotMoveTheFit() throws {
    let place = try Workplace(["a": Design()])
    try place.run()
    let before = try place.results("a")
    let lines = Design().csv.split(separator: "\n")
    let shuffled = [lines[0]] + lines.dropFirst().reversed()
    try place.folder.write("Data/a/runs.csv", shuffled.joined(separator: "\n") + "\n")
    try place.run()
    let after = try place.results("a")
    for (name, number) in try #require(before.fit).coefficients {
      let other = try #require(after.fit?.coefficients[name])
      #expect(abs(other / number - 1) < 1e-8, "\(name)")
    }
  }
}
