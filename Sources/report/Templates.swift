import ArgumentParser
import Foundation
import ReportPipeline

/// `report templates`: the words of the report, to be changed.
struct Templates: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes out the templates of the report, to be changed and used with --templates.")

  @Argument(help: "The folder to write them into; it must be empty or not exist.")
  var folder: String?

  @Flag(help: "List every value that a template may cite instead.")
  var list = false

  func validate() throws {
    guard list != (folder != nil) else {
      throw ValidationError("name a folder, or say --list")
    }
    if let folder, folder.isEmpty || folder.utf8.contains(0) {
      throw ValidationError("the folder needs a name")
    }
  }

  func run() throws {
    guard let folder else { return try Console.output(TemplateReference.text) }
    try reportingFaults { () throws(PipelineError) in
      try TemplateLibrary.builtIn().write(to: URL(filePath: folder), name: folder)
    }
  }
}
