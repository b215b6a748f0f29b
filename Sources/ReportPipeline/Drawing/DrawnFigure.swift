import CairoRendering
import Foundation
import Plotting

/// A figure that is laid out, with its words.
struct DrawnFigure: Sendable {
  /// What templates call the figure of a name.
  static func key(_ name: String) -> String { name.replacing("-", with: "_") }
  var key: String { Self.key(name) }

  var name: String
  var figure: Figure
  /// Markdown.
  var caption: String
  /// The same in LaTeX.
  var latexCaption: String
  /// Plain text for readers who cannot see the figure.
  var altText: String

  /// The files of the figure and of its data, below the sweep's folder.
  func files(
    _ renderer: CairoRenderer, preset: Preset, formats: [ImageFormat], title: String,
    digest: String
  ) throws -> [OutputFile] {
    let scene = figure.layout(preset: preset, measurer: renderer.fonts).scene
    let metadata = FigureMetadata(
      title: "\(title): \(name)", description: altText,
      properties: [.init("Software", "report"), .init("Manifest", digest)])
    var files = [
      OutputFile(path: "tables/\(name).csv", text: figure.table.csv)
    ]
    for format in formats {
      let bytes = try renderer.render(scene, as: format, metadata: metadata)
      files.append(
        OutputFile(path: "figures/\(name).\(format.fileExtension)", bytes: Data(bytes)))
    }
    return files
  }
}
