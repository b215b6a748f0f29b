/// How a colour reaches readers who do not see it as it was chosen.
package enum ColorVision: String, Sendable, CaseIterable {
  /// Printed without colour.
  case grayscale
  /// Seen without the middle-wave cones, the commonest colour blindness.
  case deuteranopia

  /// The colour as it is seen.
  ///
  /// Source for deuteranopia: Machado, Oliveira and Fernandes, "A Physiologically-based Model for
  /// Simulation of Color Vision Deficiency" (2009), severity 1, on linear components.
  package func seen(_ color: Color) -> Color {
    let linear = [color.red, color.green, color.blue].map(Self.linear)
    let rows: [[Double]] =
      switch self {
      case .grayscale: Array(repeating: [0.2126, 0.7152, 0.0722], count: 3)
      case .deuteranopia:
        [
          [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
          [-0.011820, 0.042940, 0.968881],
        ]
      }
    let seen = rows.map { row in
      Self.encoded(zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 })
    }
    return Color(red: seen[0], green: seen[1], blue: seen[2], alpha: color.alpha)
  }

  private static func linear(_ c: Double) -> Double {
    c <= 0.04045 ? c / 12.92 : power((c + 0.055) / 1.055, 2.4)
  }

  private static func encoded(_ c: Double) -> Double {
    let c = min(max(c, 0), 1)
    return c <= 0.0031308 ? 12.92 * c : 1.055 * power(c, 1 / 2.4) - 0.055
  }
}

extension Scene {
  /// The scene as it is seen.
  package func seen(with vision: ColorVision) -> Scene {
    var scene = self
    scene.elements = elements.map { element in
      switch element {
      case .path(let path, let fill, let stroke):
        var stroke = stroke
        if let color = stroke?.color { stroke?.color = vision.seen(color) }
        return .path(path, fill: fill.map(vision.seen), stroke: stroke)
      case .text(var text):
        text.color = vision.seen(text.color)
        return .text(text)
      }
    }
    return scene
  }
}
