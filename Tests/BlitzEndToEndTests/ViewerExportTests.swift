import BlitzTestSupport
import Testing

/// What is saved from the viewer is what the commands write for the same state, byte for byte.
@Suite struct ViewerExportTests {
  private let recording = SampleRecording(frames: 40)
  private let place = TemporaryFolder()

  /// Opens the recording in a folder of its own and waits until all of it has arrived.
  private func open(_ options: String = "") throws -> TmuxScreen {
    let screen = try TmuxScreen(
      columns: 100, rows: 30,
      running: "cd '\(place.path)' && '\(Built.blitz)' '\(recording.path)' \(options)")
    try screen.waitFor("loaded recording") {
      $0.contains("frame 0 of 40") && $0.contains("levels ") && !$0.contains("loading")
    }
    return screen
  }

  /// Saves what a command line asks for under the name suggested.
  private func save(_ line: String, on screen: TmuxScreen, as name: String) throws -> [UInt8] {
    try screen.type(":\(line)")
    try screen.press("Enter")
    try screen.waitFor("as: \(name)")
    try screen.press("Enter")
    try screen.waitFor("saved \(name), ")
    return readFile(place.file(name))
  }

  /// The file that a command writes, with the name of an output added.
  private func written(_ arguments: String..., ending: String) throws -> [UInt8] {
    let name = place.file("expected.\(ending)")
    let run = try CommandRun(
      [Built.blitz] + arguments + ["--force", "-o", name], environment: environment())
    #expect(run.ending == .exit(0), "\(run.errorText)")
    return readFile(name)
  }

