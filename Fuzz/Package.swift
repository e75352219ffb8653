// swift-tools-version: 6.2
import PackageDescription

/// Apart from the product, so that nothing of it is built with a fuzzer or ships one.
///
/// Built by `scripts/fuzz`, which passes the sanitizers and makes internal parsers visible.
let package = Package(
  name: "blitz-fuzz",
  dependencies: [.package(name: "blitz", path: "..")],
  targets: [
    .executableTarget(
      name: "fuzz",
      dependencies: [
        .product(name: "BlitzCore", package: "blitz"),
        .product(name: "BlitzIO", package: "blitz"),
        .product(name: "BlitzModel", package: "blitz"),
        .product(name: "BlitzTUI", package: "blitz"),
      ],
      path: "Sources", exclude: ["Replay"],
      swiftSettings: [
        .swiftLanguageMode(.v6), .treatAllWarnings(as: .error),
        // The fuzzer brings `main`.
        .unsafeFlags(["-parse-as-library"]),
      ])
  ]
)
