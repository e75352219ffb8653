import BlitzModel
import BlitzTestSupport
import Testing

@Suite struct PaletteFilterTests {
  private func names(_ query: String, _ names: [String]) -> [String] {
    let entries = names.map { PaletteEntry(name: $0, keys: "", summary: "") }
    return paletteMatches(query, in: entries).map { names[$0.entry] }
  }

  @Test func anEmptyQueryKeepsAllInOrder() {
    #expect(names("", ["b", "a", "c"]) == ["b", "a", "c"])
    #expect(names("  ", ["b", "a"]) == ["b", "a"])
  }

  @Test func wordStartsAndRunsComeFirst() {
    #expect(names("nf", ["confine", "next-frame", "nf"]) == ["nf", "next-frame", "confine"])
    #expect(names("zoom", ["z-o-o-m-x", "zoom-in", "a-zoom"]).first == "zoom-in")
    #expect(
      names("LEV", ["auto-levels", "leave-x", "level"]) == ["level", "auto-levels", "leave-x"])
  }

  @Test func lettersThatMatchAreTold() {
    let entries = [PaletteEntry(name: "next-frame", keys: "", summary: "")]
    #expect(paletteMatches("n f", in: entries).first?.letters == [0, 5])
    #expect(paletteMatches("fra", in: entries).first?.letters == [5, 6, 7])
    #expect(paletteMatches("framen", in: entries).isEmpty)
  }

  @Test func summariesMatchLast() {
    let entries = [
      PaletteEntry(name: "invert", keys: "!", summary: "invert the colour map"),
      PaletteEntry(name: "colours", keys: "", summary: ""),
    ]
    #expect(paletteMatches("colour", in: entries).map(\.entry) == [1, 0])
    #expect(paletteMatches("colour map", in: entries).map(\.entry) == [0])
  }

  @Test func everyMatchIsASubsequenceAndNoneIsMissed() {
    var random = SeededRandom(seed: 23)
    func word(_ length: Int) -> String {
      String((0..<length).map { _ in "ab-c".randomElement(using: &random) ?? "a" })
    }
    for _ in 0..<300 {
      let entries = (0..<12).map { _ in
        PaletteEntry(name: word(Int.random(in: 0...9, using: &random)), keys: "", summary: "")
      }
      let query = word(Int.random(in: 1...4, using: &random))
      let matches = paletteMatches(query, in: entries)
      for match in matches {
        let name = Array(entries[match.entry].name)
        #expect(match.letters == match.letters.sorted() && Set(match.letters).count == query.count)
        #expect(String(match.letters.map { name[$0] }) == query)
      }
      let expected = entries.indices.filter { isSubsequence(query, of: entries[$0].name) }
      #expect(Set(matches.map(\.entry)) == Set(expected))
    }
  }

  private func isSubsequence(_ query: String, of name: String) -> Bool {
    var rest = query[...]
    for letter in name where letter == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }
}
