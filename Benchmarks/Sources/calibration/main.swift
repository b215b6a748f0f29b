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

/// Measures scenarios one after the other, and says how each went.
func measure(
  _ scenarios: [Scenario], _ methods: [Method], _ settings: Coverage.Settings
) -> [Coverage] {
  scenarios.map { scenario in
    let coverage = Coverage.measure(scenario, methods: methods, settings: settings)
    let lines =
      ["\(scenario.name), \(scenario.noise.description)"]
      + methods.enumerated().map { "  \($1.name): \(coverage.range($0))" }
    // Not `print`, which holds text back where standard output is not a terminal.
    FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    return coverage
  }
}

let laws = try Scenario.lawsOfBytes()
let document = Coverage.document(
  ofNoise: measure(Scenario.all, Method.deltas, settings),
  ofLaws: measure(laws, laws.map { Method(name: $0.name, form: $0.law.form) }, settings),
  settings)
do {
  try document.write(toFile: output, atomically: true, encoding: .utf8)
} catch {
  print("cannot write \(output): \(error)")
  exit(74)
}
