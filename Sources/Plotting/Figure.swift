/// A figure as its author thinks of it: panels of marks in the units of their axes.
public struct Figure: Hashable, Sendable {
  /// The file's name without an ending: `loss-vs-sparsity`.
  public var name: String
  public var panels: [Panel]
  public var arrangement: Arrangement
  /// Names nothing but what the panels draw.
  public private(set) var legend: Legend?
  public var height: FigureHeight
  /// Height of a panel in points where its content gives it, as rows of names do; it takes the
  /// place of `height`.
  public var panelHeight: Double?

  public init(
    name: String, panels: [Panel], arrangement: Arrangement = .single, legend: Legend? = nil,
    height: FigureHeight = .medium, panelHeight: Double? = nil
  ) {
    self.name = name
    self.panels = panels
    self.arrangement = arrangement
    self.legend = legend?.drawn(in: panels)
    self.height = height
    self.panelHeight = panelHeight
  }
}

/// The heights that figures have, so that a page of several looks of a piece: the more a figure
/// matters, the larger it is.
public enum FigureHeight: Hashable, Sendable, CaseIterable { case small, medium, large }

/// A frame with two axes and what is drawn in it.
public struct Panel: Hashable, Sendable {
  public var title: RichText
  public var x: Axis
  public var y: Axis
  public var marks: [Mark]

  public init(title: RichText = RichText(), x: Axis, y: Axis, marks: [Mark]) {
    self.title = title
    self.x = x
    self.y = y
    self.marks = marks
  }
}

/// How a figure's panels stand to each other.
public enum Arrangement: Hashable, Sendable {
  case single
  /// Small multiples in rows, as many in each as the width allows.
  case grid(maxColumns: Int, sharesX: Bool, sharesY: Bool)
  /// One column that shares x, with these relative heights.
  case stack(heights: [Double])

  var isStack: Bool { if case .stack = self { true } else { false } }
}
