import Foundation
import ReportPipeline
import RunLogs
import ScalingLaws

/// What was read of sweeps, for programs.
enum InspectionJSON {
  /// An object with a list of sweeps; keys are sorted, so that the text depends on the data alone.
  static func text(_ sweeps: [Sweep]) throws -> String {
    String(
      decoding: try JSONText.encode(Document(sweeps), keys: .convertToSnakeCase), as: UTF8.self)
  }

  private struct Document: Encodable {
    var schema = 1
    var sweeps: [Entry]

    init(_ sweeps: [Sweep]) { self.sweeps = sweeps.map(Entry.init) }
  }

  private struct Entry: Encodable {
    struct Column: Encodable {
      var quantity: String
      var column: String
      var times: Double
      var byConvention: Bool
    }
    struct Run: Encodable {
      var run: String
      var nonzeroParams: Double
      var denseParams: Double
      var sparsity: Double
      var data: Double
      var loss: Double
      var pattern: String
      var parent: String?
      var role: String
      var location: String
      var checkpoints: Int
    }
    struct Excluded: Encodable {
      var run: String
      var why: String
    }
    struct Noticed: Encodable {
      var run: String
      var kind: String
      var file: String
      var line: Int?
      var record: Int?
      var message: String
      var action: String
    }
    struct Missing: Encodable {
      var path: String
      var get: String?
    }

    var name: String
    var title: String
    var lossUnit: String
    var dataUnit: String
    var runsRead: Int
    var columns: [Column]
    var runs: [Run]
    var excluded: [Excluded]
    var findings: [Noticed]
    var missingFiles: [Missing]
    var inputs: [String]
    var warnings: [String]

    init(_ sweep: Sweep) {
      name = sweep.name
      title = sweep.title
      lossUnit = sweep.lossUnit
      dataUnit = sweep.dataUnit
      runsRead = sweep.runsRead
      columns = sweep.columns.map {
        Column(
          quantity: $0.quantity, column: $0.column, times: $0.times,
          byConvention: $0.byConvention)
      }
      runs = sweep.runs.map {
        Run(
          run: $0.name, nonzeroParams: $0.nonZeroParameters, denseParams: $0.denseParameters,
          sparsity: $0.sparsity, data: $0.data, loss: $0.loss,
          pattern: $0.pattern.description, parent: $0.parent, role: $0.role.rawValue,
          location: $0.location.description, checkpoints: $0.history.count)
      }
      excluded = sweep.exclusions.map { Excluded(run: $0.run, why: $0.why) }
      findings = sweep.findingsWithoutFit.map { finding in
        let number = finding.location.line
        let isRecord = finding.location.countsRecords
        return Noticed(
          run: finding.run, kind: finding.kind.rawValue, file: finding.location.file,
          line: isRecord ? nil : number, record: isRecord ? number : nil,
          message: finding.message, action: finding.action)
      }
      missingFiles = sweep.missingFiles.map { Missing(path: $0.path, get: $0.get) }
      inputs = sweep.inputs.map(\.path)
      warnings = sweep.warnings
    }
  }
}
