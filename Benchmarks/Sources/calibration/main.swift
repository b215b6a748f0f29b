// Measures how often bootstrap intervals cover the truth, and writes Calibration.md.
//
//   swift run -c release calibration [--data-sets 1600] [--replicates 200] [--threads 2]
//                                    [--output Calibration.md]

import Foundation

var settings = Coverage.Settings()
var output = "Calibration.md"
var arguments = CommandLine.arguments.dropFirst()
while let option = arguments.popFirst() {
  let text = arguments.popFirst() ?? ""
  switch (option, Int(text)) {
  case ("--data-sets", let value?) where value > 0: settings.dataSets = value
  case ("--replicates", let value?) where value > 0: settings.replicates = value
  case ("--threads", let value?) where value > 0: settings.threads = value
  case ("--output", _) where !text.isEmpty: output = text
  default:
    print("cannot read '\(option) \(text)'; see Sources/calibration/main.swift")
    exit(64)
  }
}

var coverages: [Coverage] = []
for scenario in Scenario.all {
  let coverage = Coverage.measure(scenario, methods: Method.compared, settings: settings)
  coverages.append(coverage)
  let lines =
    ["\(scenario.name), \(scenario.noise.description)"]
    + coverage.methods.enumerated().map { "  \($1.name): \(coverage.range($0))" }
  // Not `print`, which holds text back where standard output is not a terminal.
  FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
}
let document = Coverage.document(coverages, settings)
do {
  try document.write(toFile: output, atomically: true, encoding: .utf8)
} catch {
  print("cannot write \(output): \(error)")
  exit(74)
}
