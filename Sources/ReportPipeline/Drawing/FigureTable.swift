import Foundation
import Plotting

/// The data of a figure as CSV: what is drawn is what the table holds.
enum FigureTable {
  /// One line for each point of each line, band and set of markers; values to 10 significant
  /// digits, ends of intervals empty where there is none.
  static func csv(_ figure: Figure) -> String {
    var lines = ["panel,series,x,y,low,high"]
    for panel in figure.panels {
      for mark in panel.marks {
        let (name, points): (String, [DataPoint])
        switch mark {
        case .line(let line): (name, points) = (line.name, line.points)
        case .points(let set): (name, points) = (set.name, set.points)
        case .band(let band): (name, points) = (band.name, band.points)
        case .region(let region): (name, points) = (region.name, region.outline)
        case .span, .rule, .text: continue
        }
        for point in points {
          let ends = point.interval
          let fields = [
            field(panel.title.plainText), field(name), number(point.x), number(point.y),
            number(ends?.lowerBound), number(ends?.upperBound),
          ]
          lines.append(fields.joined(separator: ","))
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
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
