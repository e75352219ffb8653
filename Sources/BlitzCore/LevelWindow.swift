/// The sample values shown as darkest and brightest.
public struct LevelWindow: Equatable, Hashable, Sendable {
  /// Values at the two ends, finite, in sample units; equal ends are allowed and show a step.
  public let darkest, brightest: Double

  /// Nil unless both are finite and in order.
  public init?(darkest: Double, brightest: Double) {
    guard darkest.isFinite, brightest.isFinite, darkest <= brightest else { return nil }
    (self.darkest, self.brightest) = (darkest, brightest)
  }

  private init(unchecked darkest: Double, _ brightest: Double) {
    (self.darkest, self.brightest) = (darkest, brightest)
  }

  /// 0 to 1, used when a frame has no finite sample.
  public static let unit = LevelWindow(unchecked: 0, 1)
}
