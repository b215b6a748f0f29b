import Foundation
import RunLogs
import Testing

@Suite struct ExpressionTests {
  @Test(
    "Values by hand",
    arguments: [
      ("a", 3.0), ("2 * a + b", 11), ("a / b / 2", 0.3), ("a - b - 1", -3), ("2 ^ a ^ 2", 512),
      ("-a ^ 2", -9), ("(-a) ^ 2", 9), ("a * -b", -15), ("+a", 3), ("2^-1 * a", 1.5),
      ("log(exp(a))", 3), ("sqrt(a * 12)", 6), ("'b' + `a` + \"a\"", 11), ("1.5e3 * a", 4500),
      ("1e-3*a", 0.003), (".5 * a", 1.5), ("((((a))))", 3), ("a\n+ b", 8), ("b - a * 0", 5),
    ])
  func values(text: String, expected: Double) throws {
    let expression = try Expression(text)
    let cells = expression.names.map { ["a": 3.0, "b": 5.0][$0] ?? .nan }
    #expect(abs(expression.value(cells) - expected) <= 1e-12 * abs(expected))
  }

  @Test(
    "Faults with the place of what is wrong",
    arguments: [
      ("", 0, "it ends where a number, a name or `(` is expected"),
      ("1 + 2", 0, "it names no column"), ("a +", 3, "it ends where"),
      ("a b", 2, "\"b\" stands where an operator is expected"),
      ("a ** 2", 3, "a power is written ^"),
      ("(a", 0, "this `(` is never closed"),
      ("a)", 1, "\")\" stands where an operator is expected"),
      ("'a", 0, "this quote is never closed"), ("max(a)", 0, "there is no function \"max\""),
      ("1.2.3 * a", 0, "\"1.2.3\" is not a number"), ("a $ b", 2, "\"$\" stands where"),
      ("2x", 0, "\"2x\" is not a number"), ("''", 0, "a name is empty"),
    ])
  func faults(text: String, offset: Int, message: String) {
    let fault = #expect(throws: Fault.self) { try Expression(text) }
    #expect(fault?.place?.column == offset + 1)
    #expect(fault?.message.hasPrefix(message) == true, "\(fault?.message ?? "")")
  }

  @Test("A deep, a long and a mutated text end in a value or a fault")
  func hostileTexts() {
    for text in [
      String(repeating: "(", count: 100_000), String(repeating: "-", count: 1_999) + "a",
      String(repeating: "2^", count: 900) + "a", "a" + String(repeating: "+a", count: 999),
    ] { _ = try? Expression(text) }
    let bytes = Array("flops / (6 * params) ^ -2 + log('Model Size') * 1e-3".utf8)
    var state: UInt64 = 3
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    var read = 0
    for _ in 0..<5_000 {
      var mutated = bytes
      for _ in 0...random(4) {
        switch random(3) {
        case 0: mutated[random(mutated.count)] = UInt8(random(128))
        case 1: mutated.remove(at: random(mutated.count))
        default: mutated.insert(bytes[random(bytes.count)], at: random(mutated.count))
        }
      }
      if let expression = try? Expression(String(decoding: mutated, as: UTF8.self)) {
        read += 1
        _ = expression.value(expression.names.map { _ in 2.0 })
      }
    }
    #expect(read > 0 && read < 5_000)
  }

  @Test("A quantity from an expression, its fault at its column of sweep.yml")
  func quantities() throws {
    let text = "run,flops,params,loss_nats\na,1.2e20,1e8,3.1\nb,2.4e20,1e8,3.0\n"
    let sweep = try TemporaryData([
      "x/t.csv": text,
      "x/sweep.yml":
        "loss: {value: loss_nats / log(2), unit: bits/token}\nsparsity: 0\n"
        + "dense_params: {column: params}\ndata: {value: flops / (6 * params), unit: tokens}\n",
    ]).sweep()
    #expect(sweep.runs.map(\.data) == [2e11, 4e11])
    #expect(abs(sweep.runs[0].loss - 3.1 / log(2)) < 1e-12)
    #expect(sweep.columns.contains { $0.column == "flops / (6 * params)" })
    let errors = try TemporaryData([
      "x/t.csv": text, "x/sweep.yml": "data: {value: flops / (6 $ params)}",
    ]).errors()
    #expect(
      "\(errors[0])"
        == "Data/x/sweep.yml:1:26: `data.value`: \"$\" stands where `)` is expected")
  }

  @Test(
    "Numbers as people write them",
    arguments: [
      ("125M", 125e6), ("1.3B", 1.3e9), ("4k", 4000), ("2T", 2e12), ("3.81 ± 0.01", 3.81),
      ("3.81 +/- 0.01", 3.81), ("tensor(3.81)", 3.81), ("tensor(3.81, device='cuda:0')", 3.81),
      ("100.000.000", 1e8),
    ])
  func writtenNumbers(text: String, value: Double) throws {
    let cell = text.contains(",") ? "\"\(text)\"" : text
    let sweep = try TemporaryData([
      "x/t.csv": "run,dense_params,sparsity,tokens,val_loss\na,100,0,\(cell),2\n"
    ]).sweep()
    #expect(sweep.runs.map(\.data) == [value])
  }
}
