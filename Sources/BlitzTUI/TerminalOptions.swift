/// What a person asked of the terminal.
public struct TerminalOptions: Sendable {
  /// Colours to use; nil finds out.
  public var colors: ColorDepth?
  /// Height of a cell over its width; nil finds out.
  public var cellAspect: Double?
  /// The terminal device; nil is the controlling terminal. For tests.
  public var devicePath: String?

  /// Everything found out.
  public init(colors: ColorDepth? = nil, cellAspect: Double? = nil, devicePath: String? = nil) {
    (self.colors, self.cellAspect, self.devicePath) = (colors, cellAspect, devicePath)
  }
}
