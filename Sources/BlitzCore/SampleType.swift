/// The type in which a file stores one sample; in memory samples are `Float`.
///
/// The raw value is the name used by `blitz info` and by NumPy without its byte order.
public enum SampleType: String, CaseIterable, Sendable {
  case bool
  case u8, i8, u16, i16, u32, i32, u64, i64
  case f16, f32, f64

  /// Bytes of one stored sample.
  public var byteCount: Int {
    switch self {
    case .bool, .u8, .i8: 1
    case .u16, .i16, .f16: 2
    case .u32, .i32, .f32: 4
    case .u64, .i64, .f64: 8
    }
  }

  /// True for whole-numbered types, `bool` included.
  public var isInteger: Bool {
    switch self {
    case .f16, .f32, .f64: false
    default: true
    }
  }

  /// True when `Float` may round a stored value: more than 24 significant bits.
  public var mayLoseDigits: Bool {
    switch self {
    case .u32, .i32, .u64, .i64, .f64: true
    default: false
    }
  }
}
