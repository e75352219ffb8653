import BlitzCore

extension MutableSpan<Float> {
  /// Scales samples of a stored type to 0...255 and truncates, as BLITZ does.
  ///
  /// The type's largest value becomes 255 and floats are taken to be 0...1, unless `white` says
  /// otherwise; what lies outside is clipped, NaN stays.
  mutating func scaleToEightBit(from type: SampleType, white: Float? = nil) {
    let top = white ?? type.eightBitTop
    guard top != 255 else { return }
    for i in indices {
      let scaled = (self[i] * 255 / top).rounded(.towardZero)
      self[i] = scaled < 0 ? 0 : scaled > 255 ? 255 : scaled
    }
  }

  /// Scales samples to their own 0...1; NaN and infinities take no part and stay.
  ///
  /// - Parameter constant: What a frame without any contrast becomes; nil leaves it as it is.
  mutating func normalize(constant: Float?) {
    var (low, high) = (Float.infinity, -Float.infinity)
    for i in indices where self[i].isFinite {
      low = Swift.min(low, self[i])
      high = Swift.max(high, self[i])
    }
    guard low <= high else { return }
    if low == high {
      guard let constant else { return }
      for i in indices where self[i].isFinite { self[i] = constant }
      return
    }
    // Halved, so that no difference of finite numbers overflows.
    let span = high / 2 - low / 2
    for i in indices where self[i].isFinite { self[i] = (self[i] / 2 - low / 2) / span }
  }
}

extension SampleType {
  /// The stored value that becomes 255.
  fileprivate var eightBitTop: Float {
    switch self {
    case .bool, .f16, .f32, .f64: 1
    case .u8: 255
    case .i8: 127
    case .u16: 65_535
    case .i16: 32_767
    case .u32: Float(UInt32.max)
    case .i32: Float(Int32.max)
    case .u64: Float(UInt64.max)
    case .i64: Float(Int64.max)
    }
  }
}
