import ArgumentParser
import CairoRendering
import Plotting
import ReportPipeline

/// What the commands that make a report have in common.
struct ReportArguments: ParsableArguments {
  @OptionGroup var data: DataOptions

  @Option(help: "The folder of the report.", completion: .directory)
  var output = "Output"

  @Option(
    help: "A folder of templates to use instead of those that the program carries.",
    completion: .directory)
  var templates: String?

  @Option(help: "Figure formats, with commas between them: png, svg, pdf.")
  var format = "png,svg,pdf"

  @Option(help: "Size and style of figures: \(Preset.all.map(\.name).joined(separator: ", ")).")
  var preset = Preset.default.name

  @Option(help: "Sparsities within this relative loss of the best count as equally good.")
  var tolerance = 0.001

  @OptionGroup var fit: FitArguments

  func validate() throws {
    _ = try formats
    guard tolerance >= 0, tolerance < 1 else {
      throw ValidationError("--tolerance takes a number from 0 to below 1")
    }
    guard Preset.named(preset) != nil else {
      let known = Preset.all.map(\.name).joined(separator: ", ")
      throw ValidationError("there is no preset '\(preset)'; the presets are \(known)")
    }
  }

  private var formats: [ImageFormat] {
    get throws {
      let names = format.split(separator: ",").map { $0.filter { $0 != " " }.lowercased() }
      guard !names.isEmpty else { throw ValidationError("--format needs at least one format") }
      let chosen = try names.map { name in
        guard let format = ImageFormat(rawValue: name) else {
          throw ValidationError("there is no format '\(name)'; the formats are png, svg and pdf")
        }
        return format
      }
      return ImageFormat.allCases.filter(chosen.contains)
    }
  }

  var pipelineOptions: PipelineOptions {
    get throws {
      var options = PipelineOptions(data: data.data)
      options.sweeps = data.sweeps
      options.output = output
      options.templates = templates
      options.formats = try formats
      options.preset = Preset.named(preset) ?? .default
      fit.apply(to: &options)
      options.fit.tolerance = tolerance
      return options
    }
  }
}
