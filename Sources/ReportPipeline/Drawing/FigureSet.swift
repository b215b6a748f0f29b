import Plotting
import ScalingLaws

/// Every figure of an analysis without its words, for programs that draw but write no report.
public struct FigureSet: Sendable {
  public struct Entry: Sendable {
    /// The name of the figure's files.
    public var name: String
    public var figure: Figure
  }

  /// The names of all figures that a report can have, in its order.
  public static let names = FigureCatalogue.names

  /// Those that the analysis has data for, in the order of the report.
  public let entries: [Entry]

  public init(_ analysis: SweepAnalysis) {
    entries = FigureCatalogue.figures(for: analysis).map {
      Entry(name: type(of: $0).name, figure: $0.figure())
    }
  }
}
