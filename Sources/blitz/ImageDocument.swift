import BlitzCore
import BlitzIO
import BlitzIO

/// A plane as a file that other programs read.
struct ImageDocument {
  let plane: ImagePlane
  let view: ViewFlags
  /// How the samples are stored in the recording; nil for those that were computed, which are no
  /// codes of a camera even when they are whole.
  let storedAs: SampleType?
  let console: Console

  /// Writes the file, or what a pipe gets.
  ///
  /// - Throws: What the output throws; `usage` for a format that holds no image.
  func write(to destination: Destination) throws(BlitzError) {
    switch destination.format {
    case .npy: try destination.write(NumPyWriter.bytes(plane.samples.span, extents: extents))
    case .png:
      try destination.withOutput { (output) throws(BlitzError) in try png(to: output) }
    case .tif, .csv, .mp4:
      throw BlitzError(.usage, "-o", "\(destination.format.rawValue) is not written here")
    }
  }

  /// `(H, W)`, or `(H, W, 3)` for colour.
  private var extents: [Int] {
    [plane.rows, plane.columns] + (plane.channels > 1 ? [plane.channels] : [])
  }

  /// The very codes where the samples are that, else colours.
  private func png(to output: AtomicOutput) throws(BlitzError) {
    if let codes {
      return try PNGWriter.write(
        rows: plane.rows, columns: plane.columns, channels: plane.channels, codes, to: output)
    }
    let coloring = Coloring(view, fitting: plane)
    console.say("\(output.name): \(coloring.text), colour map \(coloring.table.name), 8 bits")
    let colors = coloring.colors(plane.samples.span, channels: plane.channels)
    let isGray = colors.allSatisfy { $0 & 255 == $0 >> 16 && $0 & 255 == $0 >> 8 & 255 }
    let bytes =
      isGray && plane.channels == 1
      ? colors.map { UInt8($0 & 255) }
      : colors.flatMap { [UInt8($0 >> 16), UInt8($0 >> 8 & 255), UInt8($0 & 255)] }
    try PNGWriter.write(
      rows: plane.rows, columns: plane.columns, channels: bytes.count / colors.count,
      .eight(bytes), to: output)
  }

  /// Samples that a PNG holds without loss, unless colours are asked for.
  private var codes: PNGWriter.Samples? {
    guard let storedAs, !view.asksForColors, let largest = plane.largestCode else { return nil }
    let isNarrow = storedAs.byteCount == 1 || !storedAs.isInteger
    return isNarrow && largest < 256
      ? .eight(plane.samples.map { UInt8($0) }) : .sixteen(plane.samples.map { UInt16($0) })
  }
}
