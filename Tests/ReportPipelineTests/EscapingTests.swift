import CairoRendering
import Foundation
import Plotting
import ReportPipeline
import RunLogs
import TestSupport
import Testing

/// Every special character of every medium, alone and where Swift makes one `Character` of it and
/// its neighbour: before a combining mark and after a prepended one.
@Suite("Escapers see scalars, not characters")
struct EscapingTests {
  /// The character alone, in words, before an acute accent, after an Arabic number sign.
  static func disguises(_ special: Character) -> [String] {
    [
      "\(special)", "a\(special)b", "\(special)\u{301}", "a\u{600}\(special)b",
      "\(special)\u{200D}x",
    ]
  }

  /// Scalars that no medium may hold, whatever stood in a log.
  static let invisible: [Unicode.Scalar] = [
    "\u{0}", "\u{7}", "\u{1B}", "\u{7F}", "\u{85}", "\u{AD}", "\u{600}", "\u{200B}", "\u{200D}",
    "\u{200F}", "\u{202E}", "\u{2028}", "\u{2029}", "\u{2066}", "\u{FEFF}", "\u{FFFE}", "\u{E0041}",
  ]

  @Test(arguments: invisible)
  func whatNobodySeesPassesIntoNoMedium(scalar: Unicode.Scalar) throws {
    let text = "a\(scalar)b"
    let shown = [
      Markdown.escape(text), Markdown.code(text), LaTeX.escape(text),
      LaTeX.text(markdown: Markdown.code(text)), CSV.text(text), YAMLText.scalar(text),
      text.visible, text.quoted, String(decoding: try JSONText.encode([text]), as: UTF8.self),
      String(decoding: JSON.text(text).document, as: UTF8.self),
    ]
    for medium in shown {
      #expect(!medium.unicodeScalars.contains(scalar), "\(medium.debugDescription)")
    }
    #expect(try JSONDecoder().decode([String].self, from: JSONText.encode([text])) == [text])
  }

  @Test(arguments: "\\`*_{}[]<>#|~$&")
  func markdownText(special: Character) {
    for text in Self.disguises(special) {
      let scalars = Array(Markdown.escape(text).unicodeScalars)
      for (index, scalar) in scalars.enumerated() where Character(scalar) == special {
        // Of a run of backslashes every second one is behind another.
        let before = scalars[..<index].reversed().prefix { $0 == "\\" }.count
        let after = scalars[index...].prefix { $0 == "\\" }.count
        #expect(special == "\\" ? (before + after) % 2 == 0 : before % 2 == 1, "\(text)")
      }
    }
  }

  /// Signs that are markup in some places alone, each put in those places.
  @Test(arguments: "!()=+-@.")
  func markdownPlaces(special: Character) {
    var texts = Self.disguises(special)
    texts += ["![x](y)", "\(special)[x](y)", "[x]\(special)(y)"].flatMap { text in
      ["\u{301}", "\u{600}", "\u{200D}"].map {
        text.replacing("\(special)", with: "\(special)\($0)")
      }
    }
    for begin in ["", " ", "   ", "\t", "\n", "\u{2028} ", "1", "123456789", " 12"] {
      texts += ["", " x", "\u{301}", "\u{301} x", "\(special)\(special)"].map {
        "\(begin)\(special)\($0)"
      }
    }
    for text in texts {
      let shown = Array(Markdown.escape(text).unicodeScalars)
      #expect(!shown.contains("\n"))
      for (index, scalar) in shown.enumerated() where scalar == "[" || scalar == "]" {
        // So no exclamation mark and no round bracket makes an image or a link.
        #expect(index > 0 && shown[index - 1] == "\\", "\(text.debugDescription)")
      }
      for (index, scalar) in shown.enumerated() where scalar == "@" {
        #expect(shown[(index + 1)...].starts(with: "<!-- -->".unicodeScalars))
      }
      #expect(!Self.beginsBlock(shown), "\(text.debugDescription)")
    }
  }

