@testable import BlitzIO
import BlitzCore
import BlitzModel

/// The values of options that only the command line has.
extension FuzzTarget {
  static let byteAmount = FuzzTarget(
    name: "byte-amount", texts: ["4G", "1.5M", "1000", "0x1p61", "4611686018427387904", "1e18T"],
    longest: 48
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    guard let count = byteCount(text) else { return }
    try require(1..<1 << 62 ~= count, "\(count) bytes")
    // Powers of two: a number of bytes reads as itself as far as doubles go.
    guard count < 1 << 53 else { return }
    try require(byteCount(String(count)) == count, "\(count) reads differently")
    if let large = byteCount("\(count)k") {
      try require(large == count << 10, "\(count)k are \(large)")
    }
  }

  static let crop = FuzzTarget(
    name: "crop", texts: ["1,2,3,4", "0,0,9223372036854775807,1", "65535,0,1,1", "-1,0,1,1"],
    longest: 96
  ) { bytes in
    guard let crop = LoadOptions.Crop(parsing: String(decoding: bytes, as: UTF8.self)) else {
      return
    }
    let again = LoadOptions.Crop(parsing: "\(crop.x),\(crop.y),\(crop.width),\(crop.height)")
    try require(again == crop, "\(crop) reads differently")
    for (rows, columns, size) in [(1, 1, 1.0), (480, 641, 0.5), (1 << 16, 1 << 16, 1e-9)] {
      var options = LoadOptions()
      (options.crop, options.size) = (crop, size)
      let geometry = FrameGeometry(rows: rows, columns: columns, options: options)
      try require(
        geometry.cropRows.upperBound <= rows && geometry.cropColumns.upperBound <= columns,
        "\(crop) of \(columns)x\(rows) leaves it")
      try require(
        [1, 2, 4, 8].contains(geometry.codecReduction) && geometry.loadedRows >= 0
          && geometry.loadedColumns >= 0, "\(geometry)")
    }
  }

  static let levels = FuzzTarget(
    name: "levels", texts: ["auto", "p1", "p49.9", "-5,10", "0x1p3,1e9", "nan,1", "1e308,1e309"],
    longest: 64
  ) { bytes in
    switch LevelChoice(parsing: String(decoding: bytes, as: UTF8.self)) {
    case nil: return
    case .trimmed(let percent): try require(percent >= 0 && percent < 50, "\(percent) %")
    case .window(let window):
      try require(
        window.darkest.isFinite && window.brightest.isFinite
          && window.darkest <= window.brightest, "\(window)")
    }
  }

  /// Names of exported pictures: every number has one of its own, in the folder that was named.
  static let numberedNames = FuzzTarget(
    name: "numbered-names", texts: ["out/%05d.png", "%d", "a/b%032d", "x%d%d", "%033d", "/%0d/%d"],
    longest: 128
  ) { bytes in
    guard let names = NumberedNames(FilePath(bytes: bytes)) else { return }
    let numbers = [0, 9, 10, 99_999, 100_000, 1 << 24]
    let made = numbers.map { names.name($0) }
    try require(Set(made).count == numbers.count, "two numbers of one name")
    try require(
      made.allSatisfy { !$0.contains(UInt8(ascii: "/")) && $0.count <= bytes.count + 32 },
      "a name that is none")
  }
}
