import Foundation

/// When two numbers, or two pictures, count as the same.
enum Tolerance {
  /// Relative difference of numbers.
  ///
  /// Results are written to 10 significant digits, and solvers converge further than that, so
  /// machines whose mathematical functions differ in the last bit agree to about 1e-9 where the
  /// data determine a number well. 1e-6 leaves room for those that they determine badly, and is
  /// still far below the 3 to 5 digits that the report's sentences show.
  static let relative = 1e-6
  /// Absolute difference of numbers near zero, such as relative errors; well below a change of
  /// 1e-6 in an objective, which is of the order of a squared Huber delta.
  static let absolute = 1e-12
  /// Mean absolute difference of colour components in the worst tile of a picture, where 1 is
  /// black against white: as the tests of the renderer have it.
  static let tile = 0.01
  /// Distance of coordinates in a drawing, in points: below what any print shows.
  static let points = 0.02

  static func isSame(_ old: Double, _ new: Double) -> Bool {
    abs(old - new) <= max(absolute, relative * max(abs(old), abs(new)))
  }

  static func isSameCoordinate(_ old: Double, _ new: Double) -> Bool {
    abs(old - new) <= max(points, relative * max(abs(old), abs(new)))
  }

  /// For drawings of another Cairo or font, whose labels may take a little more or less room.
  static func isNearCoordinate(_ old: Double, _ new: Double) -> Bool {
    abs(old - new) <= max(3, relative * max(abs(old), abs(new)))
  }
}
