public import BlitzCore

/// A built-in synthetic recording of 16-bit frames, the same on every machine and in every run.
///
/// A bright blob drifts and pulses over a noisy background, a spark lives for a few frames, and a
/// faint glow grows slowly in one corner.
public struct DemoRecording: StackReader {
  /// 400 gray frames of 240 x 320 pixels, 100 frames per second.
  public let description: StackDescription

  /// The frames in which the spark can be seen.
  static let sparkFrames = 212..<216

  private static let (frames, rows, columns) = (400, 240, 320)

  /// Ready to decode; nothing is computed before.
  public init() throws(BlitzError) {
    let shape = StackShape(frames: Self.frames, rows: Self.rows, columns: Self.columns)
    guard let shape else { throw BlitzError(.limit, "demo", "does not fit a stack") }
    description = StackDescription(
      format: "demo", shape: shape, sampleType: .u16, framesPerSecond: FrameRate(100))
  }

  /// The demo as an opened recording.
  public static func recording(options: LoadOptions = LoadOptions()) throws(BlitzError) -> Recording
  {
    Recording(FilePath("demo"), try DemoRecording(), options, isVerified: true)
  }

  /// Computes one frame; about a millisecond.
  public func decode(_ index: Int, color: Bool, into frame: DecodedFrame) throws(BlitzError)
    -> FrameCondition
  {
    frame.prepare(rows: Self.rows, columns: Self.columns, channels: 1, type: .u16)
    let scene = Scene(frame: index)
    frame.withMutableBytes { bytes in
      for row in 0..<Self.rows {
        for column in 0..<Self.columns {
          let code = scene.code(row: row, column: column)
          let first = 2 * (row * Self.columns + column)
          bytes[first] = UInt8(truncatingIfNeeded: code.littleEndian)
          bytes[first + 1] = UInt8(truncatingIfNeeded: code.littleEndian >> 8)
        }
      }
    }
    return .complete
  }

  /// What one frame shows. Only additions, multiplications and divisions of `Double`, whose results
  /// IEEE 754 fixes to the bit; no library function, whose last digit may differ.
  private struct Scene {
    private let frame: Int
    private let (blobRow, blobColumn): (Double, Double)
    private let blobHeight, glowHeight, sparkHeight: Double

    init(frame: Int) {
      self.frame = frame
      let time = Double(frame)
      (blobRow, blobColumn) = (120 + 40 * Self.wave(time / 160), 60 + 0.5 * time)
      blobHeight = 9000 + 4000 * Self.wave(time / 25)
      glowHeight = 12 * time
      sparkHeight = DemoRecording.sparkFrames.contains(frame) ? 42_000 : 0
    }

    func code(row: Int, column: Int) -> UInt16 {
      let (y, x) = (Double(row), Double(column))
      let blob = blobHeight * Self.hill(y - blobRow, x - blobColumn, width: 22)
      let glow = glowHeight * Self.hill(y - 30, x - 290, width: 45)
      let spark = sparkHeight * Self.hill(y - 180, x - 90, width: 1.5)
      return UInt16(min(1200 + blob + glow + spark + noise(row, column), 65_535))
    }

    /// 1 at the middle, 1/4 at a distance of `width`, 0 far away.
    private static func hill(_ y: Double, _ x: Double, width: Double) -> Double {
      let slope = 1 + (y * y + x * x) / (width * width)
      return 1 / (slope * slope)
    }

    /// A smooth oscillation of period 1 between -1 and 1, made of parabolas.
    private static func wave(_ phase: Double) -> Double {
      let part = phase - phase.rounded(.down)
      return part < 0.5 ? 16 * part * (0.5 - part) : -16 * (part - 0.5) * (1 - part)
    }

    /// 0...510, the sum of two uniform bytes, from the pixel's place alone.
    private func noise(_ row: Int, _ column: Int) -> Double {
      var mixed = UInt64(frame * DemoRecording.rows + row) << 20 | UInt64(column)
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return Double(mixed >> 56) + Double(mixed >> 40 & 255)
    }
  }
}
