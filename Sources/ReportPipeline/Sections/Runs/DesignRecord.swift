import RunLogs
import ScalingLaws

/// What was run: how many runs of each size, sparsity and amount of data, and how far past
/// Chinchilla compute they were trained.
let designFields: [Field<SweepAnalysis>] = [
  .record(
    "design", { RunDesign($0) },
    [
      .rows("settings", table: "runs-by-setting", { $0.settings }, settingFields)
        .only([.json, .csv]),
      // For the short table, where there is one.
      .wording("reached") { design in
        design.sizeGroups.flatMap { _ in RunDesign.reached(by: design.settings) }
      }.only(.prose),
      .rows(
        "sizes", { $0.sizeGroups },
        [
          .number("nonzero_params", .size) { $0.first?.size },
          .count("runs") { $0.reduce(0) { $0 + $1.concluding } },
          .wording("reached") { RunDesign.reached(by: $0) },
        ]
      ).only(.prose),
      .record("matrix", { $0.matrix }, matrixFields).only(.prose),
    ])
]

/// The main runs of a sweep by their settings.
private struct RunDesign: Sendable {
  /// The runs of one size, sparsity and amount of data.
  struct Setting: Sendable {
    var size: Double
    var sparsity: Double
    var data: Double
    var fitted = 0
    var heldOut = 0
    var excluded = 0
    /// The most compute of a run over that for which a dense model of its size is optimal, by the
    /// law that the report concludes from; nil where there is none.
    var dense: Double?
    var sparse: Double?

    var runs: Int { fitted + heldOut + excluded }
    /// Those that the conclusions rest on.
    var concluding: Int { fitted + heldOut }
  }

  /// By size, sparsity and data.
  private(set) var settings: [Setting] = []
  private(set) var amounts: [Level] = []

  /// Nil without runs.
  init?(_ analysis: SweepAnalysis) {
    let runs = analysis.runs.filter(\.run.isMain)
    guard !runs.isEmpty else { return nil }
    let sizes = Level.grouping(runs.map(\.run.nonZeroParameters))
    amounts = Level.grouping(runs.map(\.run.data))
    let sparsities = Level.sparsities(runs.map(\.run.sparsity))
    func places(_ levels: [Level]) -> [Int] { levels.map(\.members).places(of: runs.count) }
    let (size, sparsity, amount) = (places(sizes), places(sparsities), places(amounts))
    let study = analysis.study
    func multiple(_ members: [Int], _ accounting: Accounting) -> Double? {
      guard study.concludes else { return nil }
      let model = ComputeModel(law: study.law, accounting: accounting, flopsPerParameter: 1)
      let multiples = members.map { runs[$0].run }.map { run in
        model.flops(
          nonZeroParameters: run.nonZeroParameters, sparsity: run.sparsity, data: run.data)
          / model.chinchillaFlops(nonZeroParameters: run.nonZeroParameters)
      }
      return multiples.max().flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    }
    let groups = Dictionary(grouping: runs.indices) { [size[$0], sparsity[$0], amount[$0]] }
    settings = groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { place, members in
      var setting = Setting(
        size: sizes[place[0]].value, sparsity: sparsities[place[1]].value,
        data: amounts[place[2]].value)
      setting.fitted = members.count { runs[$0].role == .fitted }
      setting.heldOut = members.count { runs[$0].role == .heldOut }
      setting.excluded = members.count - setting.fitted - setting.heldOut
      setting.dense = multiple(members, .dense)
      setting.sparse = multiple(members, .sparse(study.schedule))
      return setting
    }
  }

  /// The least and the greatest multiple of Chinchilla compute of runs that conclusions rest on.
  static func reached(by settings: [Setting]) -> Wording? {
    rangeText(settings.filter { $0.concluding > 0 }.compactMap(\.dense)).map(Wording.plain)
  }

  /// Those with concluding runs by their size; nil for more than a page has columns.
  var sizeGroups: [[Setting]]? {
    let groups = settings.filter { $0.concluding > 0 }.groups(by: \.size).map(\.members)
    return (1...12).contains(groups.count) ? groups : nil
  }

  /// Nil where it would be larger than a page.
  var matrix: Matrix? {
    let rows = settings.groups { [$0.size, $0.sparsity] }.map(\.members)
    return rows.count <= 40 && amounts.count <= 10 ? Matrix(design: self, rows: rows) : nil
  }
}

/// Sizes and sparsities downwards, amounts of data to the right.
private struct Matrix: Sendable {
  var design: RunDesign
  var rows: [[RunDesign.Setting]]

  /// `13.4× (3) †`: the multiple, the runs where there are several, and what became of them.
  static func cell(_ setting: RunDesign.Setting) -> String {
    var text = setting.dense.map(Style.multiple.text) ?? "\(setting.runs)"
    if setting.dense != nil, setting.runs > 1 { text += " (\(setting.runs))" }
    if setting.heldOut > 0 { text += " †" }
    if setting.excluded > 0 { text += " ‡" }
    return text
  }
}

private let settingFields: [Field<RunDesign.Setting>] = [
  .number("nonzero_params", .size) { $0.size },
  .number("sparsity", .sparsity) { $0.sparsity },
  .number("data", .size) { $0.data },
  .count("fitted") { $0.fitted },
  .count("held_out") { $0.heldOut },
  .count("excluded") { $0.excluded },
  .number("chinchilla_multiple_dense", .multiple) { $0.dense },
  .number("chinchilla_multiple_sparse", .multiple) { $0.sparse },
]

private let matrixFields: [Field<Matrix>] = [
  .wording("reached") { RunDesign.reached(by: $0.design.settings) },
  .rows("columns", { $0.design.amounts }, [.number("data", .size) { $0.value }]),
  .rows(
    "rows", { matrix in matrix.rows.map { (matrix.design.amounts, $0) } },
    [
      .number("nonzero_params", .size) { $0.1.first?.size },
      .number("sparsity", .sparsity) { $0.1.first?.sparsity },
      .rows(
        "cells",
        { amounts, settings in
          amounts.map { amount in settings.first { $0.data == amount.value } }
        },
        [.wording("value") { $0.map { .plain(Matrix.cell($0)) } }]),
    ]),
]
