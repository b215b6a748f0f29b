import CairoRendering
import Plotting
import ScalingLaws

/// What a run of the pipeline was asked to do.
public struct PipelineOptions: Sendable {
  /// The data root as the user typed it.
  public var data: String
  /// The output folder as the user typed it.
  public var output = "Output"
  /// The templates folder; nil for those that the program carries.
  public var templates: String?
  /// The sweeps wanted; empty for all.
  public var sweeps: [String] = []
  public var formats: [ImageFormat] = [.png, .svg, .pdf]
  public var preset = Preset.default
  public var fit = FitOptions()

  public init(data: String) {
    self.data = data
  }

  /// The options that change what is written; threads and places do not.
  var settings: [String: String] {
    var settings = [
      "bootstrap": "\(fit.bootstrap)",
      "formats": formats.map(\.rawValue).joined(separator: ","),
      "preset": preset.name,
      "seed": "\(fit.seed)",
      "starts": "\(fit.starts)",
      "tolerance": "\(fit.tolerance)",
    ]
    settings["law"] = fit.law
    return settings
  }
}
