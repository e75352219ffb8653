import BlitzCore
import BlitzKernels

/// What to say of samples that have more digits than `Float`: 32-bit integers and `f64` beyond 2^24.
///
/// Some frames are looked at when a file is opened, so that it stays quick however long the file is.
enum LostDigits {
  /// Samples looked at in a frame, at most.
  private static let samples = 1 << 20

  /// A note where the first, the middle or the last frame has such samples; nil where none was found, and
  /// for what must be decoded.
  static func note(of reader: any StackReader) -> PrintableText? {
    guard [.u32, .i32, .u64, .i64, .f64].contains(reader.description.sampleType),
      let reader = reader as? any MappableReader, let layout = reader.layout(),
      layout.hasPackedFrames
    else { return nil }
    let shape = layout.shape
    let rows = min(max(samples / shape.rowSize, 1), shape.rows)
    let frames = Set([0, shape.frames / 2, shape.frames - 1]).sorted()
    let lost = frames.reduce(0) { sum, frame in
      let bytes = layout.span(rows: 0..<rows, frame: frame)
      return sum
        + reader.file.withBytes(bytes) {
          SampleConversion.lostDigits($0, type: layout.type, isSwapped: layout.isSwapped)
        }
    }
    guard lost > 0 else { return nil }
    let looked = frames.count * rows * shape.rowSize
    return PrintableText(
      "\(lost) of \(looked) samples looked at lose digits: beyond 2^24 Float32 does not hold all")
  }
}
