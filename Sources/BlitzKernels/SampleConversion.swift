public import BlitzCore

/// Stored samples to `Float`, as they are: nothing is rescaled.
///
/// Integers beyond 2^24 and doubles are rounded to the nearest `Float`.
public enum SampleConversion {
  /// Converts as many samples as `samples` holds.
  ///
  /// - Parameters:
  ///   - bytes: The stored samples without padding, at any alignment; at least
  ///     `samples.count * type.byteCount` bytes.
  ///   - type: How one is stored; a `bool` is 1 for any byte but 0.
  ///   - isSwapped: True when the bytes of a sample stand in the other order than this machine's.
  ///   - luma: How samples, then codes of `u8` or `u16` in this machine's order, are expanded; nil for as
  ///     they are.
  /// - Complexity: One pass, vectorised for 8, 16 and 32 bits.
  public static func convert(
    _ bytes: Span<UInt8>, type: SampleType, isSwapped: Bool = false, luma: LimitedLuma? = nil,
    into samples: inout MutableSpan<Float>
  ) {
    precondition(bytes.count >= samples.count * type.byteCount, "too few bytes for the samples")
    if let luma {
      if type == .u8 {
        each(bytes, into: &samples) { (code: UInt8) in luma.expanded(Float(code)) }
      } else {
        each(bytes, into: &samples) { (code: UInt16) in luma.expanded(Float(code)) }
      }
      return
    }
    switch type {
    case .bool: each(bytes, into: &samples) { (code: UInt8) in code == 0 ? 0 : 1 }
    case .u8: each(bytes, into: &samples) { (code: UInt8) in Float(code) }
    case .i8: each(bytes, into: &samples) { (code: UInt8) in Float(Int8(bitPattern: code)) }
    case .u16: ordered(bytes, isSwapped, into: &samples) { (code: UInt16) in Float(code) }
    case .i16:
      ordered(bytes, isSwapped, into: &samples) { (code: UInt16) in Float(Int16(bitPattern: code)) }
    case .u32: ordered(bytes, isSwapped, into: &samples) { (code: UInt32) in Float(code) }
    case .i32:
      ordered(bytes, isSwapped, into: &samples) { (code: UInt32) in Float(Int32(bitPattern: code)) }
    case .u64: ordered(bytes, isSwapped, into: &samples) { (code: UInt64) in Float(code) }
    case .i64:
      ordered(bytes, isSwapped, into: &samples) { (code: UInt64) in Float(Int64(bitPattern: code)) }
    case .f16: ordered(bytes, isSwapped, into: &samples, halfPrecision)
    case .f32:
      ordered(bytes, isSwapped, into: &samples) { (code: UInt32) in Float(bitPattern: code) }
    case .f64:
      ordered(bytes, isSwapped, into: &samples) { (code: UInt64) in
        Float(Double(bitPattern: code))
      }
    }
  }

  /// How many samples beyond 2^24 lose digits when they become `Float`; 0 for types of up to 24 bits.
  ///
  /// - Parameters: As for `convert`, of all whole samples in `bytes`.
  public static func lostDigits(
    _ bytes: Span<UInt8>, type: SampleType, isSwapped: Bool = false
  ) -> Int {
    switch type {
    case .u32: count(bytes, isSwapped) { (code: UInt32) in UInt32(exactly: Float(code)) != code }
    case .i32:
      count(bytes, isSwapped) { (code: UInt32) in
        let value = Int32(bitPattern: code)
        return Int32(exactly: Float(value)) != value
      }
    case .u64: count(bytes, isSwapped) { (code: UInt64) in UInt64(exactly: Float(code)) != code }
    case .i64:
      count(bytes, isSwapped) { (code: UInt64) in
        let value = Int64(bitPattern: code)
        return Int64(exactly: Float(value)) != value
      }
    case .f64:
      count(bytes, isSwapped) { (code: UInt64) in
        let value = Double(bitPattern: code)
        return value.magnitude > 0x1p24 && Double(Float(value)) != value
      }
    case .bool, .u8, .i8, .u16, .i16, .f16, .f32: 0
    }
  }

  @inline(__always) private static func count<Code: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: Span<UInt8>, _ isSwapped: Bool, _ isLost: (Code) -> Bool
  ) -> Int {
    let raw = unsafe bytes.bytes
    var lost = 0
    for i in 0..<bytes.count / MemoryLayout<Code>.size {
      // Below `bytes.count`, at any alignment, and any bits are a code.
      let code = unsafe raw.unsafeLoadUnaligned(
        fromUncheckedByteOffset: i &* MemoryLayout<Code>.size, as: Code.self)
      if isLost(isSwapped ? code.byteSwapped : code) { lost += 1 }
    }
    return lost
  }

  /// The value of an IEEE 754 half. Shifted into place as a `Float` its exponent is 112 too small,
  /// which one exact multiplication mends, denormals included.
  @inline(__always) private static func halfPrecision(_ code: UInt16) -> Float {
    let sign = UInt32(code & 0x8000) << 16
    let magnitude = UInt32(code & 0x7fff) << 13
    let special: UInt32 = magnitude >= 0x7c00 << 13 ? 0x7f80_0000 : 0
    let scaled = Float(bitPattern: magnitude) * 0x1p112
    return Float(bitPattern: scaled.bitPattern | special | sign)
  }

  @inline(__always) private static func ordered<Code: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: Span<UInt8>, _ isSwapped: Bool, into samples: inout MutableSpan<Float>,
    _ value: (Code) -> Float
  ) {
    if isSwapped {
      each(bytes, into: &samples) { (code: Code) in value(code.byteSwapped) }
    } else {
      each(bytes, into: &samples, value)
    }
  }

  /// Sound because the caller has checked that `bytes` holds every code, at any alignment.
  @inline(__always) private static func each<Code: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: Span<UInt8>, into samples: inout MutableSpan<Float>, _ value: (Code) -> Float
  ) {
    let raw = unsafe bytes.bytes
    for i in samples.indices {
      let code = unsafe raw.unsafeLoadUnaligned(
        fromUncheckedByteOffset: i &* MemoryLayout<Code>.size, as: Code.self)
      samples[i] = value(code)
    }
  }
}
