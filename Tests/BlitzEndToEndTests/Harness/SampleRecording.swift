import BlitzTestSupport
import Glibc

/// A folder of gray PNG frames whose every value is known in closed form.
struct SampleRecording {
  let folder = TemporaryFolder()
  let path: String
  let frames, rows, columns: Int
  let depth: UInt8

  /// Writes `frame0.png`, `frame1.png`, ... without leading zeros, so that natural order matters.
  init(
    frames: Int = 120, rows: Int = 24, columns: Int = 32, depth: UInt8 = 16, name: String = "shot"
  ) {
    (self.frames, self.rows, self.columns, self.depth) = (frames, rows, columns, depth)
    path = folder.makeFolder(name)
    for frame in 0..<frames {
      let samples = self.samples(frame)
      let file = PNGFile(width: columns, height: rows, samples: samples, depth: depth)
      folder.write(file.bytes, to: "\(name)/frame\(frame).png")
    }
  }

  /// The value of one pixel: every frame, row and column differs from its neighbours.
  func value(frame: Int, row: Int, column: Int) -> UInt16 {
    let value = frame * 37 + row * 101 + column * 7
    return UInt16(depth == 16 ? value % 65521 : value % 251)
  }

  /// One frame, row by row.
  func samples(_ frame: Int) -> [UInt16] {
    (0..<rows * columns).map { value(frame: frame, row: $0 / columns, column: $0 % columns) }
  }

  /// A folder with many names for one big frame: slow to load, and no burden on the disk.
  static func slow(
    frames: Int = 2_000, width: Int = 1024, height: Int = 512
  ) -> (folder: TemporaryFolder, path: String) {
    let folder = TemporaryFolder()
    let path = folder.makeFolder("slow")
    let samples = (0..<width * height).map { UInt16($0 % 65521) }
    let first = folder.write(
      PNGFile(width: width, height: height, samples: samples, depth: 16).bytes,
      to: "slow/frame0.png")
    for frame in 1..<frames { _ = unsafe link(first, path + "/frame\(frame).png") }
    return (folder, path)
  }
}