  /// Whether a line begins an entry of a list or underlines a heading, by the rules of CommonMark.
  private static func beginsBlock(_ line: [Unicode.Scalar]) -> Bool {
    let text = line.drop { $0 == " " || $0 == "\t" }
    let digits = text.prefix { ("0"..."9").contains($0) }
    let mark = text.dropFirst(digits.count).first
    let after = text.dropFirst(digits.count + 1)
    let isApart = after.first.map { $0 == " " || $0 == "\t" } ?? true
    if (1...9).contains(digits.count) { return (mark == "." || mark == ")") && isApart }
    switch mark {
    case "-", "+": return digits.isEmpty && (isApart || text.allSatisfy { $0 == "-" })
    case "=": return digits.isEmpty && text.allSatisfy { $0 == "=" }
    default: return false
    }
  }

  @Test func nothingIsAnAddressOrAMention() {
    for text in [
      "https://evil.example", "HTTP://x", "ftp://x", "www.evil.example", "WWW.x", "a@b.example",
      "@someone", "see https://x, www.y or @z", "mailto:a@b", "https://\u{301}x",
    ] {
      let shown = Markdown.escape(text)
      #expect(!shown.contains("://"), "\(shown)")
      #expect(!shown.lowercased().contains("www."), "\(shown)")
      #expect(shown.firstMatch(of: /@[^<]/) == nil, "\(shown)")
      #expect(!LaTeX.text(markdown: shown).contains("!-"), "\(shown)")
      #expect(shown.replacing("<!-- -->", with: "") == text)
    }
  }

  @Test func textBeginsNoListAndNoHeading() {
    #expect(Markdown.escape("- x") == #"\- x"#)
    #expect(Markdown.escape("+ x") == #"\+ x"#)
    #expect(Markdown.escape("===") == #"\==="#)
    #expect(Markdown.escape("1. x") == #"1\. x"#)
    #expect(Markdown.escape("12) x") == #"12\) x"#)
    #expect(Markdown.escape("0.5 of a - b = c") == "0.5 of a - b = c")
  }

  @Test func codeClosesWhereItIsMeantTo() {
    for text in Self.disguises("`") + ["``\u{301}`", "\u{600}`` ` ```"] {
      let scalars = Array(Markdown.code(text).unicodeScalars)
      let fence = scalars.prefix { $0 == "`" }.count
      let runs = scalars.split { $0 != "`" }.map(\.count)
      #expect(runs.count { $0 == fence } == 2, "\(text)")
      #expect(runs.first == fence && runs.last == fence, "\(text)")
    }
  }

  @Test func codeKeepsToItsCell() {
    for text in Self.disguises("|") + [#"a\|<img src=x>"#, #"\\|"#] {
      // As a reader of tables does: a backslash takes the next character with it.
      var scalars = Array(Markdown.code(text).unicodeScalars)[...]
      while let scalar = scalars.popFirst() {
        #expect(scalar != "|", "\(text)")
        if scalar == "\\" { _ = scalars.popFirst() }
      }
    }
    #expect(!Markdown.code(#"a\|<img>"#).contains(" <img"))
    #expect(LaTeX.text(markdown: Markdown.code("a|b")).contains(#"a\ensuremath{|}b"#))
  }

  @Test(arguments: #"\{}#$%&_^~`<>|""#)
  func latexText(special: Character) {
    for text in Self.disguises(special) {
      for latex in [LaTeX.escape(text), LaTeX.text(markdown: Markdown.escape(text))] {
        #expect(latex.utf8.allSatisfy { (32..<127).contains($0) })
        #expect(Self.isInert(latex), "\(latex)")
      }
      let code = LaTeX.text(markdown: Markdown.code(text))
      #expect(Self.isInert(code), "\(code)")
    }
  }

  /// Whether a line of LaTeX has balanced groups and no live special character but in the commands
  /// that the escaper writes.
  private static func isInert(_ latex: String) -> Bool {
    var depth = 0
    var scalars = Array(latex.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\\": if scalars.popFirst() == nil { return false }
      case "{": depth += 1
      case "}": depth -= 1
      case "#", "$", "%", "&", "\"": return false
      // Alone a space, in mathematics a superscript.
      case "~", "^", "_": return false
      default: break
      }
      if depth < 0 { return false }
    }
    return depth == 0
  }

