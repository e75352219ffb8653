import BlitzCore
import BlitzModel
import Testing

@Suite struct KeymapTests {
  @Test func everyKeyIsBoundOnce() {
    var seen: Set<Key> = []
    for key in keymapTable.flatMap(\.keys) {
      #expect(seen.insert(key).inserted, "\(key) is bound twice")
    }
  }

  @Test func everyActionHasItsOwnName() {
    var seen: Set<String> = []
    for binding in keymapTable {
      #expect(seen.insert(binding.name).inserted, "\(binding.name) names two actions")
      #expect(!binding.summary.isEmpty)
    }
  }

  @Test func everyNameWorksOnTheCommandLine() {
    for binding in keymapTable {
      #expect(CommandLine.parse(binding.name) == .success(binding.action), "\(binding.name)")
    }
  }

  /// Terminals send the same byte for these pairs, so neither half may be bound apart.
  @Test func keysThatTerminalsConfuseAreNotBound() {
    for letter in ["i", "m", "[", "h"] as [Unicode.Scalar] {
      #expect(action(for: .control(letter)) == nil)
    }
  }

  @Test func keysAreSpeltForPeople() {
    #expect(Key(.right, .shift).description == "Shift-Right")
    #expect(Key.control("d").description == "Ctrl-D")
    #expect((" " as Key).description == "Space")
    #expect(("G" as Key).description == "G")
  }
}
