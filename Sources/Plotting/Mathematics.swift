import Foundation

// The few elementary functions that plotting needs, so that no other file imports Foundation.

func sine(_ x: Double) -> Double { Foundation.sin(x) }
func cosine(_ x: Double) -> Double { Foundation.cos(x) }
func angle(of vector: Point) -> Double { Foundation.atan2(vector.y, vector.x) }
func decimalLogarithm(_ x: Double) -> Double { Foundation.log10(x) }
func binaryLogarithm(_ x: Double) -> Double { Foundation.log2(x) }

/// 10 to a whole power, exactly rounded where a double can hold it.
func tenToThe(_ exponent: Int) -> Double { Foundation.pow(10, Double(exponent)) }
func power(_ base: Double, _ exponent: Double) -> Double { Foundation.pow(base, exponent) }

/// So many places of a list, or all of a shorter one: an even choice with the first and the last.
package func evenChoice(_ most: Int, of count: Int) -> [Int] {
  guard count > most else { return Array(0..<count) }
  return (0..<max(most, 0)).map { most == 1 ? 0 : $0 * (count - 1) / (most - 1) }
}

/// The nearest whole number, or nothing where an `Int` cannot hold it; never traps.
func wholeNumber(_ x: Double) -> Int? {
  guard x.isFinite, x.magnitude < 9e15 else { return nil }
  return Int(x.rounded())
}
