/// Colour to gray with the weights of ITU-R BT.601, in `Float` and unrounded.
public enum Luminance {
  /// 0.299 R + 0.587 G + 0.114 B; exactly R where all three are equal.
  @inline(__always)
  static func gray(red: Float, green: Float, blue: Float) -> Float {
    // The weights' Float sum is not exactly 1, so equal channels are chosen, not computed.
    let mixed = 0.299 * red + 0.587 * green + 0.114 * blue
    return red == green && green == blue ? red : mixed
  }

  /// Makes pixels gray.
  ///
  /// - Parameters:
  ///   - samples: Interleaved pixels of `channels` samples, at least as many pixels as `gray`.
  ///   - channels: 1 and 2 deliver the first sample, 3 and 4 the luminance of the first three;
  ///     what follows is alpha and is dropped.
  ///   - gray: One sample for each pixel.
  public static func gray(
    _ samples: Span<Float>, channels: Int, into gray: inout MutableSpan<Float>
  ) {
    precondition(samples.count >= gray.count * channels, "fewer pixels than asked for")
    switch channels {
    case 1: for i in gray.indices { gray[i] = samples[i] }
    case 2: for i in gray.indices { gray[i] = samples[2 &* i] }
    case 3: weigh(samples, stride: 3, into: &gray)
    default: weigh(samples, stride: channels, into: &gray)
    }
  }

  @inline(__always) private static func weigh(
    _ samples: Span<Float>, stride: Int, into gray: inout MutableSpan<Float>
  ) {
    for i in gray.indices {
      let first = i &* stride
      gray[i] = Self.gray(
        red: samples[first], green: samples[first &+ 1], blue: samples[first &+ 2])
    }
  }
}
