import BlitzTestSupport
import Foundation

/// A recording's values in Double, and what plain loops make of them.
struct ReferenceStack {
  let frames: [[Double]]

  init(_ recording: SampleRecording) {
    frames = (0..<recording.frames).map { recording.samples($0).map { Double($0) } }
  }

  /// One value for each pixel, from its values over some frames.
  func reduce(_ range: Range<Int>? = nil, _ body: ([Double]) -> Double) -> [Double] {
    let range = range ?? frames.indices
    return frames[0].indices.map { pixel in body(range.map { frames[$0][pixel] }) }
  }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  static func std(_ values: [Double], ddof: Int = 0) -> Double {
    let middle = mean(values)
    let squares = values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    return (squares / Double(values.count - ddof)).squareRoot()
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

/// Reads a `.npy` file.
func array(_ path: String) throws -> GoldenArray {
  try GoldenArray(contentsOf: URL(filePath: path))
}

/// The largest difference in units of the mean magnitude; infinite for arrays of other lengths.
func deviation(_ values: [Double], from expected: [Double]) -> Double {
  guard values.count == expected.count else { return .infinity }
  let size = expected.reduce(0) { $0 + abs($1) } / Double(expected.count)
  return zip(values, expected).reduce(0) { max($0, abs($1.0 - $1.1)) } / max(size, 1e-9)
}