  @Test func aLetterWithAnAccentIsSetAsOne() {
    #expect(LaTeX.escape("e\u{301}") == #"\'{e}"#)
    #expect(LaTeX.escape("%\u{301}x") == #"\%[U+301]x"#)
    #expect(LaTeX.escape("\u{600}\\input{x}") == #"[U+600]\textbackslash{}input\{x\}"#)
  }

  @Test func cellsOfTables() {
    for text in Self.disguises("\"") + Self.disguises(",") + ["a\nb", "\r\n"] {
      let cell = CSV.text(text)
      guard cell.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" }) else { continue }
      let inner = cell.unicodeScalars.dropFirst().dropLast()
      #expect(cell.unicodeScalars.first == "\"" && cell.unicodeScalars.last == "\"")
      #expect(
        inner.split(omittingEmptySubsequences: false) { $0 != "\"" }.allSatisfy {
          $0.count % 2 == 0
        }, "\(cell)")
    }
    #expect(CSV.text("a,\"b\"") == #""a,""b""""#)
  }

  @Test(arguments: [
    "=cmd|calc!A0", "+1+cmd", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\u{FF1D}1", "=\u{301}1",
  ])
  func noCellIsAFormula(text: String) {
    #expect(CSV.text(text).utf8.first == UInt8(ascii: "'"))
  }

  @Test func numbersInCellsStayNumbers() {
    #expect(CSV.text("-0.5") == "-0.5")
    #expect(CSV.number(-0.5) == "-0.5")
    #expect(CSV.number(2e9) == "2000000000")
    #expect(CSV.number(.nan) == "" && CSV.number(nil) == "")
  }

  /// As a value and as a name; read by Foundation.
  @Test(arguments: "\"\\/#{}[]:,'<>&%")
  func stringsOfJSON(special: Character) throws {
    for text in Self.disguises(special) + Self.disguises(special).map({ $0 + $0 })
      + Self.invisible.map({ "\(special)\($0)\(special)" })
    {
      for document in [JSON.list([.text(text)]).document, try JSONText.encode([text])] {
        let read = try #require(try JSONSerialization.jsonObject(with: document) as? [String])
        #expect(Array(read[0].unicodeScalars) == Array(text.unicodeScalars))
        #expect(!String(decoding: document, as: UTF8.self).contains("##"))
      }
      for document in [
        JSON.object([text: .flag(true)]).document, try JSONText.encode([text: true]),
      ] {
        let read = try #require(try JSONSerialization.jsonObject(with: document) as? [String: Bool])
        #expect(read.keys.map { Array($0.unicodeScalars) } == [Array(text.unicodeScalars)])
      }
    }
  }

  @Test func scalarsOfYAML() throws {
    for special in "'\"\\:#{}[],&*!|>%@`?-" {
      for text in Self.disguises(special) {
        // A sweep.yml with what nobody sees is refused.
        guard !text.unicodeScalars.contains(where: \.isControl) else { continue }
        let data = try TemporaryFolder()
        try data.write("Data/s/runs.csv", Design().csv)
        try data.write("Data/s/sweep.yml", "title: \(YAMLText.scalar(text))\nruns: [runs.csv]\n")
        let folder = try #require(
          try SweepLoader.discover(dataRoot: data.path + "/Data").first)
        let title = try SweepLoader.load(folder).get().title
        #expect(
          Array(title.unicodeScalars) == Array(text.unicodeScalars), "\(text.debugDescription)")
      }
    }
  }

  @Test(arguments: "&<>\"'")
  func drawings(special: Character) throws {
    let renderer = try CairoRenderer()
    let scene = Scene(size: Size(width: 10, height: 10), elements: [])
    for text in Self.disguises(special) + Self.invisible.map({ "\(special)\($0)" }) {
      let bytes = try renderer.render(
        scene, as: .svg, metadata: FigureMetadata(title: text, description: text))
      let svg = String(decoding: bytes, as: UTF8.self)
      let title = try #require(svg.firstMatch(of: /<title[^>]*>([^<]*)<\/title>/)?.output.1)
      for scalar in title.unicodeScalars {
        #expect(scalar != "<" && scalar != ">" && !scalar.isControl, "\(text.debugDescription)")
      }
      let entities = title.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
      for entity in entities {
        #expect(["amp;", "lt;", "gt;"].contains { entity.utf8.starts(with: $0.utf8) }, "\(title)")
      }
    }
  }

  /// What a text is where it is data of a picture: what nobody sees is a space.
  private static func drawn(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.map { $0.isControl ? " " : $0 }
  }

  private static func metadata(_ text: String) -> FigureMetadata {
    FigureMetadata(title: text, description: text + text, properties: [.init("Software", text)])
  }

  private static let empty = Scene(size: Size(width: 10, height: 10), elements: [])

  @Test(arguments: "\0&<>\"'\\()%/")
  func textsOfPNG(special: Character) throws {
    let renderer = try CairoRenderer()
    for text in Self.disguises(special) + Self.invisible.map({ "\(special)\($0)" }) {
      let bytes = try renderer.render(Self.empty, as: .png, metadata: Self.metadata(text))
      var found: [[Unicode.Scalar]] = []
      var at = 8
      while at < bytes.count {
        let length = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
        let type = String(decoding: bytes[at + 4..<at + 8], as: UTF8.self)
        let data = bytes[at + 8..<at + 8 + length]
        let keyword = String(decoding: data.prefix { $0 != 0 }, as: UTF8.self)
        switch type {
        case "tEXt":
          found.append(
            Array("\(keyword)=".unicodeScalars)
              + data.dropFirst(keyword.utf8.count + 1).map { Unicode.Scalar($0) })
        case "iTXt":
          found.append(
            Array(
              (keyword + "="
                + String(decoding: data.dropFirst(keyword.utf8.count + 5), as: UTF8.self))
                .unicodeScalars))
        default: #expect(["IHDR", "pHYs", "IDAT", "IEND"].contains(type))
        }
        at += 12 + length
      }
      let expected = [("Title", text), ("Description", text + text), ("Software", text)].map {
        Array("\($0)=".unicodeScalars) + Self.drawn($1)
      }
      #expect(found == expected, "\(text.debugDescription)")
    }
  }

  @Test(arguments: "()\\<>[]{}/%&")
  func metadataOfPDF(special: Character) throws {
    let renderer = try CairoRenderer()
    for text in Self.disguises(special) + Self.invisible.map({ "\(special)\($0)" }) {
      let bytes = try renderer.render(Self.empty, as: .pdf, metadata: Self.metadata(text))
      for (key, expected) in [
        ("Title", text), ("Subject", text + text), ("Keywords", "Software=" + text),
      ] {
        let mark = Array("/\(key) ".utf8)
        let places = bytes.ranges(of: mark)
        #expect(places.count == 1)
        let found = Self.stringOfPDF(bytes[try #require(places.first).upperBound...])
        #expect(
          found.map { Array($0.unicodeScalars) } == Self.drawn(expected), "\(text.debugDescription)"
        )
      }
    }
  }

  /// The string that begins some bytes of a PDF and ends its line, as ISO 32000 has it: in brackets
  /// with escapes, or in hexadecimal digits of UTF-16; nil where it is none.
  private static func stringOfPDF(_ bytes: ArraySlice<UInt8>) -> String? {
    let line = Array(bytes.prefix { $0 != UInt8(ascii: "\n") })
    guard let last = line.last else { return nil }
    if line.starts(with: "<FEFF".utf8), last == UInt8(ascii: ">") {
      let digits = Array(line.dropFirst(5).dropLast())
      let units = stride(from: 0, to: digits.count, by: 4).map {
        UInt16(String(decoding: digits[$0..<min($0 + 4, digits.count)], as: UTF8.self), radix: 16)
      }
      return units.contains(nil) ? nil : String(decoding: units.compactMap { $0 }, as: UTF16.self)
    }
    guard line.first == UInt8(ascii: "("), last == UInt8(ascii: ")") else { return nil }
    var rest = line.dropFirst().dropLast()
    var text: [UInt8] = []
    while var byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\") {
        guard let next = rest.popFirst() else { return nil }
        byte = next
      } else if byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") {
        return nil
      }
      text.append(byte)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
