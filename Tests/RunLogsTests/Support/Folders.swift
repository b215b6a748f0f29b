import Foundation
import Testing

/// The package's folder.
let packageFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The measurements of Frantar et al. (2024), which are not part of the project; nil where absent.
let referenceData: URL? = {
  let named = ProcessInfo.processInfo.environment["REFERENCE_DATA"].map(URL.init(fileURLWithPath:))
  let folder = named ?? packageFolder.appendingPathComponent("../shared/reference").standardized
  let files = ["t5-data.csv", "vit-data.json"].map { folder.appendingPathComponent($0).path }
  return files.allSatisfy(FileManager.default.fileExists) ? folder : nil
}()
