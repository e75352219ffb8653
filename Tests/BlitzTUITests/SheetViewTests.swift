import BlitzCore
import BlitzModel
import BlitzTUI
import Testing

/// The sheets that take keys, as the screen shows them.
@Suite struct SheetViewTests {
  private static let sizes = [(24, 80), (48, 160), (12, 40), (6, 20), (10, 30)]

  private let files = FileList(
    (0..<101).map { place in
      FileList.Entry(
        name: PrintableText("IMG\(place).png"), frame: place == 50 ? nil : place,
        fault: place == 50 ? PrintableText("other size") : nil)
    })

  private func samples(_ keys: Key..., rows: Int, columns: Int) throws -> ViewSamples {
    var samples = try ViewSamples(rows: rows, columns: columns)
    for key in keys { samples.send(.key(key)) }
    samples.send(.files(files))
    return samples
  }

  @Test func theMenuNamesWhatCanBeSaved() throws {
    let lines = try samples("E", Key(.down), rows: 12, columns: 70).grid(rows: 12, columns: 70)
      .lines
    #expect(lines[2].contains("│ picture         shot_0413-0.png"))
    #expect(lines[3].contains("│ frame           shot_0413-0.npy"))
    #expect(lines[4].contains("│ projection      no projection is shown; M S N X D show one"))
    #expect(lines[8].contains(" Enter asks for the name  Esc ─┘"))
  }

  @Test func thePanelSpellsBothSides() throws {
    let grid = try samples("b", "O", Key(.down), Key(.down), rows: 16, columns: 80)
      .grid(rows: 16, columns: 80)
    let lines = grid.lines.map { $0.filter { $0 != "#" && $0 != " " } }
    #expect(
      Array(lines[2...11]) == [
        "│[x]subtractmean:0:100│", "│sourcerangeofframes│", "│statisticmean│", "│frames0:100│",
        "│amount100%│", "│[]dividenone│", "│sourcerangeofframes│", "│statisticmean│",
        "│frames0:100│", "│amount100%│",
      ])
    #expect(grid.lines[12].contains("Left Right change  Enter types  Space on/off  x none  Esc"))
    let column = try #require(grid.lines[4].unicodeScalars.map { $0 }.firstIndex(of: "s"))
    #expect(grid[4, column].style.attributes.contains(.reverse))
  }

  @Test func aFaultStandsBesideItsFile() throws {
    var samples = try samples(rows: 16, columns: 80)
    samples.type(":subtract file:dark.tif")
    samples.send(.key(Key(.enter)))
    samples.send(
      .correctionRefused(
        CorrectionFault(
          .side(.subtract), of: samples.state.corrections.active,
          reason: PrintableText("no such file"))))
    samples.type("O")
    let lines = samples.grid(rows: 16, columns: 80).lines
    #expect(lines.contains { $0.contains("    file       dark.tif  ! no such file") })
    #expect(lines.contains { $0.contains("[ ] subtract   file:dark.tif") })
  }

  @Test func filesShowFrameNameAndFault() throws {
    let lines = try samples("f", rows: 12, columns: 60).grid(rows: 12, columns: 60).lines
    #expect(lines[1].hasPrefix("┌ files ─"))
    #expect(lines[2].hasPrefix("│ >"))
    #expect(lines[3].hasPrefix("│ >    0  IMG0.png"))
    #expect(lines[4].hasPrefix("│      1  IMG1.png"))
    #expect(lines[9].hasSuffix(" 101 of 101, 1 faulty ─┘"))
    var narrowed = try samples("f", rows: 12, columns: 60)
    for scalar in "size".unicodeScalars { narrowed.send(.key(.character(scalar))) }
    let grid = narrowed.grid(rows: 12, columns: 60)
    #expect(grid.lines[3].hasPrefix("│      -  IMG50.png  skipped: other size"))
    #expect(grid.cursor?.row == 2 && grid.cursor?.column == 8)
  }

  @Test func thePaletteListsEveryAction() throws {
    let lines = try samples(.control("p"), rows: 12, columns: 80).grid(rows: 12, columns: 80).lines
    #expect(lines[1].hasPrefix("┌ actions ─"))
    #expect(lines[3].hasPrefix("│ next-frame             next frame"))
    #expect(lines[9].hasSuffix(" \(Palette.entries.count) of \(Palette.entries.count) ─┘"))
  }

  @Test func aNoteStandsAboveThePrompt() throws {
    var samples = try samples(rows: 12, columns: 60)
    samples.type(":colormap v")
    samples.send(.key(Key(.backspace)))
    samples.send(.key(Key(.tab)))
    let grid = samples.grid(rows: 12, columns: 60)
    #expect(grid.lines[10].hasPrefix(" gray  viridis  inferno"))
    #expect(grid.lines[11] == ":colormap")
    #expect(grid.cursor?.column == 10)
  }

  @Test func aNameIsAskedForWithItsQuestion() throws {
    let grid = try samples("s", rows: 12, columns: 60).grid(rows: 12, columns: 60)
    #expect(grid.lines[11] == "save picture as: shot_0413-0.png")
    #expect(grid.cursor?.column == 32)
    let narrow = try samples("s", rows: 6, columns: 20).grid(rows: 6, columns: 20)
    #expect(narrow.lines[5].hasPrefix("save pictu") && narrow.lines[5].hasSuffix("0.png"))
  }

  @Test(arguments: sizes)
  func everySheetStaysInTheImage(rows: Int, columns: Int) throws {
    for key in ["E", "O", "f", Key.control("p")] as [Key] {
      var samples = try samples(key, rows: rows, columns: columns)
      for _ in 0..<120 {
        let grid = samples.grid(rows: rows, columns: columns)
        #expect(grid.lines[rows - 1].contains("frame 0 of 100"), "\(key)")
        #expect(grid.lines[0].hasPrefix(" blitz"))
        let hasChoice = (1..<rows - 2).contains { row in
          (0..<columns).contains { grid[row, $0].style.attributes.contains(.reverse) }
        }
        #expect(hasChoice || rows < 7, "\(key) \(samples.state.overlayRow)")
        samples.send(.key(Key(.down)))
      }
    }
  }

  /// Text goes on below itself, or below what it is about; a value that is cut stands under its list.
  @Test func nothingIsCutOnANarrowScreen() throws {
    func words(_ keys: Key..., rows: Int) throws -> String {
      var samples = try ViewSamples(rows: rows, columns: 40)
      for key in keys { samples.send(.key(key)) }
      let text = samples.grid(rows: rows, columns: 40).lines.joined(separator: " ")
      let kept = text.map { "│┌┐└┘─#".contains($0) ? " " : $0 }
      return String(kept).split(separator: " ").joined(separator: " ")
    }
    let help = try words("?", rows: 500)
    for binding in keymapTable { #expect(help.contains(binding.summary), "\(binding.summary)") }
    for command in commandTable { #expect(help.contains(command.summary)) }
    let menu = try words("E", Key(.down), Key(.down), rows: 12)
    #expect(menu.contains("no projection is shown; M S N X D show one"))
    #expect(try words("I", rows: 14).contains("0 damaged, 0 skipped"))
  }

  @Test func whatIsToldAndDoesNotFitHasLinesOfItsOwn() throws {
    var samples = try samples(rows: 6, columns: 40)
    samples.send(.notice(PrintableText("saved a-name-that-is-longer-than-the-line.png")))
    let lines = samples.grid(rows: 6, columns: 40).lines
    #expect(lines[3] == " saved a-name-that-is-longer-than-the-l")
    #expect(lines[4] == " ine.png")
    #expect(lines[5].hasPrefix(" frame 0 of 100"))
  }
}
