import Foundation
import TestSupport
import Testing

/// A locale compiled for a test, since a machine may have none but C: a program that asks for a
/// locale that is not installed gets C, and such a test would show nothing.
struct CompiledLocale {
  private static let compiler = installedProgram("localedef")
  private static let reader = installedProgram("locale")

  /// Whether the sources of locales are there: Debian's package locales.
  static let canBeMade =
    compiler != nil && reader != nil
    && FileManager.default.fileExists(atPath: "/usr/share/i18n/locales/tr_TR")

  /// What makes a program use the locale.
  let environment: [String: String]
  private let folder: TemporaryFolder

  /// - Parameter name: such as de_DE.
  init(_ name: String) throws {
    folder = try TemporaryFolder()
    environment = ["LOCPATH": folder.path, "LC_ALL": name + ".UTF-8", "LANG": name + ".UTF-8"]
    let path = folder.path + "/" + name + ".UTF-8"
    let compiler = URL(filePath: try #require(Self.compiler))
    _ = try Command.run(
      ["--inputfile", name, "--charmap", "UTF-8", path], in: folder.url, program: compiler)
  }

  /// The decimal separator that a program of the system sees.
  func decimalSeparator() throws -> String {
    let reader = URL(filePath: try #require(Self.reader))
    return try Command.run(
      ["decimal_point"], in: folder.url, environment: environment, program: reader
    ).output.trimmingCharacters(in: .newlines)
  }
}
