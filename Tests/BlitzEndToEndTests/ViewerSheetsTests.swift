import BlitzTestSupport
import Glibc
import Testing

/// Palette, panel, file list and the remembered position, by keys.
@Suite struct ViewerSheetsTests {
  private let recording = SampleRecording(frames: 40)
  private let home = TemporaryFolder()

  private func open(_ path: String? = nil, _ environment: [String: String?] = [:]) throws
    -> TmuxScreen
  {
    let variables = environment.map { " \($0)='\($1 ?? "")'" }.joined()
    let screen = try TmuxScreen(
      columns: 100, rows: 30,
      running: "env\(variables) '\(Built.blitz)' '\(path ?? recording.path)'; echo left $?")
    try screen.waitFor("loaded recording") {
      $0.contains("frame 0 of ") && $0.contains("levels ") && !$0.contains("loading")
    }
    return screen
  }

  @Test func thePalettePerformsWhatIsTyped() throws {
    let screen = try open()
    try screen.press("C-p")
    try screen.waitFor("actions")
    try screen.type("last-fr")
    try screen.waitFor(" 1 of ")
    try screen.press("Enter")
    try screen.waitFor("frame 39 of 40")
    try screen.press("C-p")
    try screen.type("magma")
    try screen.press("Enter")
    try screen.waitFor("magma")
  }

  @Test func thePanelGivesThePixelsOfTheCommandLine() throws {
    let panel = try open()
    try panel.type("10gi29goO ")
    try panel.waitFor("[x] subtract")
    try panel.press("Down", "Down", "Down", "Down", "Enter", "C-u")
    try panel.type("50")
    try panel.press("Enter")
    try panel.waitFor("subtract  mean:10:30@50%") { $0.contains("mean:10:30@50%") }
    try panel.type("O")
    try panel.waitFor("-mean 10:30@50%")
    let line = try open()
    try line.type("10gi29go:subtract mean:10:30@50%")
    try line.press("Enter")
    try line.waitFor("-mean 10:30@50%")
    #expect(try panel.settledPixels() == line.settledPixels())
  }

  @Test func aFileThatIsMissingIsSaidAndTheFrameStays() throws {
    let screen = try open()
    try screen.type("O")
    try screen.press("Down", "Right", "Down", "Enter")
    try screen.type("/nonexistent/dark.tif")
    try screen.press("Enter")
    try screen.waitFor("/nonexistent/dark.tif  ! no such file")
    try screen.waitFor("switched off") { $0.contains("[ ] subtract") }
    try screen.type("O5g")
    try screen.waitFor("frame 5 of 40")
    try screen.waitFor("shown") { !$0.contains("loading") && !$0.contains("not loaded") }
  }

  @Test func theFileListJumpsAndMarksDamage() throws {
    let path = recording.path
    let whole = readFile("\(path)/frame7.png")
    recording.folder.write(Array(whole.prefix(whole.count * 2 / 3)), to: "shot/frame7.png")
    let screen = try open()
    try screen.type("f")
    try screen.waitFor("frame7.png  damaged: ")
    try screen.type("frame33")
    try screen.waitFor(" 1 of 40, 1 faulty")
    try screen.press("Enter")
    try screen.waitFor("frame 33 of 40")
  }

  @Test func qRemembersAndTheNextVisitOffers() throws {
    let first = try open(nil, ["XDG_STATE_HOME": home.path])
    try first.type("10gi29go25gC")
    try first.waitFor("viridis")
    try first.type("Q")
    try first.waitFor("left 0")
    let second = try open(nil, ["XDG_STATE_HOME": home.path])
    try second.waitFor("left at frame 25 last time; Ctrl-O goes back there")
    try second.press("C-o")
    try second.waitFor("frame 25 of 40")
    try second.waitFor("range 10:30")
    try second.waitFor("viridis")
    try second.type("q")
    try second.waitFor("left 0")
    #expect(try FolderListing.names(home.file("blitz")) == ["positions"])
    #expect(try FolderListing.names(recording.folder.path) == ["shot"])
  }

  @Test func withoutAHomeItSaysSoAndQuits() throws {
    let screen = try open(nil, ["HOME": "", "XDG_STATE_HOME": ""])
    try screen.type("Q")
    try screen.waitFor("the position is not remembered: ")
    try screen.waitFor("left 0")
  }

  @Test func theWholeHelpListsKeysAndCommands() throws {
    let run = try CommandRun.blitz("keys")
    for word in ["`:levels LO HI`", "`:colormap gray \\| viridis", "`Ctrl-P`", "`:find [ROI]"] {
      #expect(run.text.contains(word), "\(word)")
    }
  }
}
