import Plotting
import RunLogs

/// Colours, markers and legend entries for an ordered quantity, such as model size.
struct OrderedSeries: Sendable {
  let levels: [Level]
  let colors: [Color]

  /// More levels than this are shown by a colour bar rather than by name.
  static let mostNamed = 9

  init(_ levels: [Level]) {
    self.levels = levels
    if levels.count > OrderedSeries.mostNamed, let low = levels.first?.value,
      let high = levels.last?.value, high > low
    {
      let span = Scale.log10.position(of: high) - Scale.log10.position(of: low)
      colors = levels.map { level in
        let share =
          (Scale.log10.position(of: level.value) - Scale.log10.position(of: low)) / span
        return ColorMap.viridis.color(at: ColorMap.darkestToPalest(share))
      }
    } else {
      colors = ColorMap.viridis.colors(count: levels.count)
    }
  }

  var isNamed: Bool { levels.count <= OrderedSeries.mostNamed }

  func marker(_ index: Int, isHollow: Bool = false) -> Marker {
    Marker(
      isNamed ? MarkerShape.sequence(index) : .circle, color: colors[index], isHollow: isHollow)
  }

  func index(of value: Double) -> Int? { levels.firstIndex { $0.contains(value) } }

  /// One entry for each level, or a colour bar.
  func legendGroup(title: RichText, format: NumberFormat, lines: Bool) -> Legend.Group {
    if !isNamed, let low = levels.first?.value, let high = levels.last?.value {
      let bar = Legend.ColorBar(
        map: .viridis, scale: .log10, domain: low...high, format: format)
      return Legend.Group(title: title, [], colorBar: bar)
    }
    let entries = levels.indices.map { index in
      Legend.Entry(
        format.rounded(levels[index].value),
        .init(line: lines ? LineStyle(colors[index]) : nil, marker: marker(index)))
    }
    return Legend.Group(title: title, entries)
  }
}

extension NumberFormat {
  /// The value to three significant digits, as labels of levels show it.
  func rounded(_ value: Double) -> RichText {
    guard value.isFinite, value > 0 else { return text(value) }
    let exponent = Scale.log10.position(of: value).rounded(.down)
    let unit = Scale.log10.value(at: exponent - 2)
    return text((value / unit).rounded() * unit)
  }
}
