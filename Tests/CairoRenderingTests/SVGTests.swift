import CairoRendering
import Foundation
import Plotting
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// What an XML parser sees of a document.
private final class Reader: NSObject, XMLParserDelegate {
  var ids: [String] = []
  var references: [String] = []
  var texts: [String: String] = [:]
  var root: [String: String] = [:]
  private var path: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if path.isEmpty { root = attributes }
    path.append(name)
    if let id = attributes["id"] { ids.append(id) }
    if let target = attributes["xlink:href"] { references.append(String(target.dropFirst())) }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
    qualifiedName: String?
  ) { path.removeLast() }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if let element = path.last { texts[element, default: ""] += string }
  }

  static func read(_ bytes: [UInt8]) throws -> Reader {
    let reader = Reader()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reader
    try #require(parser.parse(), "not well-formed: \(String(describing: parser.parserError))")
    return reader
  }
}

@Suite struct SVGTests {
  @Test func theDocumentIsWellFormedAndSaysWhatItShows() throws {
    let reader = try Reader.read(Sample.bytes(.svg, Sample.renderer()))
    #expect(reader.texts["title"] == Sample.metadata.title)
    #expect(reader.texts["desc"] == Sample.metadata.description)
    #expect(reader.texts["metadata"]?.contains("digest=0123abcd") == true)
    #expect(reader.root["width"] == "234pt")
    #expect(reader.root["role"] == "img")
    let labels = reader.root["aria-labelledby"]?.split(separator: " ").map(String.init) ?? []
    #expect(labels.count == 2 && Set(labels).isSubset(of: reader.ids))
  }

  @Test func idsAreUniqueAndEveryReferenceResolves() throws {
    let reader = try Reader.read(Sample.bytes(.svg, Sample.renderer()))
    #expect(Set(reader.ids).count == reader.ids.count)
    #expect(!reader.references.isEmpty)
    #expect(Set(reader.references).isSubset(of: reader.ids))
  }

  @Test func twoFiguresOnOnePageShareNoId() throws {
    let renderer = try Sample.renderer()
    var other = Sample.figure
    other.panels[0].title = "Another"
    let first = try Reader.read(Sample.bytes(.svg, renderer))
    let second = try Reader.read(
      renderer.render(other, preset: .icml, as: .svg, metadata: Sample.metadata))
    #expect(Set(first.ids).isDisjoint(with: second.ids))
  }

  @Test func hostileTextStaysText() throws {
    let renderer = try Sample.renderer()
    var figure = Sample.figure
    figure.panels[0].title = RichText(plain: "a\u{0}b <c> & \"d\" \u{1F600} \u{FFFF}")
    let metadata = FigureMetadata(
      title: "t\u{0}\u{1}<\u{FFFE}", description: "]]> -- \u{8}",
      properties: [.init("k\u{0}", "v\u{0}&")])
    for format in ImageFormat.allCases {
      let bytes = try renderer.render(figure, preset: .icml, as: format, metadata: metadata)
      #expect(bytes.count > 1000)
      if format == .svg { _ = try Reader.read(bytes) }
    }
  }

  @Test func aMarkerIsStoredOnceHoweverOftenItOccurs() throws {
    func size(_ count: Int) throws -> Int {
      let points = (0..<count).map { DataPoint(Double($0 % 31), Double($0 % 17)) }
      let marker = Marker(.circle, color: Palette.purple)
      let figure = Figure(
        name: "cloud",
        panels: [
          Panel(
            x: Axis("x"), y: Axis("y"),
            marks: [.points(PointsMark("p", points: points, marker: marker))])
        ])
      let bytes = try Sample.renderer().render(
        figure, preset: .icml, as: .svg, metadata: FigureMetadata(title: "cloud"))
      _ = try Reader.read(bytes)
      return bytes.count
    }
    let perMarker = (try size(1000) - size(500)) / 500
    #expect(perMarker < 60)
  }

  @Test func eachCharacterIsStoredOnceSoThatTheFileIsSmall() throws {
    let bytes = try Sample.bytes(.svg, Sample.renderer())
    #expect(bytes.count < 40_000)
    #expect(!bytes.contains(text: "<text"), "text would depend on the reader's fonts")
  }
}
