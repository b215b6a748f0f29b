import Foundation
import RunLogs

// Reads each data root that is named and prints how long that took and the peak of memory.
//
//     reading Data/ [Data2/ ...] [--findings]

let roots = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("--") }
let showsFindings = CommandLine.arguments.contains("--findings")

func peakMemory() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_maxrss) / 1_024
}

for root in roots {
  let start = ContinuousClock.now
  var runs = 0
  var bytes = 0
  var faults: [String] = []
  var findings: [Finding] = []
  do {
    for folder in try SweepLoader.discover(dataRoot: root) {
      switch SweepLoader.load(folder) {
      case .success(let sweep):
        runs += sweep.runs.count
        faults += sweep.exclusions.map(\.why)
        findings += sweep.findings
        for input in sweep.inputs {
          let size = try input.url.resourceValues(forKeys: [.fileSizeKey]).fileSize
          bytes += size ?? 0
        }
      case .failure(let errors): faults += errors.errors.map(\.description)
      }
    }
  } catch {
    faults.append("\(error)")
  }
  let elapsed = ContinuousClock.now - start
  let seconds =
    Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
  let megabytes = Double(bytes) / 1e6
  print(
    "{\"root\": \"\(root)\", \"runs\": \(runs), \"faults\": \(faults.count), "
      + "\"megabytes\": \(megabytes), \"seconds\": \(seconds), "
      + "\"megabytes_per_second\": \(megabytes / max(seconds, 1e-9)), "
      + "\"peak_mebibytes\": \(peakMemory())}")
  if showsFindings {
    for finding in findings { print(finding) }
    for fault in faults { print(fault) }
  }
}
