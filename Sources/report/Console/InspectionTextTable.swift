/// Rows as lines of aligned columns.
enum TextTable {
  /// Lines with a header; none where there are no rows. The columns in `right` hold numbers.
  static func lines(
    header: [String], right: ClosedRange<Int>? = nil, _ rows: [[String]]
  ) -> [String] {
    guard !rows.isEmpty else { return [] }
    let all = [header] + rows
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        if column > 0 { line += "  " }
        line += right?.contains(column) == true ? padding + cell : cell + padding
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
