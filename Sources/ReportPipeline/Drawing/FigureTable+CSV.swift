import Plotting

extension FigureTable {
  /// The table as CSV: values to 10 significant digits, empty where there is none.
  var csv: String {
    let lines = rows.map { row in
      [
        CSV.text(row.panel), CSV.text(row.series), CSV.number(row.x), CSV.number(row.y),
        CSV.number(row.interval?.lowerBound), CSV.number(row.interval?.upperBound),
      ].joined(separator: ",")
    }
    return ([Self.columns.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }
}
