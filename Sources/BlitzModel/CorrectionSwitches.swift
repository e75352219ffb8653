public import BlitzCore

/// The two corrections that are set, each of which can be on or off, and the mask.
public struct CorrectionSwitches: Equatable, Sendable {
  /// Which of the two.
  public enum Side: Hashable, Sendable { case subtract, divide }

  /// What is set, whether on or off.
  public private(set) var set: Corrections
  /// True while frames are corrected by it.
  public private(set) var subtracts, divides: Bool

  /// Corrections that are all on.
  init(_ corrections: Corrections = Corrections()) {
    set = corrections
    (subtracts, divides) = (corrections.subtract != nil, corrections.divide != nil)
  }

  /// What frames are corrected by now.
  public var active: Corrections {
    Corrections(
      subtract: subtracts ? set.subtract : nil, divide: divides ? set.divide : nil,
      mask: set.mask)
  }

  /// How the status spells what is on: `-mean 0:50`, `/file flat.tif`, `mask rect 8,8,20,10`.
  public var text: String? {
    guard subtracts || divides || set.mask != nil else { return nil }
    let words = [
      active.subtract.map { "-" + Self.spelling($0.text) },
      active.divide.map { "/" + Self.spelling($0.text) },
      active.mask.map { "mask " + Self.spelling($0.text) },
    ].compactMap(\.self)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  func correction(_ side: Side) -> Correction? { set[side] }

  /// Sets one side and switches it on; nil takes it away.
  mutating func set(_ side: Side, to correction: Correction?) {
    if side == .subtract {
      (set.subtract, subtracts) = (correction, correction != nil)
    } else {
      (set.divide, divides) = (correction, correction != nil)
    }
  }

  mutating func mask(_ mask: FrameMask?) { set.mask = mask }

  mutating func toggle(_ side: Side) {
    if side == .subtract { subtracts.toggle() } else { divides.toggle() }
  }

  /// The command line's spelling with a space for the first colon.
  private static func spelling(_ text: String) -> String {
    text.split(separator: ":", maxSplits: 1).joined(separator: " ")
  }
}

extension Corrections {
  /// The correction of a side.
  subscript(side: CorrectionSwitches.Side) -> Correction? {
    side == .subtract ? subtract : divide
  }
}
