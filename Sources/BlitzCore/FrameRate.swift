/// Frames per second as an exact fraction, such as 30000/1001.
public struct FrameRate: Equatable, Hashable, Sendable {
  /// Both positive, in lowest terms.
  public let numerator, denominator: Int

  /// Nil unless both are positive.
  public init?(_ numerator: Int, _ denominator: Int = 1) {
    guard numerator > 0, denominator > 0 else { return nil }
    var (a, b) = (numerator, denominator)
    while b != 0 { (a, b) = (b, a % b) }
    (self.numerator, self.denominator) = (numerator / a, denominator / a)
  }

  /// Reads `25`, `29.97` or `30000/1001`; nil for anything else or what exceeds 18 digits.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2, let top = Int(parts[0]), let bottom = Int(parts[1]) {
      self.init(top, bottom)
      return
    }
    let decimal = text.split(separator: ".", omittingEmptySubsequences: false)
    guard 1...2 ~= decimal.count, text.utf8.count <= 18,
      text.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x2e })
    else { return nil }
    let fraction = decimal.count == 2 ? String(decimal[1]) : ""
    guard let digits = Int(String(decimal[0]) + String(fraction)) else { return nil }
    self.init(digits, (0..<fraction.utf8.count).reduce(1) { scale, _ in scale * 10 })
  }

  /// Frames per second, rounded to `Double`.
  public var value: Double { Double(numerator) / Double(denominator) }

  /// When a frame starts, in seconds after frame 0.
  public func seconds(atFrame frame: Int) -> Double {
    Double(frame) * Double(denominator) / Double(numerator)
  }
}
