import Foundation

/// One data set of the NIST Statistical Reference Datasets for non-linear regression.
///
/// Read from `NIST/<name>.dat`, whose header names the lines of parameters and observations.
struct NISTProblem: Sendable {
  /// One measurement: the response and its one or two predictors.
  struct Observation: Sendable {
    var response: Double
    var predictors: [Double]
  }

  /// A file that does not have NIST's form.
  struct FormatError: Error, CustomStringConvertible {
    var file: String
    var message: String
    var description: String { "\(file): \(message)" }
  }

  let name: String
  /// Start 1, far from the solution, and start 2, near it.
  let starts: [[Double]]
  let certifiedParameters: [Double]
  let standardDeviations: [Double]
  let residualSumOfSquares: Double
  let observations: [Observation]

  var degreesOfFreedom: Int { observations.count - certifiedParameters.count }

  init(named name: String) throws {
    let file = "\(name).dat"
    guard let folder = Bundle.module.url(forResource: "NIST", withExtension: nil) else {
      throw FormatError(file: file, message: "the folder NIST is not among the resources")
    }
    let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    try self.init(name: name, text: text)
  }

  init(name: String, text: String) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    func failure(_ message: String) -> FormatError {
      FormatError(file: "\(name).dat", message: message)
    }

    /// The numbers of a line, after its "=" or ":" if it has one.
    func numbers(_ line: Substring) throws -> [Double] {
      let start = line.lastIndex { $0 == "=" || $0 == ":" }.map(line.index(after:))
      return try line[(start ?? line.startIndex)...].split(separator: " ").map { field in
        guard let number = Double(field) else { throw failure("not a number: \(field)") }
        return number
      }
    }

    /// The lines that the header gives as "<label>   (lines <first> to <last>)".
    func block(_ label: String) throws -> [[Double]] {
      guard let header = lines.first(where: { $0.contains("\(label) ") && $0.contains("(lines") })
      else { throw failure("no line numbers for \(label)") }
      let bounds = header.split { !$0.isNumber }.compactMap { Int($0) }
      guard bounds.count == 2, 1 <= bounds[0], bounds[0] <= bounds[1], bounds[1] <= lines.count
      else { throw failure("line numbers of \(label) out of range") }
      return try lines[(bounds[0] - 1)...(bounds[1] - 1)].map(numbers)
    }

    func quantity(_ label: String) throws -> Double {
      guard let line = lines.first(where: { $0.hasPrefix("\(label):") }),
        let value = try numbers(line).first
      else { throw failure("no \(label)") }
      return value
    }

    let parameters = try block("Starting Values")
    guard parameters.allSatisfy({ $0.count == 4 }) else {
      throw failure("a parameter needs two starts, a value and a standard deviation")
    }
    let rows = try block("Data")
    guard let width = rows.first?.count, width >= 2, rows.allSatisfy({ $0.count == width }) else {
      throw failure("observations of unequal width")
    }
    guard Double(rows.count) == (try quantity("Number of Observations")) else {
      throw failure("the number of observations is not the one that the header gives")
    }

    self.name = name
    starts = [parameters.map { $0[0] }, parameters.map { $0[1] }]
    certifiedParameters = parameters.map { $0[2] }
    standardDeviations = parameters.map { $0[3] }
    residualSumOfSquares = try quantity("Residual Sum of Squares")
    observations = rows.map { Observation(response: $0[0], predictors: Array($0[1...])) }
  }
}
