import BlitzCore
import BlitzKernels

/// Brings decoded frames to samples: gray, crop, size, eight-bit and normalize, in this order.
///
/// Belongs to one worker, whose scratch memory it holds.
final class FrameTransform {
  private let geometry: FrameGeometry
  private let channels: Int
  private let options: LoadOptions
  /// The only type that the store can hold, with the stack's own channels; nil for any.
  private let storedType: SampleType?
  private let row = BandScratch()
  private let plane = BandScratch()
  private var resample: (source: (rows: Int, columns: Int), kernel: AreaResample)?

  /// A transform of frames of the geometry's source extents into `channels` channels, 1 or 3.
  init(
    _ geometry: FrameGeometry, channels: Int, options: LoadOptions,
    exactly storedType: SampleType? = nil
  ) {
    (self.geometry, self.channels, self.options) = (geometry, channels, options)
    self.storedType = storedType
  }

  /// Why a frame cannot become one of this stack, or nil when it can.
  func mismatch(_ frame: DecodedFrame) -> String? {
    let reduction = frame.report.reduction
    let (rows, columns) = (frame.rows * reduction, frame.columns * reduction)
    let fits =
      options.mixed == .crop
      ? rows >= geometry.rows && columns >= geometry.columns
      : rows == geometry.rows && columns == geometry.columns
    if fits, let storedType, frame.type != storedType || frame.channels != channels {
      return "other samples: \(frame.type) x \(frame.channels), not \(storedType) x \(channels)"
    }
    return fits ? nil : "other size: \(columns)x\(rows), not \(geometry.columns)x\(geometry.rows)"
  }

  /// True when it is known that the samples of such a frame will all be finite: they are stored as whole
  /// numbers, and only their places change.
  func keepsFinite(_ frame: DecodedFrame) -> Bool {
    frame.type.isInteger && !options.eightBit && !options.normalize
  }

  /// Writes the samples of a frame that has no mismatch.
  func apply(_ frame: DecodedFrame, into samples: inout MutableSpan<Float>) {
    let reduction = frame.report.reduction
    let rows = geometry.cropRows.divided(by: reduction)
    let columns = geometry.cropColumns.divided(by: reduction)
    if rows.count == geometry.loadedRows && columns.count == geometry.loadedColumns {
      gather(frame, rows, columns, into: &samples)
    } else {
      plane.withSamples(rows.count * columns.count * channels) { cropped in
        gather(frame, rows, columns, into: &cropped)
        scale(cropped.span, rows: rows.count, columns: columns.count, into: &samples)
      }
    }
    if options.eightBit { samples.scaleToEightBit(from: frame.type, white: frame.white) }
    if options.normalize { samples.normalize(constant: options.eightBit ? 0 : nil) }
  }

  /// Converts a rectangle of the frame and makes its channels those of the stack.
  private func gather(
    _ frame: DecodedFrame, _ rows: Range<Int>, _ columns: Range<Int>,
    into samples: inout MutableSpan<Float>
  ) {
    let pixel = frame.channels * frame.type.byteCount
    frame.withBytes { bytes in
      if frame.channels == channels && columns.count == frame.columns {
        let part = bytes.extracting(
          rows.lowerBound * frame.columns * pixel..<rows.upperBound * frame.columns * pixel)
        convert(part, of: frame, into: &samples)
        return
      }
      for (target, source) in rows.enumerated() {
        let first = (source * frame.columns + columns.lowerBound) * pixel
        let part = bytes.extracting(first..<first + columns.count * pixel)
        let size = columns.count * channels
        var line = samples._mutatingExtracting(target * size..<(target + 1) * size)
        convertRow(part, of: frame, into: &line)
      }
    }
  }

  private func convertRow(
    _ bytes: Span<UInt8>, of frame: DecodedFrame, into line: inout MutableSpan<Float>
  ) {
    if frame.channels == channels {
      convert(bytes, of: frame, into: &line)
      return
    }
    row.withSamples(line.count / channels * frame.channels) { stored in
      convert(bytes, of: frame, into: &stored)
      if channels == 1 {
        Luminance.gray(stored.span, channels: frame.channels, into: &line)
      } else {
        Self.color(stored.span, channels: frame.channels, into: &line)
      }
    }
  }

  /// A store of the stored type takes codes, and expands luma itself.
  private func convert(
    _ bytes: Span<UInt8>, of frame: DecodedFrame, into samples: inout MutableSpan<Float>
  ) {
    SampleConversion.convert(
      bytes, type: frame.type, isSwapped: frame.isSwapped,
      luma: storedType == nil ? frame.limitedLuma : nil, into: &samples)
  }

  /// Three channels: alpha is dropped and gray repeated.
  private static func color(
    _ stored: Span<Float>, channels: Int, into line: inout MutableSpan<Float>
  ) {
    for pixel in 0..<line.count / 3 {
      for channel in 0..<3 {
        line[3 * pixel + channel] = stored[channels * pixel + (channels < 3 ? 0 : channel)]
      }
    }
  }

  private func scale(
    _ cropped: Span<Float>, rows: Int, columns: Int, into samples: inout MutableSpan<Float>
  ) {
    if resample == nil || resample?.source ?? (0, 0) != (rows, columns) {
      resample = AreaResample(
        sourceRows: rows, sourceColumns: columns, channels: channels, rows: geometry.loadedRows,
        columns: geometry.loadedColumns
      ).map { ((rows, columns), $0) }
    }
    resample?.kernel.apply(cropped, into: &samples)
  }
}

extension Range<Int> {
  fileprivate func divided(by divisor: Int) -> Range<Int> {
    lowerBound / divisor..<upperBound / divisor
  }
}
