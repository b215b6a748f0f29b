/// What of a figure a reader sees: legends and captions speak of nothing else.
extension Figure {
  /// Whether an area between the ends of intervals is drawn.
  public var hasBands: Bool {
    visibleMarks.contains { _, mark in
      switch mark {
      case .band, .region: true
      default: false
      }
    }
  }

  /// Whether a line is dashed.
  public var hasDashes: Bool { panels.looks.contains { $0.line?.dash == .dashed } }

  /// Whether points have intervals.
  public var hasBars: Bool {
    visibleMarks.contains { _, mark in
      if case .points(let mark) = mark {
        mark.points.contains { $0.interval != nil }
      } else {
        false
      }
    }
  }

  /// Whether bands go on beyond the frame.
  public var hasCutBands: Bool {
    visibleMarks.contains { panel, mark in
      guard case .band(let mark) = mark, let domain = panel.y.domain else { return false }
      return mark.points.contains { point in
        point.interval.map { !domain.contains($0.lowerBound) || !domain.contains($0.upperBound) }
          ?? false
      }
    }
  }

  private var visibleMarks: [(Panel, Mark)] {
    panels.flatMap { panel in panel.marks.filter(panel.shows).map { (panel, $0) } }
  }
}

extension Panel {
  /// Whether anything of a mark lies inside the frame, as far as the axes' domains are given.
  fileprivate func shows(_ mark: Mark) -> Bool {
    func isInside(_ point: DataPoint) -> Bool {
      x.shows(point.x) && (point.interval.map(y.shows) ?? y.shows(point.y))
    }
    return switch mark {
    case .line(let mark): mark.points.count { isInside($0) } > 1
    case .band(let mark): mark.points.count { $0.interval != nil && isInside($0) } > 1
    case .points(let mark): mark.points.contains { x.shows($0.x) && y.shows($0.y) }
    case .region(let mark): mark.outline.contains(where: isInside)
    case .span(let mark): (mark.axis == .horizontal ? x : y).shows(mark.range)
    case .rule(let mark): (mark.direction == .vertical ? x : y).shows(mark.value)
    case .text: true
    }
  }
}

extension Axis {
  fileprivate func shows(_ value: Double) -> Bool {
    scale.position(of: value).isFinite && domain?.contains(value) ?? true
  }

  fileprivate func shows(_ range: ClosedRange<Double>) -> Bool {
    domain?.overlaps(range) ?? true
  }
}

extension [Panel] {
  /// How their marks look, as a legend would sample them.
  fileprivate var looks: [Legend.Sample] {
    flatMap { panel in
      panel.marks.filter(panel.shows).compactMap { mark -> Legend.Sample? in
        switch mark {
        case .line(let mark): .init(line: mark.style)
        case .rule(let mark): .init(line: mark.style)
        case .points(let mark): .init(marker: mark.marker)
        case .band(let mark): .init(fill: mark.color)
        case .region(let mark): .init(fill: mark.color)
        case .span(let mark): .init(fill: mark.color)
        case .text: nil
        }
      }
    }
  }
}

extension Legend {
  /// The entries of which the panels draw something, each as it is drawn there.
  func drawn(in panels: [Panel]) -> Legend {
    let looks = panels.looks
    var legend = self
    for index in groups.indices {
      legend.groups[index].entries = groups[index].entries.compactMap { entry in
        entry.sample.drawn(as: looks).map { Entry(entry.label, $0) }
      }
    }
    return legend
  }
}

extension Legend.Sample {
  /// What of the sample is drawn; nil where nothing is.
  ///
  /// A sample in the grey of reference stands for marks of any colour and shape. Another one is
  /// dashed or hollow where its marks are nothing else.
  fileprivate func drawn(as looks: [Legend.Sample]) -> Legend.Sample? {
    var drawn = Legend.Sample()
    if var line {
      let dashes = looks.compactMap(\.line)
        .filter { line.color == Palette.reference || $0.color == line.color }.map(\.dash)
      if !dashes.contains(line.dash), line.color != Palette.reference, let other = dashes.first {
        line.dash = other
      }
      drawn.line = dashes.contains(line.dash) ? line : nil
    }
    if var marker {
      let fillings = looks.compactMap(\.marker).filter {
        marker.color == Palette.reference || $0.color == marker.color && $0.shape == marker.shape
      }.map(\.isHollow)
      if marker.color != Palette.reference, let first = fillings.first {
        marker.isHollow = fillings.contains(marker.isHollow) ? marker.isHollow : first
      }
      drawn.marker = fillings.contains(marker.isHollow) ? marker : nil
    }
    if let fill {
      let isGrey = fill.withAlpha(1) == Palette.reference
      drawn.fill = looks.contains { isGrey ? $0.fill != nil : $0.fill == fill } ? fill : nil
    }
    return drawn == Legend.Sample() ? nil : drawn
  }
}
