import Foundation
import Plotting

extension FigureTable {
  /// The table as CSV: values to 10 significant digits, empty where there is none.
  var csv: String {
    let lines = rows.map { row in
      [
        Self.field(row.panel), Self.field(row.series), Self.number(row.x), Self.number(row.y),
        Self.number(row.interval?.lowerBound), Self.number(row.interval?.upperBound),
      ].joined(separator: ",")
    }
    return ([Self.columns.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  private static func number(_ value: Double?) -> String {
    guard let value = Number(value)?.value else { return "" }
    return value == value.rounded() && abs(value) < 1e15
      ? String(format: "%.0f", value) : "\(value)"
  }

  private static func field(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
