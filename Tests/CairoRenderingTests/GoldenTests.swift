import CairoRendering
import Foundation
import Plotting
import Testing

/// A few pictures kept as they should look.
///
/// They hold for one set of fonts and one Cairo and are skipped elsewhere. To record them anew,
/// run the tests with RECORD_GOLDENS=1, which fails the run so that nobody records by accident.
@Suite struct GoldenTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "Goldens")
  private static let environmentFile = folder.appending(path: "environment.txt")

  private static var environment: String {
    guard let report = try? FontSet().report else { return "no font" }
    return "fonts \(report.fileNames.joined(separator: " "))\n"
      + "Cairo \(report.cairoVersion)\nFreeType \(report.freeTypeVersion)\n"
  }

  private static var isRecording: Bool {
    ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1"
  }

  private static var isComparable: Bool {
    isRecording || (try? String(contentsOf: environmentFile, encoding: .utf8)) == environment
  }

  private static let figures: [String: (figure: Figure, preset: Preset)] = [
    "sample": (Sample.figure, .icml), "sample-wide": (Sample.figure, .neurips),
    "contours": (contours, .icml),
  ]

  private static let contours: Figure = {
    let colors = Ramp.sparsity.colors(count: 4)
    let marks = (0..<4).map { index -> Mark in
      let points = [6.0, 9].map { exponent in
        DataPoint(
          Scale.log10.value(at: exponent),
          Scale.log10.value(at: 1.8 * exponent + 1.3 * Double(index)))
      }
      return .line(
        LineMark(
          "contour \(index)", points: points, style: LineStyle(colors[index]),
          label: LineLabel(RichText(plain: "\(25 * index)\u{2009}%"), .onLine)))
    }
    return Figure(
      name: "contours",
      panels: [
        Panel(
          x: Axis("Non-zero parameters *N*", scale: .log10, format: .si),
          y: Axis("Compute *C* (FLOPs)", scale: .log10, format: .powerOfTen), marks: marks)
      ])
  }()

  @Test(
    .enabled(
      if: isComparable, "recorded with other fonts, another Cairo or another FreeType"),
    arguments: figures.keys.sorted())
  func picturesLookAsRecorded(name: String) throws {
    let renderer = try Sample.renderer()
    let (figure, preset) = try #require(Self.figures[name])
    let scene = figure.layout(preset: preset, measurer: renderer.fonts).scene
    let bytes = try renderer.png(scene, FigureMetadata(title: name), pixelsPerInch: 100)
    let file = Self.folder.appending(path: "\(name).png")
    if Self.isRecording {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
      try Self.environment.write(to: Self.environmentFile, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name).png; run again without RECORD_GOLDENS")
      return
    }
    let golden = try PixelImage(png: Array(Data(contentsOf: file)))
    let actual = try PixelImage(png: bytes)
    let difference = actual.worstTile(comparedWith: golden)
    let isEqual = difference.map { $0.distance < 0.01 } ?? false
    if !isEqual {
      Attachment.record(bytes, named: "\(name)-actual.png")
      Attachment.record(Array(try Data(contentsOf: file)), named: "\(name)-golden.png")
    }
    #expect(isEqual, "worst tile: \(String(describing: difference))")
  }
}
