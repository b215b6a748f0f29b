import Foundation

/// The page that leads to every sweep's report.
struct IndexPage {
  let bytes: Data
  /// What the user should know: sweeps whose results could not be read.
  let notices: [String]

  /// - Parameters:
  ///   - folder: the output folder with all sweeps.
  ///   - output: the output folder as the user typed it.
  init(
    _ folder: OutputFolder, _ templates: TemplateLibrary, output: String
  ) throws(PipelineError) {
    var sweeps: [IndexedSweep] = []
    var notices: [String] = []
    for name in folder.sweeps {
      var sweep = IndexedSweep(folder: name, manifest: Manifest.read(folder.door, name))
      do {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        sweep.results = try decoder.decode(
          IndexedResults.self,
          from: Data(folder.door.bytes("\(name)/results.json", atMost: OutputFolder.largestFile)))
      } catch {
        notices.append(
          "\(output)/\(name)/results.json: cannot be read (\(Self.reason(error))), so the index "
            + "has no numbers of this sweep; make its report again, or remove the folder")
      }
      sweeps.append(sweep)
    }
    self.notices = notices
    bytes = Data(tidied(try templates.render("index.md", Record(sweeps, indexFields))).utf8)
  }

  /// In a few words and without paths, which differ between machines.
  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "it has no key \"\(key.stringValue)\""
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "another kind of value is at "
        + "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\""
    case DecodingError.dataCorrupted: "it is not valid JSON"
    default: "the file is missing or not readable"
    }
  }
}
