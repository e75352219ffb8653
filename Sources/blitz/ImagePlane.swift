import BlitzCore
import BlitzKernels
import BlitzModel

/// One image of samples: a frame, a projection.
struct ImagePlane {
  let rows, columns, channels: Int
  /// Row-major, channels interleaved.
  let samples: [Float]

  /// A frame of a stack, copied.
  ///
  /// - Throws: What reading throws; a damaged frame is all NaN.
  init(frame: Int, of stack: any SampleSource) throws(BlitzError) {
    (rows, columns, channels) = (stack.shape.rows, stack.shape.columns, stack.shape.channels)
    samples = try stack.withFrame(frame, scratch: BandScratch()) { span in
      span.indices.map { span[$0] }
    }
  }

  /// Samples of a stack's frame size.
  init(_ samples: [Float], like shape: StackShape) {
    (rows, columns, channels) = (shape.rows, shape.columns, shape.channels)
    self.samples = samples
  }

  /// The same image, gray.
  var luma: [Float] {
    guard channels > 1 else { return samples }
    var gray = [Float](repeating: 0, count: rows * columns)
    var target = gray.mutableSpan
    Luminance.gray(samples.span, channels: channels, into: &target)
    return gray
  }

  /// The image as it lies on a screen that turns it.
  func turned(_ orientation: Orientation) -> ImagePlane {
    guard orientation != Orientation() else { return self }
    let size = orientation.exchanged((columns, rows))
    var turned: [Float] = []
    turned.reserveCapacity(samples.count)
    for row in 0..<size.1 {
      for column in 0..<size.0 {
        let place = orientation.upright(column: column, row: row, of: (size.0, size.1))
        let first = (place.row * columns + place.column) * channels
        turned += samples[first..<first + channels]
      }
    }
    return ImagePlane(turned, rows: size.1, columns: size.0, channels: channels)
  }

  private init(_ samples: [Float], rows: Int, columns: Int, channels: Int) {
    (self.rows, self.columns, self.channels) = (rows, columns, channels)
    self.samples = samples
  }

  /// Largest code when every sample is a natural number up to 65535, as an image file holds it.
  var largestCode: Int? {
    var largest: Float = 0
    for sample in samples {
      guard sample >= 0, sample <= 65535, sample == sample.rounded() else { return nil }
      largest = max(largest, sample)
    }
    return Int(largest)
  }
}
