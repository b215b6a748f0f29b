/// Where sweep.yml says that quantities come from; what it leaves out goes by convention.
package struct Mapping {
  package struct Column: Equatable {
    package var name: String
    package var times: Double
    package var location: SourceLocation
  }

  package enum Source: Equatable {
    case column(Column)
    case constant(Double, SourceLocation)
  }

  package var sources: [Quantity: Source] = [:]
  package var units: [Quantity: String] = [:]

  package init() {}

  /// The quantities with a place given in sweep.yml.
  package func isGiven(_ quantity: Quantity) -> Bool { sources[quantity] != nil }
}
