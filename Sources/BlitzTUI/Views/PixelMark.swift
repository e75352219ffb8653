public import BlitzCore

/// What is worth marking of a pixel: its value has no colour of its own.
public enum PixelMark: Sendable {
  /// Under the darkest level, over the brightest, or no number.
  case below, above, notANumber

  /// The mark of a pixel's samples; nil when all lie between the levels.
  public init?(_ samples: Span<Float>, _ levels: LevelWindow) {
    var (isBelow, isAbove) = (false, false)
    for i in samples.indices {
      if samples[i].isNaN {
        self = .notANumber
        return
      }
      isBelow = isBelow || Double(samples[i]) < levels.darkest
      isAbove = isAbove || Double(samples[i]) > levels.brightest
    }
    guard isBelow || isAbove else { return nil }
    self = isAbove ? .above : .below
  }

  /// `0xRRGGBB`: blue, orange and pink that colour-blind people tell apart (Okabe and Ito 2008).
  public var color: UInt32 {
    switch self {
    case .below: 0x0072B2
    case .above: 0xD55E00
    case .notANumber: 0xCC79A7
    }
  }

  /// What to draw: `color`; the nearest pure colours of sixteen; without colours dots, holes and
  /// stripes.
  func pixel(_ depth: ColorDepth, row: Int, column: Int) -> UInt32 {
    let color: UInt32 =
      switch depth {
      case .rgb, .palette256: color
      case .palette16:
        switch self {
        case .below: 0x0000EE
        case .above: 0xCDCD00
        case .notANumber: 0xCD00CD
        }
      case .mono, .ascii: isLit(row, column) ? 0xFFFFFF : 0
      }
    return color | ImagePatch.overlay
  }

  private func isLit(_ row: Int, _ column: Int) -> Bool {
    switch self {
    case .below: row.isMultiple(of: 4) && column.isMultiple(of: 4)
    case .above: !(row.isMultiple(of: 4) && column.isMultiple(of: 4))
    case .notANumber: (row + column) & 3 < 2
    }
  }
}
