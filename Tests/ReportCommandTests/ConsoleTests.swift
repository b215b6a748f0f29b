import Foundation
import TestSupport
import Testing

@Suite("What the program prints steers no terminal and no build server")
struct ConsoleTests {
  /// Names that a stranger gives to folders, runs and columns.
  static let commands = [
    "::error::x", "::warning file=a::b", " ::error::x", "\u{3000}::error::x", "##[error]x",
    "##vso[task.setvariable variable=a]b", "##teamcity[x]", "a\n::error::x", "a\r::error::x",
    "\u{1B}[31mred", "\u{1B}]0;title\u{7}", "a\u{9B}31mb", "\u{202E}txt.exe", "a\u{2028}::error::x",
    "::\u{301}error::x", "\u{600}::error::x",
  ]

  /// The faults of a text, if a build server or a terminal would obey it.
  private func faults(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
      .filter { line in
        let scalars = line.unicodeScalars.drop { $0.properties.isWhitespace }
        let categories = line.unicodeScalars.map(\.properties.generalCategory)
        return scalars.starts(with: "::".unicodeScalars)
          || line.unicodeScalars.contains { "\r\u{1B}\u{7}\u{9B}".unicodeScalars.contains($0) }
          || zip(scalars, scalars.dropFirst()).contains { $0 == "#" && $1 == "#" }
          || categories.contains { [.control, .format, .lineSeparator].contains($0) }
      }
  }

  @Test(arguments: commands)
  func namesInData(name: String) throws {
    let data = try DataRoot([:])
    try data.folder.write(
      "Data/\(name)/runs.csv", "run,nonzero_params,sparsity,tokens,val_loss\n\(name),1,2,3,x\n")
    try data.folder.write(
      "Data/b/\(name)/config.json", #"{"dense_params": "\#(name.debugDescription)"}"#)
    try data.folder.write("Data/b/\(name)/metrics.csv", "step,\(name)\n1,2\n")
    try data.folder.write("Data/c/runs.csv", Design().csv + "\"\(name)\",1e5,75,1e7,3\n")
    try data.folder.write("Data/c/sweep.yml", "runs: [runs.csv, \"\(name)\"]\n\(name): 1\n")
    for arguments in [
      ["inspect", "Data"], ["inspect", "Data", "--sweep", "c"], ["init", "Data/b", "--dry-run"],
      ["inspect", "Data/c"], ["Data"] + DataRoot.quick,
    ] {
      let done = try Command.run(arguments, in: data.folder.url)
      #expect(faults(done.output) == [], "\(arguments)")
      #expect(faults(done.errors) == [], "\(arguments)")
    }
  }

  @Test(arguments: commands)
  func argumentsThatAreRepeated(argument: String) throws {
    let data = try DataRoot()
    for arguments in [
      [argument], ["Data", argument], ["Data", "--format", argument],
      ["Data", "--preset", argument],
      ["Data", "--starts", argument], ["Data", "--" + argument], ["inspect", argument],
      ["inspect", "Data", "--sweep", argument],
      ["predict", "Data", "--data", argument, "--sparsity", "0", "--nonzero-params", "1e5"],
      ["init", argument], ["Data", "--templates", argument],
      ["Data", "--summary", argument + "/x/y"],
    ] {
      let done = try Command.run(arguments, in: data.folder.url)
      #expect(done.code == 64 || done.code == 65 || done.code == 74, "\(arguments)")
      #expect(faults(done.errors) == [], "\(arguments)")
    }
  }

  @Test func jsonStaysJSON() throws {
    let data = try DataRoot()
    let name = "##[error]###x"
    try data.folder.write("Data/sweep/runs.csv", Design().csv + "\"\(name)\",1e5,75,1e7,3\n")
    let done = try data.run("inspect", "Data", "--json")
    #expect(done.code == 0)
    #expect(faults(done.output) == [])
    let json = try JSONSerialization.jsonObject(with: Data(done.output.utf8)) as? [String: Any]
    let sweeps = try #require(json?["sweeps"] as? [[String: Any]])
    let excluded = try #require(sweeps.first?["excluded"] as? [[String: Any]])
    #expect(excluded.contains { ($0["run"] as? String)?.utf8.elementsEqual(name.utf8) == true })
  }

  @Test func aMisspeltCommandIsSuggested() throws {
    let data = try DataRoot()
    for (typed, meant) in [("inpsect", "inspect"), ("chek", "check"), ("optimun", "optimum")] {
      let done = try data.run(typed, "Data")
      #expect(done.code == 64)
      #expect(done.errors.contains("did you mean `report \(meant)`?"))
    }
    // A folder of that name is a folder.
    try data.folder.write("inpsect/runs.csv", Design().csv)
    #expect(try data.run("inspect", "inpsect").code == 0)
    let folder = try Command.run(
      ["inpsect", "--output", "Output"] + DataRoot.quick, in: data.folder.url)
    #expect(folder.code == 0)
  }

  @Test func amountsTakeSuffixes() throws {
    let data = try DataRoot()
    func predicted(_ size: String, _ amount: String) throws -> Outcome {
      try data.run(
        "predict", "Data", "--nonzero-params", size, "--sparsity", "0.5", "--data", amount,
        "--starts", "10", "--bootstrap", "0")
    }
    let plain = try predicted("300000", "50000000")
    #expect(plain.code == 0)
    for (size, amount) in [("3e5", "5e7"), ("300k", "50M"), ("0.3M", "0.05G"), ("300K", "0.05B")] {
      #expect(try predicted(size, amount).output == plain.output)
    }
    for wrong in ["10X", "10m", "M", "10MM", "0x10", "nan", "inf", "1e99", "0.5", "-3", "10 M", ""]
    {
      let done = try predicted(wrong, "5e7")
      #expect(done.code == 64, "\(wrong)")
    }
    #expect(try predicted("10X", "5e7").errors.contains("300k, 10M, 1.5B"))
  }

  @Test func adviceIsOnlyGivenWhereRunsSupportIt() throws {
    let dense = try DataRoot(["sweep": Design(sparsities: [0])])
    func predicted(_ sparsity: String) throws -> Outcome {
      try dense.run(
        "predict", "Data", "--nonzero-params", "3e5", "--sparsity", sparsity, "--data", "5e7",
        "--starts", "10", "--bootstrap", "0")
    }
    #expect(try predicted("0").code == 0)
    let sparse = try predicted("0.5")
    #expect(sparse.code == 65)
    #expect(sparse.faults.first?.contains("do not identify the effect of sparsity") == true)
    let data = try DataRoot()
    let tiny = try data.run(
      "optimum", "Data", "--nonzero-params", "3e5", "--flops", "1", "--starts", "10",
      "--bootstrap", "0")
    #expect(tiny.code == 65)
    #expect(tiny.faults.first?.contains("less than a model of 300k parameters spends") == true)
  }
}
