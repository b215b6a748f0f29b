import Foundation

/// The page that leads to every sweep's report.
enum IndexPage {
  /// - Parameter folders: the folders of all sweeps in the output, by name.
  static func make(_ folders: [URL], _ templates: TemplateLibrary) throws(PipelineError) -> Data {
    let sweeps = folders.compactMap { folder -> IndexedSweep? in
      guard let bytes = try? Data(contentsOf: folder.appending(path: "results.json")),
        let results = try? JSONDecoder().decode(Results.self, from: bytes)
      else { return nil }
      return IndexedSweep(
        folder: folder.lastPathComponent, results: results, manifest: Manifest.read(from: folder))
    }
    let text = try templates.render("index.md", indexValues(sweeps))
    return Data(tidied(text).utf8)
  }
}

/// A sweep of the index.
struct IndexedSweep {
  var folder: String
  var results: Results
  var manifest: Manifest?

  /// Figures that a page can show.
  var pictures: [String] {
    let paths = Set((manifest?.outputs ?? []).map(\.path))
    return FigureCatalogue.names.map { "figures/\($0).png" }.filter(paths.contains)
  }
}
