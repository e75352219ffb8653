// swift-tools-version: 6.2
import PackageDescription

/// One standard of strictness for every Swift target.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// A C library found through pkg-config; only our own shims include its header.
func library(_ name: String, _ folder: String, pkgConfig: String, apt: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/CSystemShims/Libraries/\(folder)", pkgConfig: pkgConfig,
    providers: [.apt([apt])])
}

/// A Swift target of the product; `needs` names the targets below it.
func module(_ name: String, needs: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: needs, swiftSettings: strict)
}

/// The tests of one module.
func tests(
  _ module: String, needs: [Target.Dependency], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: "\(module)Tests",
    dependencies: [.init(stringLiteral: module), "BlitzTestSupport"] + needs,
    resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "blitz",
  products: [
    .executable(name: "blitz", targets: ["blitz"]),
    .library(name: "BlitzCore", targets: ["BlitzCore"]),
    .library(name: "BlitzKernels", targets: ["BlitzKernels"]),
    .library(name: "BlitzIO", targets: ["BlitzIO"]),
    .library(name: "BlitzModel", targets: ["BlitzModel"]),
    .library(name: "BlitzTUI", targets: ["BlitzTUI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    library("CLibPNG", "png", pkgConfig: "libpng", apt: "libpng-dev"),
    library("CLibJPEG", "jpeg", pkgConfig: "libjpeg", apt: "libjpeg62-turbo-dev"),
    library("CLibTIFF", "tiff", pkgConfig: "libtiff-4", apt: "libtiff-dev"),
    library("CLibDeflate", "deflate", pkgConfig: "libdeflate", apt: "libdeflate-dev"),
    library("CLibNcurses", "ncursesw", pkgConfig: "ncursesw", apt: "libncurses-dev"),

    .target(
      name: "CCodecShims", dependencies: ["CLibPNG", "CLibJPEG", "CLibTIFF", "CLibDeflate"],
      path: "Sources/CSystemShims/Codecs"),
    .target(name: "CVectorShims", path: "Sources/CSystemShims/Vectors"),
    .target(name: "CFaultShims", path: "Sources/CSystemShims/Faults"),
    .target(
      name: "CTerminalShims", dependencies: ["CLibNcurses", "CFaultShims"],
      path: "Sources/CSystemShims/Terminal"),

    module("BlitzCore"),
    module("BlitzKernels", needs: ["BlitzCore", "CVectorShims"]),
    module("BlitzModel", needs: ["BlitzCore"]),
    module("BlitzIO", needs: ["BlitzCore", "BlitzKernels", "CCodecShims", "CFaultShims"]),
    module("BlitzTUI", needs: ["BlitzCore", "BlitzKernels", "BlitzModel", "CTerminalShims"]),
    .executableTarget(
      name: "blitz",
      dependencies: [
        "BlitzCore", "BlitzKernels", "BlitzModel", "BlitzIO", "BlitzTUI",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(
      name: "BlitzTestSupport", dependencies: ["BlitzCore"], path: "Tests/BlitzTestSupport",
      swiftSettings: strict),
    tests("BlitzCore", needs: []),
    tests("BlitzKernels", needs: ["BlitzCore"]),
    tests("BlitzModel", needs: ["BlitzCore"]),
    tests(
      "BlitzIO", needs: ["BlitzCore", "BlitzKernels", "CCodecShims", "CFaultShims"],
      resources: [.copy("Fixtures")]),
    tests(
      "BlitzTUI", needs: ["BlitzCore", "BlitzKernels", "BlitzModel", "CTestSupport"],
      resources: [.copy("Screens")]),
    .target(name: "CTestSupport", path: "Tests/CTestSupport"),
    .testTarget(
      name: "FuzzReplayTests",
      dependencies: ["BlitzCore", "BlitzIO", "BlitzModel", "BlitzTUI", "BlitzTestSupport"],
      path: "Fuzz/Sources", exclude: ["Runner"], swiftSettings: strict),
    .testTarget(
      name: "BlitzEndToEndTests", dependencies: ["BlitzTestSupport", "CTestSupport"],
      exclude: ["Preload"], swiftSettings: strict),
  ]
)
