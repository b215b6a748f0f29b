import Foundation
import Testing

/// A module that is imported and not named in Package.swift is found or not by the order in which
/// a first build goes.
@Suite struct PackageTests {
  @Test func eachTargetNamesTheModulesOfThePackageThatItImports() throws {
    let manifest = try String(
      contentsOf: packageFolder.appendingPathComponent("Package.swift"), encoding: .utf8)
    let targets = manifest.components(separatedBy: "arget(").dropFirst()
    let names = targets.compactMap { $0.firstMatch(of: /^\s*name: "(\w+)"/).map { String($0.1) } }
    #expect(names.count == targets.count && names.contains("ScalingLawsTests"))
    for (target, name) in zip(targets, names) {
      let folders = ["Sources", "Tests"].map {
        packageFolder.appendingPathComponent($0).appendingPathComponent(name)
      }
      let folder = try #require(
        folders.first { FileManager.default.fileExists(atPath: $0.path) })
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      for path in paths where path.hasSuffix(".swift") {
        let text = try String(
          contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
        for match in text.matches(of: /(?m)^(?:@testable )?import (\w+)$/) {
          let module = String(match.1)
          guard names.contains(module) || module == "CZlib" || module == "CCairo" else { continue }
          #expect(target.contains("\"\(module)\""), "\(name)/\(path) imports \(module)")
        }
      }
    }
  }
}
