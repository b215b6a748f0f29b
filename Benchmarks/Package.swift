// swift-tools-version: 6.1
import PackageDescription

/// As in the main package: what is timed is built as `swift run report` builds it.
let optimised: [SwiftSetting] = [
  .unsafeFlags(["-O", "-wmo", "-num-threads", "2"], .when(configuration: .debug))
]

let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "report", path: "..")],
  targets: [
    .executableTarget(
      name: "calibration",
      dependencies: [
        .product(name: "Fitting", package: "report"),
        .product(name: "ScalingLaws", package: "report"),
      ]),
    .executableTarget(
      name: "speed",
      dependencies: [
        .product(name: "Fitting", package: "report"),
        .product(name: "RunLogs", package: "report"),
        .product(name: "ScalingLaws", package: "report"),
        .product(name: "Plotting", package: "report"),
        .product(name: "CairoRendering", package: "report"),
        .product(name: "ReportPipeline", package: "report"),
      ],
      swiftSettings: optimised),
  ],
  swiftLanguageModes: [.v6]
)
