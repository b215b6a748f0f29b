import CairoRendering
import Foundation
import RunLogs
import ScalingLaws

extension Manifest {
  /// The manifest of a sweep, before its outputs are known.
  init(
    _ analysis: SweepAnalysis, _ templates: TemplateLibrary, _ renderer: CairoRenderer,
    _ options: PipelineOptions
  ) throws {
    program = Program(name: "report", version: ReportVersion.current)
    let report = renderer.fonts.report
    rendering = [
      "cairo": report.cairoVersion,
      "freetype": report.freeTypeVersion,
      "font": report.usedFamily,
      "font_files": report.fileNames.joined(separator: ", "),
    ]
    settings = options.settings
    // What cannot be read has cost its run already; it must not cost the report as well.
    let door = Door(options.data)
    inputs = analysis.sweep.inputs.map {
      Entry(path: $0.path, sha256: (try? Digest.sha256(door, $0.path)) ?? "unreadable")
    }.sorted { $0.path < $1.path }
    self.templates = templates.files.map {
      Entry(path: $0.path, sha256: Digest.sha256($0.bytes))
    }
    outputs = []
    digest = Self.digest(
      settings: settings, inputs: inputs, templates: self.templates,
      version: ReportVersion.current)
  }
}
