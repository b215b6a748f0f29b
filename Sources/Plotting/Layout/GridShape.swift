/// Rows and columns of a figure and which panel stands where.
struct GridShape: Hashable, Sendable {
  let rows: Int
  let columns: Int
  let count: Int
  let sharesX: Bool
  let sharesY: Bool
  /// Heights of the rows relative to each other.
  let weights: [Double]

  /// - Parameter labelRoom: what names at the ends of lines take of a panel's width.
  init(_ figure: Figure, width: Double, minPanelWidth: Double, labelRoom: Double = 0) {
    count = max(figure.panels.count, 1)
    switch figure.arrangement {
    case .single:
      (rows, columns, sharesX, sharesY) = (count, 1, false, false)
    case .grid(let maxColumns, let sharesX, let sharesY):
      let least = max(minPanelWidth, 0.8 * minPanelWidth + labelRoom)
      let fitting = wholeNumber((width / least).rounded(.down)) ?? 1
      let most = max(1, min(maxColumns, fitting, count))
      rows = (count + most - 1) / most
      columns = (count + rows - 1) / rows
      (self.sharesX, self.sharesY) = (sharesX, sharesY)
    case .stack:
      (rows, columns, sharesX, sharesY) = (count, 1, true, false)
    }
    if case .stack(let heights) = figure.arrangement, heights.count == rows {
      weights = heights
    } else {
      weights = Array(repeating: 1, count: rows)
    }
  }

  func row(of panel: Int) -> Int { panel / columns }
  func column(of panel: Int) -> Int { panel % columns }

  /// Whether no panel stands below this one.
  func isLowest(_ panel: Int) -> Bool { panel + columns >= count }

  /// Whether the panel shows the numbers of its x axis.
  func showsXLabels(_ panel: Int) -> Bool { !sharesX || isLowest(panel) }

  /// Whether the panel shows the numbers of its y axis.
  func showsYLabels(_ panel: Int) -> Bool { !sharesY || column(of: panel) == 0 }
}
