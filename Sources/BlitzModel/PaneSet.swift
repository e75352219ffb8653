/// Panes beside the image.
public struct PaneSet: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt8

  /// Any combination of bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Statistics of regions over the stack, below the image.
  public static let trace = PaneSet(rawValue: 1)
  /// The row and the column through the crosshair, below and beside the image.
  public static let profiles = PaneSet(rawValue: 2)
  /// How the frame's values are distributed, with the levels.
  public static let histogram = PaneSet(rawValue: 4)
  /// What the colours are worth, within the image pane at its right.
  public static let colorBar = PaneSet(rawValue: 8)

  /// Every pane beside the image, in the order in which they give way when the screen is small.
  public static let foldingOrder: [PaneSet] = [.histogram, .profiles, .trace]
}
