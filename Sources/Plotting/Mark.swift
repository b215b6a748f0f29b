/// Something drawn inside a panel, in the units of its axes.
public enum Mark: Hashable, Sendable {
  case line(LineMark)
  case band(BandMark)
  case points(PointsMark)
  case region(RegionMark)
  case span(SpanMark)
  case rule(RuleMark)
  case text(TextMark)
}

/// One value of y at one of x, with an interval where one is known.
public struct DataPoint: Hashable, Sendable {
  public var x: Double
  public var y: Double
  /// Lower and upper end of an interval of y.
  public var interval: ClosedRange<Double>?

  public init(_ x: Double, _ y: Double, interval: ClosedRange<Double>? = nil) {
    self.x = x
    self.y = y
    self.interval = interval
  }
}

/// How a line looks: a colour, a dash, and a width as a multiple of the theme's.
public struct LineStyle: Hashable, Sendable {
  public enum Dash: Hashable, Sendable {
    case solid, dashed, dotted, dashDotted, longDashed

    /// Lengths in multiples of the line width.
    var pattern: [Double] {
      switch self {
      case .solid: []
      case .dashed: [4, 2]
      case .dotted: [1, 1.8]
      case .longDashed: [9, 2.2]
      case .dashDotted: [5, 1.8, 1, 1.8]
      }
    }
  }

  public var color: Color
  public var dash: Dash
  public var scale: Double

  public init(_ color: Color, dash: Dash = .solid, scale: Double = 1) {
    self.color = color
    self.dash = dash
    self.scale = scale
  }
}

/// A line through points; values that an axis cannot show interrupt it.
public struct LineMark: Hashable, Sendable {
  /// What the line is called in the figure's table.
  public var name: String
  public var points: [DataPoint]
  public var style: LineStyle
  public var label: LineLabel?
  /// Whether the line ends in an arrowhead.
  public var isArrow: Bool

  public init(
    _ name: String, points: [DataPoint], style: LineStyle, label: LineLabel? = nil,
    isArrow: Bool = false
  ) {
    self.name = name
    self.points = points
    self.style = style
    self.label = label
    self.isArrow = isArrow
  }
}

/// A name written along its line, in the line's colour.
public struct LineLabel: Hashable, Sendable {
  public enum Placement: Hashable, Sendable {
    /// On the line, which the text's rim interrupts; turned along it.
    case onLine
    /// Beside the line; turned along it.
    case beside
    /// Upright and beside the line.
    case upright
    /// In the margin to the right of the panel, level with the line's end.
    case end
  }

  public var text: RichText
  public var placement: Placement
  /// Where along the visible line it would best stand, 0 the start and 1 the end.
  public var preferredPosition: Double

  public init(_ text: RichText, _ placement: Placement, preferredPosition: Double = 0.5) {
    self.text = text
    self.placement = placement
    self.preferredPosition = preferredPosition
  }
}

/// The area between the ends of the points' intervals; drawn under everything but regions.
public struct BandMark: Hashable, Sendable {
  public var name: String
  /// Points without an interval interrupt the band.
  public var points: [DataPoint]
  public var color: Color

  public init(_ name: String, points: [DataPoint], color: Color) {
    self.name = name
    self.points = points
    self.color = color
  }
}

/// Data points, with error bars where they have intervals.
public struct PointsMark: Hashable, Sendable {
  public var name: String
  public var points: [DataPoint]
  public var marker: Marker
  /// The direction of the error bars: horizontal where intervals are those of x.
  public var intervals: Orientation

  public init(
    _ name: String, points: [DataPoint], marker: Marker, intervals: Orientation = .vertical
  ) {
    self.name = name
    self.points = points
    self.marker = marker
    self.intervals = intervals
  }
}

/// A filled area given by its outline.
public struct RegionMark: Hashable, Sendable {
  public var name: String
  public var outline: [DataPoint]
  public var color: Color
  /// Whether the axes must show all of it.
  public var extendsAxes: Bool

  public init(_ name: String, outline: [DataPoint], color: Color, extendsAxes: Bool = true) {
    self.name = name
    self.outline = outline
    self.color = color
    self.extendsAxes = extendsAxes
  }
}

/// Horizontal and vertical directions of a panel.
public enum Orientation: Hashable, Sendable { case horizontal, vertical }

/// A shaded range of one axis over the whole length of the other.
public struct SpanMark: Hashable, Sendable {
  public var name: String
  /// The axis whose range is shaded: horizontal for a range of x.
  public var axis: Orientation
  public var range: ClosedRange<Double>
  public var color: Color

  public init(_ name: String, axis: Orientation, range: ClosedRange<Double>, color: Color) {
    self.name = name
    self.axis = axis
    self.range = range
    self.color = color
  }
}

/// A straight line right across the panel at one value.
public struct RuleMark: Hashable, Sendable {
  public var name: String
  /// The direction of the line: a horizontal rule stands at a value of y.
  public var direction: Orientation
  public var value: Double
  public var style: LineStyle
  public var label: RichText?

  public init(
    _ name: String, _ direction: Orientation, at value: Double, style: LineStyle,
    label: RichText? = nil
  ) {
    self.name = name
    self.direction = direction
    self.value = value
    self.style = style
    self.label = label
  }
}

/// Words in the panel, placed where they cover nothing.
public struct TextMark: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    /// Close to this point of the data.
    case near(x: Double, y: Double)
    /// Anywhere free within this area, as close to its middle as may be.
    case within(x: ClosedRange<Double>, y: ClosedRange<Double>)
    /// Anywhere free inside an outline in the units of the axes.
    case inside([DataPoint])
    /// Close to this share of the panel's width from the left and height from the top.
    case frame(Double, Double)

    var isNearData: Bool { if case .near = self { true } else { false } }
  }

  public var text: RichText
  public var place: Place
  public var color: Color
  /// Whether a white rim sets the words off; not on shaded ground.
  public var hasHalo: Bool

  public init(
    _ text: RichText, _ place: Place, color: Color = .gray(0.3), hasHalo: Bool = true
  ) {
    self.text = text
    self.place = place
    self.color = color
    self.hasHalo = hasHalo
  }
}
