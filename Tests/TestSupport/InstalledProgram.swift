import Foundation

/// The path of a program that a test needs, if it is installed.
package func installedProgram(_ name: String) -> String? {
  ProcessInfo.processInfo.environment["PATH", default: ""].split(separator: ":")
    .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
}
