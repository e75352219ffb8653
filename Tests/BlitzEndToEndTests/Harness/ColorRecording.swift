import BlitzTestSupport

/// A folder of RGB PNG frames whose every value is known in closed form.
struct ColorRecording {
  let folder = TemporaryFolder()
  let path: String
  let frames = 6, rows = 9, columns = 11

  /// Writes the frames; the first column is gray.
  init() {
    path = folder.makeFolder("color")
    for frame in 0..<frames {
      let samples = self.samples(frame).map { UInt16($0) }
      let file = PNGFile(width: columns, height: rows, samples: samples, colour: .rgb)
      folder.write(file.bytes, to: "color/frame\(frame).png")
    }
  }

  /// One sample; red, green and blue differ but for the first column.
  func value(frame: Int, row: Int, column: Int, channel: Int) -> Double {
    let shift = column == 0 ? 0 : channel * 83
    return Double((frame * 31 + row * 17 + column * 29 + shift) % 256)
  }

  /// One frame: rows, columns, channels.
  func samples(_ frame: Int) -> [Double] {
    (0..<rows * columns * 3).map { place in
      value(
        frame: frame, row: place / 3 / columns, column: place / 3 % columns, channel: place % 3)
    }
  }

  /// What a pixel is in gray, by the weights of ITU-R BT.601.
  func luma(frame: Int, row: Int, column: Int) -> Double {
    let weights = [0.299, 0.587, 0.114]
    return (0..<3).reduce(0) {
      $0 + weights[$1] * value(frame: frame, row: row, column: column, channel: $1)
    }
  }
}

/// The rows of a table below its notes, split at commas.
func table(_ text: String) -> [[String]] {
  text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
    $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}
