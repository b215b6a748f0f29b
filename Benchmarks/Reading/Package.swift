// swift-tools-version: 6.1
import PackageDescription

/// How fast logs are read, beside the libraries that researchers read them with.
let package = Package(
  name: "reading",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "report", path: "../..")],
  targets: [
    .executableTarget(
      name: "reading", dependencies: [.product(name: "RunLogs", package: "report")])
  ],
  swiftLanguageModes: [.v6]
)
