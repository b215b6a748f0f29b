import CairoRendering
import Foundation
import Plotting
import Testing

@Suite struct PDFTests {
  @Test func theDateIsFixedAndTheTitleStands() throws {
    let bytes = try Sample.bytes(.pdf, Sample.renderer())
    #expect(bytes.starts(with: Array("%PDF-1.".utf8)))
    #expect(bytes.contains(text: "/CreationDate (20000101000000"))
    #expect(bytes.contains(text: "/Title"))
    #expect(bytes.contains(text: "digest=0123abcd"))
  }

  @Test(.enabled(if: Tool.isInstalled("pdffonts"), "pdffonts is not installed (poppler-utils)"))
  func fontsAreEmbeddedAndNoneIsType3() throws {
    let lines = try Tool.run("pdffonts", on: Sample.bytes(.pdf, Sample.renderer()))
      .split(separator: "\n").dropFirst(2)
    #expect(lines.count >= 2, "an upright and an italic face")
    for line in lines {
      #expect(!line.contains("Type 3"))
      #expect(line.contains("TrueType") || line.contains("CFF") || line.contains("Type 1"))
      // The columns emb, sub and uni.
      #expect(line.contains("yes yes"))
    }
  }

  @Test(.enabled(if: Tool.isInstalled("pdfinfo"), "pdfinfo is not installed (poppler-utils)"))
  func thePageHasThePresetsWidth() throws {
    let info = try Tool.run("pdfinfo", on: Sample.bytes(.pdf, Sample.renderer()))
    #expect(info.contains("Page size:       234 x"))
    #expect(info.contains("Title:           \(Sample.metadata.title)"))
    #expect(info.contains("Subject:         A curve falls"))
  }
}

/// A program of the machine that reads a PDF.
enum Tool {
  static func isInstalled(_ name: String) -> Bool { path(name) != nil }

  private static func path(_ name: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static func run(_ name: String, on bytes: [UInt8]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "report-\(UUID().uuidString).pdf")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path(name)))
    process.arguments = [file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
  }
}
