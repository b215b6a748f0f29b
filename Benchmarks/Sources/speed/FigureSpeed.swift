import ReportPipeline
import ScalingLaws
import Workloads

/// What drawing one figure costs: layout and three formats, on one thread.
struct FigureSpeed: Codable {
  var name: String
  var drawing: Measurement
  /// What is drawn, for the other program.
  var figure: FigureRecord

  /// Every figure of an analysis.
  static func measure(_ analysis: SweepAnalysis) throws -> [FigureSpeed] {
    let drawing = try FigureDrawing()
    return try FigureSet(analysis).entries.map { entry in
      FigureSpeed(
        name: entry.name,
        drawing: try Stopwatch(runs: 5, seconds: 0.1).measure { try drawing.draw(entry) },
        figure: FigureRecord(entry.figure, size: drawing.scene(entry).size))
    }
  }
}
