/// A table of the report as plain numbers, for readers that are programs.
struct SummaryTable: Sendable, Equatable {
  enum Cell: Sendable, Equatable {
    case text(String)
    /// Empty where absent or not finite.
    case number(Double?)
  }

  /// Also the name of its LaTeX template.
  var name: String
  var columns: [String]
  var rows: [[Cell]]

  /// The cells of an interval: its low end and its high end.
  static func ends(_ interval: ClosedRange<Double>?) -> [Cell] {
    [.number(interval?.lowerBound), .number(interval?.upperBound)]
  }

  /// Comma-separated values, numbers to 10 significant digits.
  var csv: String {
    ([columns] + rows.map { $0.map(\.field) }).map { $0.joined(separator: ",") + "\n" }.joined()
  }
}

extension SummaryTable.Cell {
  fileprivate var field: String {
    switch self {
    case .text(let text): CSV.text(text)
    case .number(let number): CSV.number(number)
    }
  }
}
