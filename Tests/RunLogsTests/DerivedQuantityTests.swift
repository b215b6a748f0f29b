import RunLogs
import Testing

/// D as a product, and sparsity from density.
@Suite struct DerivedQuantityTests {
  @Test func dataAreStepsTimesBatchTimesContext() throws {
    let settings = "data: {product: [step, batch_size, context], times: 2, unit: tokens}"
    let sweep = try TemporaryData([
      "x/sweep.yml": settings,
      "x/r/config.json": #"{"batch_size": 8, "context": 64, "dense_params": 100, "sparsity": 0}"#,
      "x/r/metrics.csv": "step,val_loss\n10,3\n20,2\n",
    ]).sweep()
    #expect(sweep.runs[0].data == 20 * 8 * 64 * 2)
    #expect(sweep.runs[0].history.map(\.data) == [10_240, 20_480])
    let table = try TemporaryData([
      "x/sweep.yml": settings,
      "x/t.csv": "step,batch_size,context,val_loss,dense_params,sparsity\n20,8,64,2,100,0\n",
    ]).sweep()
    #expect(table.runs[0].data == 20_480)
  }

  @Test func theProductIsProposedAndNotAssumed() throws {
    let errors = try TemporaryData([
      "x/sweep.yml": "title: x",
      "x/r/config.json": #"{"batch_size": 8, "seq_len": 64, "dense_params": 100, "sparsity": 0}"#,
      "x/r/metrics.csv": "step,val_loss\n10,3\n",
    ]).errors()
    #expect(
      errors[0].fix?.hasPrefix(
        "if it is their product, write `data: {product: [step, batch_size, seq_len]}`") == true)
  }

  @Test(arguments: [
    (#""eight""#, "step x batch_size x context is \"eight\""), ("null", "is null"),
    ("1e300", "outside [1, 1e30]"),
  ])
  func aFactorAtFaultCostsTheRun(factor: String, why: String) throws {
    let data = try TemporaryData([
      "x/sweep.yml": "data: {product: [step, batch_size, context]}",
      "x/r/metrics.jsonl":
        "{\"step\": 5, \"batch_size\": \(factor), \"context\": 2, \"loss\": 2, "
        + "\"dense_params\": 9, \"sparsity\": 0}",
      "x/s/metrics.jsonl":
        #"{"step": 5, "batch_size": 2, "context": 2, "loss": 2, "dense_params": 9, "sparsity": 0}"#,
    ])
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.name) == ["s"])
    #expect(sweep.exclusions.count == 1 && sweep.exclusions[0].why.contains(why))
  }

  @Test(arguments: [("", "density"), ("density: {column: kept, times: 0.01}", "kept")])
  func sparsityIsOneMinusDensity(settings: String, column: String) throws {
    let value = column == "kept" ? 25 : 0.25
    let sweep = try TemporaryData([
      "x/sweep.yml": "title: x\n" + settings,
      "x/t.csv": "run,params,\(column),tokens,loss\na,100,\(value),10,2\n",
    ]).sweep()
    #expect(sweep.runs[0].sparsity == 0.75)
    #expect(sweep.runs[0].nonZeroParameters == 25)
    #expect(sweep.columns.contains { $0.quantity == "density" && $0.column == column })
  }

  @Test(arguments: [
    ("density: {column: a}\nsparsity: {column: b}", "both `sparsity` and `density` are given"),
    ("density: {times: 2}", "`density` has `times` and no `column`"),
    ("data: {product: []}", "`data.product` is an empty list"),
    ("data: {product: [a], column: b}", "`data` has both `column` and `product`"),
    ("loss: {product: [a]}", "unknown key \"loss.product\""),
    ("unfinished: maybe", "`unfinished` must be exclude or keep, but is \"maybe\""),
  ])
  func faultsOfTheseKeysAreTold(settings: String, message: String) throws {
    let data = try TemporaryData(["x/sweep.yml": settings, "x/t.csv": table("a,100,0,10,2")])
    #expect(try lines(data.errors()).contains { $0.contains(message) })
  }
}
