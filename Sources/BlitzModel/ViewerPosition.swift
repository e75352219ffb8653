public import BlitzCore

/// Where a person was in a recording, and how it was shown: enough to go on another day.
public struct ViewerPosition: Equatable, Sendable {
  /// The source frame.
  public internal(set) var frame: Int
  /// The chosen range, in source frames.
  public internal(set) var range: FrameRange?
  /// Levels and colours.
  public internal(set) var display = Display()
  /// Which part of the frame was seen.
  public internal(set) var viewport = Viewport()
  /// The regions that were kept.
  public internal(set) var regions: [RegionOfInterest] = []

  /// Longest text; regions that would make it longer are left out.
  static let textLimit = 8000

  init(frame: Int) { self.frame = frame }

  /// The position as one line of words that `init(parsing:)` reads.
  public var text: String {
    var words = ["frame=\(frame)", "map=\(LookupTable.builtin[display.colorMap].name)"]
    if let range { words.append("range=\(range.text)") }
    if let levels = display.levels { words.append("levels=\(levels.darkest):\(levels.brightest)") }
    if let trim = display.trim { words.append("trim=\(trim)") }
    if display.isLocked { words.append("locked") }
    if display.isInverted { words.append("inverted") }
    words += ["transfer=\(display.transfer.rawValue)", "pooling=\(display.pooling.rawValue)"]
    if display.hasMarks { words.append("marked") }
    if let zoom = viewport.text { words.append("zoom=\(zoom)") }
    if let turn = viewport.orientation.text { words.append("turn=\(turn.filter { $0 != " " })") }
    var text = words.joined(separator: " ")
    for region in regions where text.utf8.count + region.text.utf8.count < Self.textLimit {
      text += " roi=\(region.text)"
    }
    return text
  }

  /// Reads a position; words that mean nothing are passed over. Nil without a frame.
  public init?(parsing text: String) {
    var words: [Substring: Substring] = [:]
    var regions: [RegionOfInterest] = []
    for word in text.prefix(2 * Self.textLimit).split(separator: " ") {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count == 2 ? parts[1] : ""
      if parts[0] == "roi" {
        if let region = try? RegionOfInterest(parsing: String(value)) { regions.append(region) }
      } else {
        words[parts[0]] = value
      }
    }
    guard let frame = words["frame"].flatMap({ Int($0) }), frame >= 0 else { return nil }
    (self.frame, self.regions) = (frame, regions)
    range = words["range"].flatMap(Self.range)
    viewport = words["zoom"].flatMap { Viewport(text: $0) } ?? Viewport()
    viewport.orientation = words["turn"].flatMap { Orientation(text: $0) } ?? Orientation()
    display = Display(words)
  }

  private static func range(_ text: Substring) -> FrameRange? {
    let numbers = text.split(separator: ":").compactMap { Int($0) }
    return numbers.count == 2 ? FrameRange(start: numbers[0], end: numbers[1]) : nil
  }
}

extension Display {
  /// What a remembered position says of levels and colours; the usual where it says nothing.
  fileprivate init(_ words: [Substring: Substring]) {
    self.init()
    let map = LookupTable.builtin.firstIndex { $0.name == words["map"] ?? "" }
    colorMap = map ?? 0
    let ends = words["levels"]?.split(separator: ":").compactMap { Double($0) } ?? []
    if ends.count == 2 { levels = LevelWindow(darkest: ends[0], brightest: ends[1]) }
    trim = words["trim"].flatMap { Double($0) }.flatMap { 0..<50 ~= $0 ? $0 : nil }
    isLocked = words["locked"] != nil && levels != nil
    isInverted = words["inverted"] != nil
    hasMarks = words["marked"] != nil
    transfer = words["transfer"].flatMap { Transfer(rawValue: String($0)) } ?? .linear
    pooling = words["pooling"].flatMap { Pooling(rawValue: String($0)) } ?? .area
  }
}
