import BlitzTestSupport

/// 300 frames in which a spot lights up in frame 137 and fades; the rest is a pattern that moves.
///
/// GoldenScripts/workflows.py has the same rules.
struct DischargeRecording {
  let folder = TemporaryFolder()
  let path: String
  static let frames = 300
  static let rows = 24
  static let columns = 32

  /// Writes `shot/frame0.png` to `shot/frame299.png`, and beside the folder `dark.png` and `flat.png`.
  init() {
    path = folder.makeFolder("shot")
    for frame in 0..<Self.frames {
      write("shot/frame\(frame).png") { Self.value(frame: frame, row: $0, column: $1) }
    }
    write("dark.png") { _, column in 90 + column % 3 }
    write("flat.png") { row, column in row == 5 && column == 5 ? 0 : 1 + row }
  }

  /// The value of one pixel.
  static func value(frame: Int, row: Int, column: Int) -> Int {
    let isLit = frame >= 137 && (column - 20) * (column - 20) + (row - 10) * (row - 10) <= 20
    return 100 + (3 * column + 5 * row + 7 * frame) % 13
      + (isLit ? max(0, 900 - 5 * (frame - 137)) : 0)
  }

  private func write(_ name: String, value: (_ row: Int, _ column: Int) -> Int) {
    let samples = (0..<Self.rows * Self.columns).map {
      UInt16(value($0 / Self.columns, $0 % Self.columns))
    }
    let file = PNGFile(width: Self.columns, height: Self.rows, samples: samples, depth: 16)
    folder.write(file.bytes, to: name)
  }
}
