// swift-tools-version: 6.1
import PackageDescription

/// `swift run` builds for debugging, and `swift run report Data/` is the main command: our own
/// targets are therefore optimised in debug builds as well. `-wmo` lets generic code specialise
/// across files; it does not build here without `-num-threads`.
let alwaysOptimised: [SwiftSetting] = [
  .unsafeFlags(["-O", "-wmo", "-num-threads", "2"], .when(configuration: .debug))
]

/// REPORT_UNOPTIMISED=1 leaves all but the numerical targets as a debugger wants them, which also
/// builds anew faster after a small change.
let optimised: [SwiftSetting] =
  Context.environment["REPORT_UNOPTIMISED"] == "1" ? [] : alwaysOptimised

let package = Package(
  name: "report",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "report", targets: ["report"]),
    // For Benchmarks/, a package of its own.
    .library(name: "Fitting", targets: ["Fitting"]),
    .library(name: "RunLogs", targets: ["RunLogs"]),
    .library(name: "ScalingLaws", targets: ["ScalingLaws"]),
    .library(name: "Plotting", targets: ["Plotting"]),
    .library(name: "CairoRendering", targets: ["CairoRendering"]),
    .library(name: "ReportPipeline", targets: ["ReportPipeline"]),
  ],
  // Exact versions: the same sources must give the same report, whenever they are built.
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
  ],
  targets: [
    .systemLibrary(name: "CCairo", providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "Fitting", swiftSettings: alwaysOptimised),
    .target(
      name: "RunLogs",
      dependencies: ["CZlib", .product(name: "Yams", package: "Yams")],
      swiftSettings: optimised),
    .target(
      name: "ScalingLaws", dependencies: ["Fitting", "RunLogs"], swiftSettings: alwaysOptimised),
    .target(name: "Plotting", swiftSettings: optimised),
    .target(
      name: "CairoRendering", dependencies: ["CCairo", "CZlib", "Plotting"],
      swiftSettings: optimised),
    .target(
      name: "ReportPipeline",
      // Each module that is imported: one that is inlined from and not named is not built anew.
      dependencies: [
        "CZlib", "Fitting", "RunLogs", "ScalingLaws", "Plotting", "CairoRendering",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: optimised),
    .executableTarget(
      name: "report",
      dependencies: [
        "RunLogs", "ScalingLaws", "Plotting", "CairoRendering", "ReportPipeline",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: optimised),
    .testTarget(
      name: "FittingTests", dependencies: ["Fitting"], resources: [.copy("NIST")],
      swiftSettings: optimised),
    .testTarget(
      name: "RunLogsTests", dependencies: ["RunLogs"], exclude: ["Fixtures"],
      swiftSettings: optimised),
    .testTarget(
      name: "ScalingLawsTests", dependencies: ["Fitting", "RunLogs", "ScalingLaws"],
      swiftSettings: optimised),
    .testTarget(name: "PlottingTests", dependencies: ["Plotting"], swiftSettings: optimised),
    .testTarget(
      name: "CairoRenderingTests", dependencies: ["Plotting", "CairoRendering"],
      exclude: ["Goldens"],
      swiftSettings: optimised),
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .testTarget(
      name: "ReportPipelineTests",
      dependencies: [
        "RunLogs", "ScalingLaws", "Plotting", "CairoRendering", "ReportPipeline", "TestSupport",
      ],
      swiftSettings: optimised),
    .testTarget(
      name: "ReportCommandTests", dependencies: ["report", "TestSupport"],
      swiftSettings: optimised),
  ],
  swiftLanguageModes: [.v6]
)
