import RunLogs
import Testing

@Suite("compute.extra in sweep.yml")
struct ExtraFlopsTests {
  private static let table = """
    run,params,sparsity,tokens,val_loss,width,head
    a,1000,0,100,3,16,70
    b,2000,0.5,100,2.9,24,80

    """

  private func data(_ settings: String, _ table: String = table) throws -> TemporaryData {
    try TemporaryData(["x/t.csv": table, "x/sweep.yml": "runs: [t.csv]\n\(settings)\n"])
  }

  private func sweep(_ compute: String, _ table: String = table) throws -> Sweep {
    try data("compute: {\(compute)}", table).sweep()
  }

  @Test(
    arguments: [
      ("extra: 4096", [4096, 4096], "4,096"), ("extra: {column: head}", [70, 80], "head"),
      ("extra: {value: 6 * 256 * width}", [24_576, 36_864], "6 * 256 * width"),
      ("flops_per_param: 6", [nil, nil], nil),
    ] as [(String, [Double?], String?)])
  func isANumberAColumnOrAnExpression(
    compute: String, flops: [Double?], words: String?
  ) throws {
    let sweep = try sweep(compute)
    #expect(sweep.runs.map(\.extraFlops) == flops)
    #expect(sweep.compute.extra == words)
  }

  @Test func aRunWithoutThemIsReadAllTheSame() throws {
    let sweep = try sweep("extra: {column: head}", Self.table + "c,4000,0.5,100,2.8,32,\n")
    #expect(sweep.runs.map(\.extraFlops) == [70, 80, nil])
  }

  @Test(
    arguments: [
      ("compute: {extra: {column: heads}}", "there is no column \"heads\""),
      ("compute: {extra: {value: 6 * }}", "`compute.extra.value`: it ends where"),
      ("compute: {extra: [1]}", "`compute.extra` must be"),
      ("extra_flops: {column: head}", "unknown key \"extra_flops\""),
    ])
  func faultsAreTold(settings: String, message: String) throws {
    let errors = try data(settings).errors()
    #expect(errors.map(\.message).contains { $0.contains(message) }, "\(errors)")
  }
}
