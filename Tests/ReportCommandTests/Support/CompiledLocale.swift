import Foundation
import TestSupport

/// A locale compiled for a test, since a machine may have none but C: a program that asks for a
/// locale that is not installed gets C, and such a test would show nothing.
struct CompiledLocale {
  private static let compiler = URL(filePath: "/usr/bin/localedef")

  /// Whether the sources of locales are there: Debian's package locales.
  static let canBeMade =
    FileManager.default.isExecutableFile(atPath: compiler.path)
    && FileManager.default.fileExists(atPath: "/usr/share/i18n/locales/tr_TR")

  /// What makes a program use the locale.
  let environment: [String: String]
  private let folder: TemporaryFolder

  /// - Parameter name: such as de_DE.
  init(_ name: String) throws {
    folder = try TemporaryFolder()
    environment = ["LOCPATH": folder.path, "LC_ALL": name + ".UTF-8", "LANG": name + ".UTF-8"]
    let path = folder.path + "/" + name + ".UTF-8"
    _ = try Command.run(
      ["--inputfile", name, "--charmap", "UTF-8", path], in: folder.url, program: Self.compiler)
  }

  /// The decimal separator that a program of the system sees.
  func decimalSeparator() throws -> String {
    try Command.run(
      ["decimal_point"], in: folder.url, environment: environment,
      program: URL(filePath: "/usr/bin/locale")
    ).output.trimmingCharacters(in: .newlines)
  }
}
