/// An action as the palette lists it.
public struct PaletteEntry: Equatable, Sendable {
  /// What it is called, the keys that do it, and one line on what it does.
  public var name, keys, summary: String

  /// An entry.
  public init(name: String, keys: String, summary: String) {
    (self.name, self.keys, self.summary) = (name, keys, summary)
  }
}

/// An entry that matches what was typed.
public struct PaletteMatch: Equatable, Sendable {
  /// Which entry.
  public let entry: Int
  /// The letters of its name that match, as offsets in characters; none when the summary matched.
  public let letters: [Int]
}

/// The entries that match a query, best first; between equals the earlier one.
///
/// A name matches when it has the query's letters in order, whatever their case; letters that follow
/// each other or begin a word count more, gaps and long names less. Behind all of these come entries
/// whose summary has the query as it stands. Spaces are ignored, and an empty query matches all.
public func paletteMatches(_ query: String, in entries: [PaletteEntry]) -> [PaletteMatch] {
  let wanted = Array(query.lowercased().filter { $0 != " " })
  guard !wanted.isEmpty else { return entries.indices.map { PaletteMatch(entry: $0, letters: []) } }
  let phrase = query.lowercased()
  let found = entries.indices.compactMap { index -> (score: Int, match: PaletteMatch)? in
    if let fit = NameFit(Array(entries[index].name.lowercased()), wanted) {
      return (fit.score, PaletteMatch(entry: index, letters: fit.letters))
    }
    guard entries[index].summary.lowercased().contains(phrase) else { return nil }
    return (.min, PaletteMatch(entry: index, letters: []))
  }
  return found.sorted { ($1.score, $0.match.entry) < ($0.score, $1.match.entry) }.map(\.match)
}

/// The best way to find some letters in a name.
private struct NameFit {
  private(set) var score: Int
  private(set) var letters: [Int] = []

  /// Nil when the letters are not there in order. O(wanted x name²).
  init?(_ name: [Character], _ wanted: [Character]) {
    // What the best way is worth that ends with the wanted letter on a place, and where it came from.
    var worth = [Int?](repeating: 0, count: name.count)
    var origins: [[Int]] = []
    for (turn, letter) in wanted.enumerated() {
      var next = [Int?](repeating: nil, count: name.count)
      var origin = [Int](repeating: -1, count: name.count)
      for place in name.indices where name[place] == letter {
        let value = Self.value(of: place, in: name)
        if turn == 0 {
          next[place] = value - min(place, 3)
          continue
        }
        for before in 0..<place {
          guard let base = worth[before] else { continue }
          let sum = base + value + (before == place - 1 ? 5 : -min(place - before - 1, 3))
          if sum > next[place] ?? .min { (next[place], origin[place]) = (sum, before) }
        }
      }
      worth = next
      origins.append(origin)
    }
    let ends = name.indices.filter { worth[$0] != nil }
    guard let end = ends.max(by: { (worth[$0] ?? 0) < (worth[$1] ?? 0) }) else { return nil }
    // Of equal fits the one in the shorter name.
    score = 64 * (worth[end] ?? 0) - min(name.count, 63)
    var place = end
    for origin in origins.reversed() {
      letters.insert(place, at: 0)
      place = origin[place]
    }
  }

  private static func value(of place: Int, in name: [Character]) -> Int {
    place == 0 || !(name[place - 1].isLetter || name[place - 1].isNumber) ? 7 : 1
  }
}
