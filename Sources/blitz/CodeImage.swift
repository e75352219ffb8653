import BlitzCore
import BlitzIO
import BlitzModel
import BlitzTUI

/// An image of whole codes, as picture files hold it.
struct CodeImage {
  /// 8 or 16 bits each, channels interleaved.
  enum Codes {
    case bytes([UInt8])
    case words([UInt16])
  }

  let rows, columns, channels: Int
  let codes: Codes

  /// The samples as they are; nil when one of them is no code of such a depth.
  init?(codes plane: ImagePlane, isWide: Bool) {
    guard let largest = plane.largestCode, isWide || largest < 256 else { return nil }
    (rows, columns, channels) = (plane.rows, plane.columns, plane.channels)
    codes =
      isWide
      ? .words(plane.samples.map { UInt16($0) }) : .bytes(plane.samples.map { UInt8($0) })
  }

  /// The samples as colours with outlines of regions over them; gray where the colour map is and
  /// there are no outlines.
  init(_ plane: ImagePlane, _ coloring: Coloring, _ outlines: RegionOutlines = RegionOutlines([])) {
    (rows, columns) = (plane.rows, plane.columns)
    var colors = coloring.colors(plane.samples.span, channels: plane.channels)
    let canvas = Viewport.Canvas(columns: columns, rows: rows)
    let whole = Viewport().placement(frameColumns: columns, frameRows: rows, canvas: canvas)
    if let whole {
      outlines.draw(over: &colors, rowSize: columns, of: whole, rows: rows, columns: columns)
    }
    let isGray = plane.channels == 1 && coloring.isGray && outlines.isEmpty
    channels = isGray ? 1 : 3
    codes = .bytes(isGray ? colors.map { UInt8($0 & 255) } : colors.flatMap(\.bytes))
  }

  /// Black, for a frame that could not be read.
  init(blackLike plane: ImagePlane, isWide: Bool) {
    (rows, columns, channels) = (plane.rows, plane.columns, plane.channels)
    let count = plane.samples.count
    codes =
      isWide
      ? .words([UInt16](repeating: 0, count: count)) : .bytes([UInt8](repeating: 0, count: count))
  }

  /// Writes it as a PNG file.
  func write(to output: consuming AtomicOutput) throws(BlitzError) {
    switch codes {
    case .bytes(let bytes):
      try PNGWriter.write(
        bytes.span, rows: rows, columns: columns, channels: channels, to: output)
    case .words(let words):
      try PNGWriter.write(
        words.span, rows: rows, columns: columns, channels: channels, to: output)
    }
  }
}

extension UInt32 {
  /// Red, green and blue of `0xRRGGBB`.
  fileprivate var bytes: [UInt8] {
    [UInt8(self >> 16 & 255), UInt8(self >> 8 & 255), UInt8(self & 255)]
  }
}
