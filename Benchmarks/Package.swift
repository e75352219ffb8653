// swift-tools-version: 6.2
import PackageDescription

/// Apart from the product, so that nothing of it is built with or shipped in blitz.
let package = Package(
  name: "blitz-benchmarks",
  dependencies: [.package(name: "blitz", path: "..")],
  targets: [
    .executableTarget(
      name: "KernelBenchmarks",
      dependencies: [
        .product(name: "BlitzCore", package: "blitz"),
        .product(name: "BlitzKernels", package: "blitz"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
    .executableTarget(
      name: "LoadBench",
      dependencies: [
        .product(name: "BlitzCore", package: "blitz"), .product(name: "BlitzIO", package: "blitz"),
        .product(name: "BlitzKernels", package: "blitz"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
    .executableTarget(
      name: "DrawBench",
      dependencies: [
        .product(name: "BlitzCore", package: "blitz"),
        .product(name: "BlitzKernels", package: "blitz"),
        .product(name: "BlitzTUI", package: "blitz"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
    .executableTarget(
      name: "EncodeBench", dependencies: [.product(name: "BlitzTUI", package: "blitz")],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
  ]
)
