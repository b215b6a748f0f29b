// Measures how long fits, bootstraps, figures and whole reports take, and writes the times and
// what was timed as JSON, for compare.py to set beside other programs.
//
//   swift run speed <data> <templates> <times.json> [--threads 2] [--no-growth]

import Foundation
import Workloads

/// Everything that was measured.
struct Times: Codable {
  var threads: Int
  var fits: [String: FitSpeed] = [:]
  var figures: [String: [FigureSpeed]] = [:]
  /// The whole report of all sweeps in three formats, on all threads.
  var report: Measurement?
  var growth: GrowthSpeed?
}

func tell(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

func measure(data: String, templates: String, threads: Int, growth: Bool) throws -> Times {
  var times = Times(threads: threads)
  let report = try WholeReport(data: data, templates: templates, threads: threads)
  for analysis in try report.analyses() {
    let name = analysis.sweep.name
    if analysis.checkFit != nil {
      tell("\(name): fits")
      times.fits[name] = FitSpeed(Problem(analysis.sweep))
    }
    tell("\(name): figures")
    times.figures[name] = try FigureSpeed.measure(analysis)
  }
  tell("whole report")
  times.report = try Stopwatch(runs: 3).measure { try report.run() }
  if growth {
    tell("growth")
    times.growth = GrowthSpeed(threads: threads)
  }
  return times
}

var threads = ProcessInfo.processInfo.activeProcessorCount
var growth = true
var places: [String] = []
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
  switch argument {
  case "--no-growth": growth = false
  case "--threads":
    guard let text = arguments.popFirst(), let count = Int(text), (1...4_096).contains(count)
    else {
      tell("--threads takes a number from 1 to 4096")
      exit(64)
    }
    threads = count
  default: places.append(argument)
  }
}
guard places.count == 3 else {
  tell("usage: speed <data> <templates> <times.json> [--threads N] [--no-growth]")
  exit(64)
}
do {
  let times = try measure(
    data: places[0], templates: places[1], threads: threads, growth: growth)
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
  encoder.keyEncodingStrategy = .convertToSnakeCase
  try encoder.encode(times).write(to: URL(filePath: places[2]))
} catch {
  tell("error: \(error)")
  exit(74)
}
