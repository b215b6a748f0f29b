// swift-tools-version: 6.1
import PackageDescription

/// As in the main package: what `speed` times is built as `swift run report` builds it.
let optimised: [SwiftSetting] = [
  .unsafeFlags(["-O", "-wmo", "-num-threads", "2"], .when(configuration: .debug))
]

/// A benchmark of `swift package benchmark`, which looks for its source in Benchmarks/.
func benchmark(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name,
    dependencies: dependencies + ["Measuring", .product(name: "Benchmark", package: "benchmark")],
    path: "Benchmarks/\(name)",
    plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
}

let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "report", path: ".."),
    // Its traits count allocations by libraries that replace malloc and retain.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .target(
      name: "Workloads",
      dependencies: [
        .product(name: "Fitting", package: "report"),
        .product(name: "RunLogs", package: "report"),
        .product(name: "ScalingLaws", package: "report"),
        .product(name: "Plotting", package: "report"),
        .product(name: "CairoRendering", package: "report"),
        .product(name: "ReportPipeline", package: "report"),
      ],
      swiftSettings: optimised),
    .target(
      name: "Measuring",
      dependencies: ["Workloads", .product(name: "Benchmark", package: "benchmark")]),
    benchmark("FitBenchmarks", ["Workloads", .product(name: "ScalingLaws", package: "report")]),
    benchmark(
      "ReportBenchmarks",
      [
        "Workloads",
        .product(name: "CairoRendering", package: "report"),
        .product(name: "ReportPipeline", package: "report"),
      ]),
    benchmark("ReadingBenchmarks", [.product(name: "RunLogs", package: "report")]),
    .executableTarget(
      name: "calibration",
      dependencies: [
        "Workloads",
        .product(name: "Fitting", package: "report"),
        .product(name: "ScalingLaws", package: "report"),
      ]),
    .executableTarget(
      name: "speed",
      dependencies: [
        "Workloads",
        .product(name: "ScalingLaws", package: "report"),
        .product(name: "Plotting", package: "report"),
        .product(name: "ReportPipeline", package: "report"),
      ],
      swiftSettings: optimised),
  ],
  swiftLanguageModes: [.v6]
)
