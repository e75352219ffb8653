/// Luma of video that runs from 16 to 235, times a power of two, as ITU-R BT.601 and BT.709 define it.
public struct LimitedLuma: Equatable, Sendable {
  private let black: Float
  private let range: Float
  private let top: Float

  /// Luma of so many significant bits, 8 to 16.
  public init(bits: Int) {
    let unit = Float(1 << (bits - 8))
    (black, range, top) = (16 * unit, 219 * unit, Float(1 << bits) - 1)
  }

  /// (Y - black) * top / range: black becomes 0 and white the largest code. Beyond them it is clipped;
  /// nothing is rounded but the quotient, once, to `Float`.
  @inline(__always) func expanded(_ code: Float) -> Float {
    let value = (code - black) * top / range
    let above = value > 0 ? value : 0
    return above < top ? above : top
  }
}
