import BlitzCore
import BlitzIO

/// A plane as a file that other programs read.
struct ImageDocument {
  let plane: ImagePlane
  let view: ViewFlags
  /// How the samples are stored in the recording; nil for those that were computed, which are no
  /// codes of a camera even when they are whole.
  let storedAs: SampleType?
  let console: Console

  /// Writes the file.
  ///
  /// - Throws: What the output throws; `usage` for a format that holds no image.
  func write(to destination: Destination) throws(BlitzError) {
    switch destination.format {
    case .npy: try numpy(to: destination)
    case .png: try png(to: destination)
    case .tif, .csv, .mp4:
      throw BlitzError(.usage, "-o", "\(destination.format.rawValue) is not written here")
    }
  }

  private func numpy(to destination: Destination) throws(BlitzError) {
    let shape = StackShape(
      frames: 1, rows: plane.rows, columns: plane.columns, channels: plane.channels)
    guard let shape else { preconditionFailure("a frame of a stack has a shape") }
    var writer = try NumPyWriter(destination.open(), shape: shape, isStack: false)
    try writer.write(plane.samples.span)
    try writer.commit()
  }

  /// The very codes where the samples are that, else colours.
  private func png(to destination: Destination) throws(BlitzError) {
    switch codes {
    case .bytes(let codes): try png(codes, plane.channels, to: destination)
    case .words(let codes):
      try PNGWriter.write(
        codes.span, rows: plane.rows, columns: plane.columns, channels: plane.channels,
        to: destination.open())
    case nil:
      let coloring = Coloring(view, fitting: plane)
      console.say("\(coloring.text), colour map \(coloring.table.name), 8 bits")
      let colors = coloring.colors(plane.samples.span, channels: plane.channels)
      let isGray = plane.channels == 1 && coloring.table.isGray
      let bytes = isGray ? colors.map { UInt8($0 & 255) } : colors.flatMap(\.bytes)
      try png(bytes, isGray ? 1 : 3, to: destination)
    }
  }

  private func png(
    _ bytes: [UInt8], _ channels: Int, to destination: Destination
  ) throws(BlitzError) {
    try PNGWriter.write(
      bytes.span, rows: plane.rows, columns: plane.columns, channels: channels,
      to: destination.open())
  }

  private enum Codes {
    case bytes([UInt8])
    case words([UInt16])
  }

  /// Samples that a PNG holds without loss, unless colours are asked for.
  private var codes: Codes? {
    guard let storedAs, !view.asksForColors, let largest = plane.largestCode else { return nil }
    let isNarrow = storedAs.byteCount == 1 || !storedAs.isInteger
    return isNarrow && largest < 256
      ? .bytes(plane.samples.map { UInt8($0) }) : .words(plane.samples.map { UInt16($0) })
  }
}

extension LookupTable {
  /// True when every colour is a gray.
  fileprivate var isGray: Bool { colors.allSatisfy { $0 == ($0 & 255) * 0x010101 } }
}

extension UInt32 {
  /// Red, green and blue of `0xRRGGBB`.
  fileprivate var bytes: [UInt8] {
    [UInt8(self >> 16 & 255), UInt8(self >> 8 & 255), UInt8(self & 255)]
  }
}