  @Test func frameAndPictureAreThoseOfTheCommand() throws {
    let screen = try open()
    try screen.type("7gC:levels 100 3000")
    try screen.press("Enter")
    try screen.waitFor("levels 100..3000")
    #expect(
      try save("save-frame", on: screen, as: "shot-7.npy")
        == written("frame", recording.path, "-n", "7", ending: "npy"))
    #expect(
      try save("save-picture", on: screen, as: "shot-7.png")
        == written(
          "frame", recording.path, "-n", "7", "--levels", "100,3000", "--colormap", "viridis",
          ending: "png"))
  }

  @Test func projectionsAreThoseOfTheCommand() throws {
    let screen = try open()
    try screen.type("10gi29goS")
    try screen.waitFor("std of 10:30")
    try screen.waitFor("computed") { !$0.contains("computing") }
    #expect(
      try save("save-projection", on: screen, as: "shot-std-10-30.npy")
        == written(
          "project", recording.path, "--op", "std", "--range", "10:30", ending: "npy"))
  }

  @Test func correctedProjectionsAreThoseOfTheCommand() throws {
    let screen = try open()
    try screen.type(":subtract mean:0:10@70%")
    try screen.press("Enter")
    try screen.type("X")
    try screen.waitFor("max of 0:40")
    try screen.waitFor("computed") { !$0.contains("computing") }
    #expect(
      try save("save-projection", on: screen, as: "shot-max.npy")
        == written(
          "project", recording.path, "--op", "max", "--subtract", "mean:0:10@70%", ending: "npy"))
  }

  @Test(arguments: ["", "--subtract mean:0:10 --fps 25"])
  func tracesAreThoseOfTheCommand(options: String) throws {
    let screen = try open("--roi glow=ellipse:3,4,9,7 --roi B=rect:1,2,3,4 \(options)")
    let expected = try CommandRun(
      [
        Built.blitz, "trace", recording.path, "--roi", "glow=ellipse:3,4,9,7", "--roi",
        "B=rect:1,2,3,4", "-o", "-",
      ] + options.split(separator: " ").map(String.init), environment: environment())
    #expect(try save("save-trace", on: screen, as: "shot-trace.csv") == expected.output)
  }

  @Test func profilesAreThoseOfTheCommand() throws {
    let screen = try open()
    try screen.type("5gc")
    try screen.waitFor("x 16 y 12 = ")
    #expect(
      try save("save-row", on: screen, as: "shot-5-row-12.csv")
        == written("profile", recording.path, "-n", "5", "--row", "12", ending: "csv"))
    #expect(
      try save("save-column", on: screen, as: "shot-5-column-16.csv")
        == written("profile", recording.path, "-n", "5", "--column", "16", ending: "csv"))
  }

  @Test func aTurnedPictureIsTurnedInTheFile() throws {
    let screen = try open()
    try screen.type(":levels 0 65535")
    try screen.press("Enter")
    try screen.type(":rotate")
    try screen.press("Enter")
    try screen.waitFor("rotate 90")
    let turned = try save("save-picture", on: screen, as: "shot-0.png")
    // Width and height of the header chunk: rows and columns exchanged.
    #expect(Array(turned[16..<24]) == [0, 0, 0, 24, 0, 0, 0, 32])
    let frame = try save("save-frame", on: screen, as: "shot-0.npy")
    #expect(try frame == written("frame", recording.path, "-n", "0", ending: "npy"))
  }

  @Test func theMenuLeadsToTheSamePrompt() throws {
    let screen = try open()
    try screen.type("E")
    try screen.waitFor("column profile")
    try screen.press("Down", "Enter")
    try screen.waitFor("save frame as: shot-0.npy")
    try screen.press("Escape")
    try screen.waitFor("no prompt") { !$0.contains("save frame") }
    #expect(try FolderListing.names(place.path) == [])
  }

  @Test func anExistingFileIsReplacedOnlyWhenAskedTo() throws {
    let screen = try open()
    place.write(Array("mine".utf8), to: "shot-0.png")
    try screen.type("s")
    try screen.waitFor("as: shot-0.png")
    try screen.press("Enter")
    try screen.waitFor("exists; add ! to replace it")
    #expect(readFile(place.file("shot-0.png")) == Array("mine".utf8))
    try screen.type("!")
    try screen.press("Enter")
    try screen.waitFor("saved shot-0.png")
    #expect(readFile(place.file("shot-0.png")).prefix(4) == [0x89, 0x50, 0x4e, 0x47])
  }

  @Test(arguments: [
    ("nowhere/x.png", "cannot be written"), ("x.gif", "end the name in .png"),
    ("noending", "end the name in .png"),
  ])
  func whatCannotBeWrittenIsSaid(name: String, words: String) throws {
    let screen = try open()
    try screen.type("s")
    try screen.waitFor("as: shot-0.png")
    try screen.press("C-u")
    try screen.type(name)
    try screen.press("Enter")
    try screen.waitFor(words)
    #expect(try FolderListing.names(place.path) == [])
  }

  @Test func theRecordingItselfIsNeverReplaced() throws {
    let screen = try open()
    let before = try FolderListing.names(recording.path)
    try screen.type("s")
    try screen.press("C-u")
    try screen.type("\(recording.path)/frame3.png!")
    try screen.press("Enter")
    try screen.waitFor("recordings are never written to")
    #expect(try FolderListing.names(recording.path) == before)
  }

  @Test func quittingAtOnceStillLeavesTheFile() throws {
    let screen = try open()
    try screen.press("s", "Enter", "q")
    let isThere = try poll { try FolderListing.names(place.path) == ["shot-0.png"] }
    #expect(isThere)
  }

  @Test func whatHasNotArrivedIsSaidInTheFile() throws {
    let (folder, path) = SampleRecording.slow()
    let screen = try TmuxScreen(
      columns: 100, rows: 30, folder: folder,
      running: "cd '\(place.path)' && '\(Built.blitz)' '\(path)' --size 0.1 --roi rect:1,2,3,4")
    try screen.waitFor("loading")
    try screen.press("C-c")
    try screen.waitFor("partial")
    try screen.type(":save-trace")
    try screen.press("Enter")
    try screen.waitFor("as: slow-trace.csv")
    try screen.press("Enter")
    try screen.waitFor(", partial: ")
    let text = String(decoding: readFile(place.file("slow-trace.csv")), as: UTF8.self)
    let arrived = try #require(text.firstMatch(of: /# partial: (\d+) of 2000 frames/)).1
    let rows = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
    #expect(rows.count == 2000)
    #expect(rows.count { !$0.hasSuffix(",") } == Int(arrived))
  }

  @Test func whereOneIsGoesToTheClipboardOnlyWhenAskedTo() throws {
    let screen = try PTYScreen.blitz(recording.path, "--fps", "25", columns: 100, rows: 30)
    try screen.waitFor("of 40")
    screen.settle()
    #expect(!String(decoding: screen.output, as: UTF8.self).contains("\u{1b}]52;"))
    screen.type("y")
    // "frame 0, 0 s" in base64.
    try screen.waitFor("\u{1b}]52;c;ZnJhbWUgMCwgMCBz\u{1b}\\")
    screen.type("q")
    #expect(screen.waitForEnd() == .exit(0))
  }
}
