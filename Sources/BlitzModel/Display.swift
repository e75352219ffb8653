public import BlitzCore

/// How samples become colours.
public struct Display: Equatable, Sendable {
  /// How values between the levels are spread over the colour map.
  public enum Transfer: String, CaseIterable, Sendable { case linear, log, sqrt, gamma }

  /// How several source pixels become one screen pixel.
  public enum Pooling: String, CaseIterable, Sendable {
    /// Area average.
    case area
    /// Largest value, so that a single bright pixel survives.
    case max
    /// One source pixel, untouched.
    case nearest
  }

  /// Per cent left out at each end by `a`, in the order it takes them.
  static let trims = [0.0, 1.0, 2.0]

  /// The level window; nil until the first frame has been measured.
  public internal(set) var levels: LevelWindow?
  /// Per cent trimmed at each end by the last fit; nil when levels were typed.
  public internal(set) var trim: Double? = 1
  /// True when nothing but the person changes the levels.
  public internal(set) var isLocked = false
  /// Index into the built-in colour maps.
  public internal(set) var colorMap = 0
  /// True when the colour map runs backwards.
  public internal(set) var isInverted = false
  /// How values are spread over the colour map.
  public internal(set) var transfer = Transfer.linear
  /// True when pixels are marked that lie beyond the levels or are no number.
  public internal(set) var hasMarks = false
  /// How source pixels are gathered.
  public internal(set) var pooling = Pooling.area

  /// Levels to be fitted with a trim in per cent at each end.
  public init(trim: Double = 1, colorMap: Int = 0, pooling: Pooling = .area) {
    (self.trim, self.colorMap, self.pooling) = (trim, colorMap, pooling)
  }

  /// Levels as given.
  public init(levels: LevelWindow, colorMap: Int = 0, pooling: Pooling = .area) {
    (self.levels, trim) = (levels, nil)
    (self.colorMap, self.pooling) = (colorMap, pooling)
  }

  mutating func nextTrim() {
    let index = trim.flatMap { Self.trims.firstIndex(of: $0) }
    trim = Self.trims[((index ?? -1) + 1) % Self.trims.count]
  }
}

extension CaseIterable where Self: Equatable, AllCases.Index == Int {
  /// The case after this one, the first after the last.
  var next: Self {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }
}
