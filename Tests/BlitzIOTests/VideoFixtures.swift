import BlitzCore
import BlitzKernels
import Foundation
import Testing

@testable import BlitzIO

/// A video of the fixtures and what another decoder made of it; see make_video.py.
struct VideoGolden: CustomTestStringConvertible, Sendable {
  struct Frame: Sendable {
    let seconds: Double?
    let sum: Int
    let sampled: [Int]
  }

  let name: String
  let rows, columns, bits: Int
  let isLimited: Bool
  /// How far a code may lie from the golden one.
  let tolerance: Int
  var frames: [Frame] = []

  var testDescription: String { name }
  var path: FilePath { videoFixture(name) }

  /// Index of the k-th sampled pixel in a gray frame.
  func place(_ k: Int) -> Int { (k * 7 + 3) % rows * columns + (k * 13 + 5) % columns }

  /// A code after the expansion of limited range, in Double.
  func expanded(_ code: Int) -> Double {
    guard isLimited else { return Double(code) }
    let (unit, top) = (Double(1 << (bits - 8)), Double(1 << bits - 1))
    return min(max((Double(code) - 16 * unit) * top / (219 * unit), 0), top)
  }

  static let all: [VideoGolden] = {
    let text = try? String(contentsOfFile: videoFixture("video.txt").description, encoding: .utf8)
    var found: [VideoGolden] = []
    for line in text?.split(separator: "\n") ?? [] {
      let words = line.split(separator: " ").map(String.init)
      if words[0] == "file" {
        found.append(
          VideoGolden(
            name: words[1], rows: Int(words[3]) ?? 0, columns: Int(words[4]) ?? 0,
            bits: Int(words[5]) ?? 0, isLimited: words[6] == "limited",
            tolerance: words[7] == "exact" ? 0 : 1))
      } else {
        let numbers = words.dropFirst().compactMap { Int($0) }
        found[found.count - 1].frames.append(
          Frame(seconds: Double(words[0]), sum: numbers[0], sampled: Array(numbers[1...])))
      }
    }
    return found
  }()

  static func named(_ name: String) throws -> VideoGolden {
    try #require(all.first { $0.name == name })
  }
}

/// The path of a file in Fixtures/Video.
func videoFixture(_ name: String) -> FilePath {
  let folder = Bundle.module.url(forResource: "Fixtures", withExtension: nil)
  return FilePath(folder.map { $0.appending(path: "Video/\(name)").path } ?? name)
}

extension DecodedFrame {
  /// The samples as numbers, row by row.
  var values: [Double] {
    withBytes { bytes in
      var samples = [Float](repeating: .nan, count: rows * columns * channels)
      var span = samples.mutableSpan
      SampleConversion.convert(bytes, type: type, luma: limitedLuma, into: &span)
      return samples.map(Double.init)
    }
  }

  /// The bytes, for comparing frames.
  var content: [UInt8] { withBytes { bytes in bytes.indices.map { bytes[$0] } } }
}
