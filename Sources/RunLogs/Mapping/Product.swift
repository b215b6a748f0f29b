/// A quantity that is the product of several, such as D = steps x batch size x context length.
package enum Product {
  /// The product of cells; the first that is missing or no number where one is.
  package static func value(_ cells: [Value]) -> Value {
    var product = 1.0
    for cell in cells {
      switch cell.number {
      case .number(let factor): product *= factor
      case .missing: return .missing
      case .fault: return cell
      }
    }
    return .number(product)
  }

  /// How messages name a product.
  package static func name(_ factors: [String]) -> String { factors.joined(separator: " x ") }
}
