// swift-tools-version: 6.1
import PackageDescription

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
      ])
  ],
  swiftLanguageModes: [.v6]
)
