// swift-tools-version: 6.1
import PackageDescription

/// `swift run` builds for debugging, and `swift run report Data/` is the main command: our own
/// targets are therefore optimised in debug builds as well. Tests are not: they take longer to
/// compile then and no less to run.
private func optimised(_ flags: String...) -> [SwiftSetting] {
  [.unsafeFlags(flags, .when(configuration: .debug))]
}

/// Numerical targets are compiled whole, so that generic code is specialised across their files
/// (else it is 15 times slower). `-wmo` does not build here without `-num-threads`.
let numerical = optimised("-O", "-wmo", "-num-threads", "2")

/// The others file by file: as fast to run, both cores at work, and a small change is built anew in
/// seconds. REPORT_UNOPTIMISED=1 leaves them as a debugger wants them.
let general = Context.environment["REPORT_UNOPTIMISED"] == "1" ? [] : optimised("-O")

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
    .target(name: "Fitting", swiftSettings: numerical),
    .target(
      name: "RunLogs",
      dependencies: ["CZlib", .product(name: "Yams", package: "Yams")],
      swiftSettings: general),
    .target(
      name: "ScalingLaws", dependencies: ["Fitting", "RunLogs"], swiftSettings: numerical),
    .target(name: "Plotting", swiftSettings: general),
    .target(
      name: "CairoRendering", dependencies: ["CCairo", "CZlib", "Plotting"],
      swiftSettings: general),
    .target(
      name: "ReportPipeline",
      // Each module that is imported: one that is inlined from and not named is not built anew.
      dependencies: [
        "CZlib", "Fitting", "RunLogs", "ScalingLaws", "Plotting", "CairoRendering",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: general),
    .executableTarget(
      name: "report",
      dependencies: [
        "RunLogs", "ScalingLaws", "Plotting", "CairoRendering", "ReportPipeline",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: general),
    .testTarget(
      name: "FittingTests", dependencies: ["Fitting"], resources: [.copy("NIST")]),
    .testTarget(
      name: "RunLogsTests", dependencies: ["RunLogs"], exclude: ["Fixtures"]),
    .testTarget(
      name: "ScalingLawsTests",
      dependencies: ["Fitting", "RunLogs", "ScalingLaws", "TestSupport"]),
    .testTarget(name: "PlottingTests", dependencies: ["Plotting"]),
    .testTarget(
      name: "CairoRenderingTests", dependencies: ["CZlib", "Plotting", "CairoRendering"],
      exclude: ["Goldens"]),
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .testTarget(
      name: "ReportPipelineTests",
      dependencies: [
        "RunLogs", "ScalingLaws", "Plotting", "CairoRendering", "ReportPipeline", "TestSupport",
      ]),
    .testTarget(
      name: "ReportCommandTests", dependencies: ["report", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
