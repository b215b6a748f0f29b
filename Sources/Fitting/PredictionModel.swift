/// A vector of predictions f(θ), one a row, with its first derivatives and, where known, its second.
///
/// Any law can be fitted that conforms: `FitObjective` compares the predictions with measurements,
/// and `RobustLeastSquares` minimises the loss. Columns are raw memory, padded to whole vectors,
/// since a fit spends most of its time in them.
public protocol PredictionModel: Sendable {
  /// Memory that `prepare` and `fill` share, made once for many points.
  associatedtype Scratch
  var parameterCount: Int { get }
  var rowCount: Int { get }
  func makeScratch() -> Scratch
  /// What is the same for all rows at one point.
  func prepare(at parameters: [Double], _ scratch: Scratch)
  /// Writes f and ∂f/∂θ for the rows of `block`; what is not finite tells that the point is outside
  /// the domain.
  func fill(_ block: RowBlock, at parameters: [Double], _ scratch: Scratch)
  /// Adds Σᵢ factorᵢ ∂²fᵢ/∂θ² over the rows of `block`, which `fill` has just filled, to the upper
  /// triangle of `hessian` (row-major). A model that adds nothing is fitted by Gauss-Newton steps.
  ///
  /// - Parameter factors: one entry a row, then zeros up to a whole vector.
  func addCurvature(
    _ block: RowBlock, factors: UnsafeMutablePointer<Double>, at parameters: [Double],
    to hessian: UnsafeMutablePointer<Double>, _ scratch: Scratch)
  /// The same model of some of its rows.
  func restricted(to rows: [Int]) -> Self
}

extension PredictionModel {
  public func addCurvature(
    _ block: RowBlock, factors: UnsafeMutablePointer<Double>, at parameters: [Double],
    to hessian: UnsafeMutablePointer<Double>, _ scratch: Scratch
  ) {}
}

/// The part of a model's columns that belongs to some of its rows; slot 0 is the first of them.
public struct RowBlock {
  public let rows: Range<Int>
  /// f, one entry a row.
  public let values: UnsafeMutablePointer<Double>
  /// Room for one column.
  let spare: UnsafeMutablePointer<Double>
  private let slopes: UnsafeMutablePointer<Double>
  private let stride: Int

  /// Rows are taken in blocks of this many, so that all columns of one stay in the fastest cache.
  static let largest = 256

  /// - Parameters:
  ///   - slopes: one column a parameter.
  ///   - stride: from one column to the next.
  init(
    rows: Range<Int>, values: UnsafeMutablePointer<Double>, spare: UnsafeMutablePointer<Double>,
    slopes: UnsafeMutablePointer<Double>, stride: Int
  ) {
    self.rows = rows
    self.values = values
    self.spare = spare
    self.slopes = slopes
    self.stride = stride
  }

  /// ∂f/∂θ by one parameter, one entry a row.
  @inline(__always)
  public func slope(_ parameter: Int) -> UnsafeMutablePointer<Double> {
    slopes + stride * parameter
  }
}

extension PredictionModel {
  /// f for every row.
  public func predictions(at parameters: [Double]) -> [Double] {
    evaluate(at: parameters).values
  }

  /// ∂f/∂θ, one column a parameter.
  public func gradientColumns(at parameters: [Double]) -> [[Double]] {
    evaluate(at: parameters).slopes
  }

  /// f, and ∂f/∂θ by column.
  public func evaluate(at parameters: [Double]) -> (values: [Double], slopes: [[Double]]) {
    let length = padded(count: rowCount)
    var memory = [Double](repeating: 0, count: length * (parameterCount + 2))
    let scratch = makeScratch()
    prepare(at: parameters, scratch)
    return memory.withUnsafeMutableBufferPointer { memory in
      guard let base = memory.baseAddress else { return ([], []) }
      for first in stride(from: 0, to: rowCount, by: RowBlock.largest) {
        let block = RowBlock(
          rows: first..<min(first + RowBlock.largest, rowCount), values: base + first,
          spare: base + length + first, slopes: base + 2 * length + first, stride: length)
        fill(block, at: parameters, scratch)
      }
      let slopes = (0..<parameterCount).map { parameter in
        let first = (2 + parameter) * length
        return Array(memory[first..<(first + rowCount)])
      }
      return (Array(memory[..<rowCount]), slopes)
    }
  }
}
