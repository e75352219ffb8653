/// How exactly frames are sent; each rung needs fewer bytes than the one before.
///
/// Below the exact one, levels (indices of the colour map) are what loses precision, never colours, and
/// a level within the dead band of the one last sent is not sent again. The error of a pixel is
/// therefore bounded by `deadBand`, in levels of 256.
public enum Rung: Int, CaseIterable, Comparable, Sendable {
  /// Every colour as wanted.
  case exact
  /// All levels, dead band 2.
  case steady
  /// 64 levels, dead band 4.
  case fine
  /// 32 levels, dead band 9.
  case coarse
  /// As coarse, in the 256-colour palette without dither.
  case palette
  /// As palette, at half the frame rate.
  case halfRate

  /// Which of two is more exact: the smaller.
  public static func < (a: Rung, b: Rung) -> Bool { a.rawValue < b.rawValue }

  /// Largest difference of levels that is not worth sending.
  var deadBand: UInt8 {
    switch self {
    case .exact: 0
    case .steady: 2
    case .fine: 4
    case .coarse, .palette, .halfRate: 9
    }
  }

  /// Bits of a level that are dropped.
  private var droppedBits: UInt8 {
    switch self {
    case .exact, .steady: 0
    case .fine: 2
    case .coarse, .palette, .halfRate: 3
    }
  }

  /// The level sent for one wanted: the middle of its step, with both ends of the scale kept.
  func quantized(_ level: UInt8) -> UInt8 {
    guard droppedBits > 0 else { return level }
    let step = level >> droppedBits
    let steps = 255 >> droppedBits
    return UInt8((UInt16(step) * 255 + UInt16(steps) / 2) / UInt16(steps))
  }

  /// The colour sent for one wanted when there are no levels: the one last sent while every channel lies
  /// within the dead band of it.
  func quantized(color: UInt32, sent: UInt32) -> UInt32 {
    var result: UInt32 = 0
    var isNear = true
    for shift: UInt32 in stride(from: 0, through: 16, by: 8) {
      let channel = UInt8(truncatingIfNeeded: color >> shift)
      let old = UInt8(truncatingIfNeeded: sent >> shift)
      isNear = isNear && max(channel, old) - min(channel, old) <= deadBand
      result |= UInt32(quantized(channel)) << shift
    }
    return isNear ? sent & 0xFF_FFFF : result
  }

  /// The colour depth to send with on a terminal of `depth`.
  func depth(on depth: ColorDepth) -> ColorDepth {
    self >= .palette && depth == .rgb ? .palette256 : depth
  }
}
