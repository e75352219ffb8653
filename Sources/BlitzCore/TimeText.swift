extension Double {
  /// Appends seconds as people read them: `50 µs`, `406.15 ms`, `12.5 s`, to six significant digits.
  ///
  /// Takes no memory from the heap where the text has room.
  public func writeTime(to text: inout String) {
    let (factor, unit) = Self.timeUnit(magnitude)
    text += (self * factor).text()
    text += unit
  }

  private static func timeUnit(_ seconds: Double) -> (factor: Double, unit: String) {
    switch seconds {
    case 0: (1, " s")
    case ..<1e-3: (1e6, " \u{B5}s")
    case ..<1: (1e3, " ms")
    default: (1, " s")
    }
  }
}
