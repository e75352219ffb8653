import BlitzIO
import BlitzTestSupport
import Foundation
import Testing

/// The bytes of a fixture file of this target.
func fixture(_ name: String) throws -> [UInt8] {
  let url = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
  return [UInt8](try Data(contentsOf: url.appending(path: name)))
}

extension TemporaryFolder {
  /// Writes a file and returns its path.
  func file(_ name: String, _ bytes: [UInt8]) -> String { write(bytes, to: name) }
}

/// The lines of a text fixture, split at tabs.
func fixtureRows(_ name: String) throws -> [[String]] {
  String(decoding: try fixture(name), as: UTF8.self)
    .split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
}

/// Bytes from hexadecimal digits.
func bytes(hex: String) throws -> [UInt8] {
  let digits = Array(hex.utf8)
  return try stride(from: 0, to: digits.count, by: 2).map { i in
    try #require(UInt8(String(decoding: digits[i...i + 1], as: UTF8.self), radix: 16))
  }
}

/// One array as NumPy stored it and as NumPy converts it to float32.
struct NumPyArray: CustomTestStringConvertible {
  let name: String
  let file: [UInt8]
  let extents: [Int]
  let samples: [Float]

  var testDescription: String { name }

  static let all: [NumPyArray] = (try? read()) ?? []

  private static func read() throws -> [NumPyArray] {
    try fixtureRows("NumPy/arrays.txt").map { row in
      NumPyArray(
        name: row[0], file: try bytes(hex: row[1]),
        extents: row[2].split(separator: ",").compactMap { Int($0) },
        samples: try row[3].split(separator: " ").map { try #require(Float($0)) })
    }
  }
}

/// A version 1.0 `.npy` file with a dictionary of our wording.
func numPyFile(_ dictionary: String, version: [UInt8] = [1, 0], data: Int = 0) -> [UInt8] {
  let text = Array(dictionary.utf8)
  let length = version[0] == 1 ? 2 : 4
  return [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59] + version
    + (0..<length).map { UInt8(truncatingIfNeeded: text.count >> ($0 * 8)) } + text
    + [UInt8](repeating: 0, count: data)
}

/// True when two lists of samples are the same to the bit, any NaN equal to any other.
func same(_ a: [Float], _ b: [Float]) -> Bool {
  a.count == b.count
    && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) }
}
