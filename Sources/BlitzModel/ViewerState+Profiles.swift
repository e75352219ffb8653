import BlitzCore

extension ViewerState {
  /// Widths that a key goes through; any other can be typed.
  private static let widths = [1, 3, 5, 9, 15, 31]

  mutating func changeProfiles(_ action: Action, count: Int?) {
    switch action {
    case .nextProfileWidth:
      profileWidth =
        count.map(Self.allowed) ?? Self.widths.first { $0 > profileWidth } ?? Self.widths[0]
    case .setProfileWidth(let width): profileWidth = Self.allowed(width)
    case .nextEnvelope: envelope = envelope.next
    case .setEnvelope(let wanted): envelope = wanted
    default: break
    }
    if crosshair == nil { notice = PrintableText("c shows the profiles through the crosshair") }
  }

  private static func allowed(_ width: Int) -> Int { min(max(width, 1), 1 << 20) }
}
