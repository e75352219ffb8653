import BlitzCore

/// Two regions by their names, the second to be taken from the first.
public struct RegionPair: Hashable, Sendable {
  /// The names.
  public let first, second: String

  /// A pair; whether there are such regions is not checked.
  public init(_ first: String, _ second: String) { (self.first, self.second) = (first, second) }

  /// `A-B`.
  public var text: String { "\(first)-\(second)" }
}

/// What a difference amounts to at one frame.
public struct RegionDifference: Equatable, Sendable {
  /// The regions' own values.
  public let first, second: Double
  /// The first less the second.
  public var value: Double { first - second }
}

extension ViewerState {
  /// The regions whose difference is shown; nil when there is none, or one of them is gone.
  public var shownDifference: RegionPair? {
    guard let difference else { return nil }
    let names = visibleRegions.map(\.region.name)
    return names.contains(difference.first) && names.contains(difference.second) ? difference : nil
  }

  /// The difference at the current frame; nil while it is not measured.
  public var differenceHere: RegionDifference? {
    guard let pair = shownDifference,
      let first = board.trace(named: pair.first)?.frames[at: playback.position],
      let second = board.trace(named: pair.second)?.frames[at: playback.position]
    else { return nil }
    return RegionDifference(first: first[statistic], second: second[statistic])
  }

  /// Shows the difference of the last two points, or of the last two regions, or hides it again.
  mutating func toggleDifference() {
    guard shownDifference == nil else {
      difference = nil
      return
    }
    let points = regions.entries.filter { $0.region.isPoint }
    let two = (points.count >= 2 ? points : regions.entries).suffix(2).compactMap(\.region.name)
    guard two.count == 2 else {
      notice = PrintableText("a difference takes two regions; Y pins a pixel")
      return
    }
    showDifference(RegionPair(two[0], two[1]))
  }

  /// Shows the difference of two regions by name; nil hides it.
  mutating func showDifference(_ pair: RegionPair?) {
    difference = pair
    guard let pair else { return }
    if shownDifference == nil {
      notice = PrintableText("no regions \(pair.first) and \(pair.second); R lists them")
    }
    isTraceOpen = true
  }
}

extension RegionOfInterest {
  /// True for a single pixel.
  var isPoint: Bool { if case .point = outline { true } else { false } }
}

extension Array {
  /// The element at an index, or nil outside.
  fileprivate subscript<Wrapped>(at index: Int) -> Wrapped? where Element == Wrapped? {
    indices ~= index ? self[index] : nil
  }
}
