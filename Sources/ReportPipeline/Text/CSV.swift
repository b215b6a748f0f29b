import RunLogs

/// Cells of comma-separated values (RFC 4180).
package enum CSV {
  /// A cell of text: quoted where a comma or a quotation mark asks for it, and on one line.
  ///
  /// What a spreadsheet would take for a formula stands behind an apostrophe; a number stays one.
  package static func text(_ text: String) -> String {
    let isFormula =
      text.unicodeScalars.first.map(formulaStarts.contains) ?? false && Double(text) == nil
    if !isFormula, text.utf8.allSatisfy(isPlain) { return text }
    var cell = String.UnicodeScalarView(
      text.unicodeScalars.map { $0.isControl ? "\u{FFFD}" : $0 })
    if isFormula { cell.insert("'", at: cell.startIndex) }
    guard cell.contains(where: { $0 == "," || $0 == "\"" }) else { return String(cell) }
    return "\"" + cell.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) } + "\""
  }

  /// Printable ASCII that needs no quotation.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\"")
  }

  /// A number to 10 significant digits; empty where there is none or none that is finite.
  package static func number(_ number: Double?) -> String { JSON.digits(number) ?? "" }

  package static func line(_ cells: [String]) -> String { cells.joined(separator: ",") + "\n" }

  /// Also as East Asian keyboards write them.
  private static let formulaStarts: [Unicode.Scalar] = [
    "=", "+", "-", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]
}
