import BlitzCore
import BlitzKernels

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
