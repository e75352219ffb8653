@testable import BlitzIO
import BlitzCore
import BlitzTestSupport

/// A folder of small gray images for one test.
struct ImageFolderFixture {
  let folder = TemporaryFolder()

  /// Writes `0.png`, `1.png`, ..., whose pixel i is 10 times the frame's number plus i.
  init(frames: Int, rows: Int = 2, columns: Int = 3) {
    for frame in 0..<frames { add("\(frame).png", frame, rows: rows, columns: columns) }
  }

  func add(_ name: String, _ frame: Int, rows: Int = 2, columns: Int = 3) {
    let samples = (0..<rows * columns).map { UInt16((frame * 10 + $0) % 256) }
    folder.write(PNGFile(width: columns, height: rows, samples: samples).bytes, to: name)
  }

  /// The first sample of a frame as `init` writes it.
  static func first(_ frame: Int) -> Float { Float(frame * 10 % 256) }

  func open(_ options: LoadOptions = LoadOptions()) throws(BlitzError) -> Recording {
    try Recording.open(folder.path, options: options)
  }
}

/// A budget of exactly `bytes`, to a rounding.
func budget(_ bytes: Int) -> MemoryBudget {
  MemoryBudget([.init(.machine, bytes: (bytes + 8) / 9 * 10)])
}

extension FrameStore {
  /// The samples of a published frame.
  func samples(of frame: Int) throws -> [Float] {
    try withFrame(frame, scratch: BandScratch()) { span in span.indices.map { span[$0] } }
  }
}
