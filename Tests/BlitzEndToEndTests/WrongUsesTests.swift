import BlitzTestSupport
import Testing

/// A command line that makes no sense, and what the answer must name. `REC` is a recording of three
/// frames of 32x24, `TMP` a folder to write to.
struct WrongUse: CustomStringConvertible, Sendable {
  let command: String
  let code: Int32
  let words: [String]

  init(_ command: String, _ code: Int32 = 2, _ words: String...) {
    (self.command, self.code, self.words) = (command, code, words)
  }

  var description: String { command }

  static let all: [WrongUse] = [
    .init("frame REC", 2, "--frame", "missing"),
    .init("frame", 2, "path"),
    .init("frame REC -n", 2, "-n", "missing"),
    .init("frame REC -n many", 2, "-n", "many"),
    .init("frame REC -n -1", 2, "-n", "whole number"),
    .init("frame REC -n 3", 2, "-n 3", "has 3", "from 0"),
    .init("frame REC -n 0 --range 1:", 2, "--range"),
    .init("frame REC -n 0 --columns 0", 2, "--columns", "1 to 1000"),
    .init("frame REC -n 0 --rows x", 2, "--rows"),
    .init("frame REC -n 0 -o TMP/a.jpg", 2, "a.jpg", ".npy", ".png"),
    .init("frame REC -n 0 -o TMP/a", 2, ".npy"),
    .init("frame REC -n 0 -o TMP", 2, ".npy"),
    .init("frame REC -n 0 -o", 2, "-o", "missing"),
    .init(
      "project REC --op mean --subtract slide:3 -o TMP/a.npy", 2, "slide:3", "4 frames", "are 3"),
    .init(
      "trace REC --roi point:1,1 --subtract slide:2000 -o -", 2, "slide:2000", "2001 frames",
      "there are 3"),
    .init("frame REC -n 0 --levels 5", 2, "--levels", "LO,HI"),
    .init("frame REC -n 0 --levels 9,1", 2, "--levels"),
    .init("frame REC -n 0 --colormap rainbow", 2, "--colormap", "rainbow"),
    .init("frame REC -n 0 --pooling median", 2, "--pooling", "area"),
    .init("frame REC -n 0 --colors 17", 2, "--colors", "256"),
    .init("frame REC -n 0 --cell-aspect 9", 2, "--cell-aspect"),
    .init("frame /nonexistent/x -n 0", 1, "/nonexistent/x", "o such file"),
    .init("frame REC -n 0 -o TMP/missing/a.npy", 1, "missing"),
    .init("project REC -o TMP/a.npy", 2, "--op", "missing"),
    .init("project REC --op mode -o TMP/a.npy", 2, "--op", "median", "mode"),
    .init("project REC --op mean,mean -o TMP/a.npy", 2, "--op"),
    .init("project REC --op , -o TMP/a.npy", 2, "--op"),
    .init("project REC --op mean", 2, "-o", "missing"),
    .init("project REC --op mean,std -o TMP/a.npy", 2, "{op}", "2 projections"),
    .init("project REC --op mean,std -o -", 2, "one projection"),
    .init("project REC --op mean --json -o -", 2, "--json", "name a file"),
    .init("project REC --op std --ddof 2 -o TMP/a.npy", 2, "--ddof", "0 or 1"),
    .init("project REC --op mean --range 3: -o TMP/a.npy", 2, "--range", "3 frames"),
    .init("project REC --op mean --range 2:1 -o TMP/a.npy", 2, "--range"),
    .init("project REC --op mean --range 0:2:0 -o TMP/a.npy", 2, "--range", "S >= 1"),
    .init("project REC --op mean --range --gray -o TMP/a.npy", 2, "--range", "--gray"),
    .init("project REC --op mean --crop 40,0,5,5 -o TMP/a.npy", 2, "--crop", "32x24"),
    .init("project REC --op mean --crop 0,0,0,5 -o TMP/a.npy", 2, "--crop"),
    .init("project REC --op mean --size 1.5 -o TMP/a.npy", 2, "--size"),
    .init("project REC --op mean --threads 0 -o TMP/a.npy", 2, "--threads"),
    .init("project REC --op mean --max-ram lots -o TMP/a.npy", 2, "--max-ram"),
    .init("project REC --op mean --max-ram 1k -o TMP/a.npy", 1, "--max-ram", "hint"),
    .init("project REC --op mean --on-exceed maybe -o TMP/a.npy", 2, "--on-exceed", "step"),
    .init("project REC --op mean --gray --color -o TMP/a.npy", 2, "--gray", "--color"),
    .init("project REC --op mean --fps 0 -o TMP/a.npy", 2, "--fps"),
    .init("project REC --op mean --subtract mean -o TMP/a.npy", 2, "--subtract", "file:PATH"),
    .init("project REC --op mean --subtract sum:0:2 -o TMP/a.npy", 2, "--subtract"),
    .init("project REC --op mean --subtract mean:5:9 -o TMP/a.npy", 2, "3 frames"),
    .init("project REC --op mean --subtract mean:0:2@150% -o TMP/a.npy", 2, "0 to 100 %"),
    .init("project REC --op mean --divide slide:0 -o TMP/a.npy", 2, "--divide"),
    .init("project REC --op mean --divide file:/nonexistent/f -o TMP/a.npy", 1, "/nonexistent/f"),
    .init("trace REC -o -", 2, "--roi", "missing"),
    .init("trace REC --roi circle:1,2,3 -o -", 2, "--roi", "ellipse"),
    .init("trace REC --roi rect:1,2,3 -o -", 2, "--roi", "rect:x,y,w,h"),
    .init("trace REC --roi rect:0,0,0,4 -o -", 2, "--roi", "empty"),
    .init("trace REC --roi rect:99,0,2,2 -o -", 2, "--roi A", "32x24"),
    .init("trace REC --roi a=point:1,1 --roi a=point:2,2 -o -", 2, "--roi a", "this name"),
    .init("trace REC --roi a$b=point:1,1 -o -", 2, "--roi", "letters"),
    .init("trace REC --roi point:1,1 --stat mode -o -", 2, "--stat", "median"),
    .init("trace REC --roi point:1,1 --time noon -o -", 2, "--time", "pts"),
    .init("trace REC --roi point:1,1 -o TMP/a.npy", 2, ".csv"),
    .init("trace REC --roi --stat -o -", 2, "--roi"),
    .init("REC --roi rect:99,0,2,2", 2, "--roi rect:99", "32x24"),
    .init("REC --roi point:-5,3", 2, "--roi point", "32x24"),
    .init("REC --roi polygon:1,1,5,5,9,9", 2, "--roi polygon", "encloses no pixel"),
    .init("REC --roi a=point:1,1 --roi a=point:2,2", 2, "--roi a", "this name"),
    .init("profile REC -n 0 -o -", 2, "--row", "--column"),
    .init("profile REC -n 0 --row 1 --column 1 -o -", 2, "not both"),
    .init("profile REC -n 0 --row 24 -o -", 2, "--row", "32x24"),
    .init("profile REC -n 0 --column 1 --width 0 -o -", 2, "--width"),
    .init("convert REC", 2, "-o", "missing"),
    .init("convert REC -o TMP/one.png", 2, "DIR/%05d.png"),
    .init("convert REC -o TMP/%d.tif", 2, "DIR/%05d.png"),
    .init("convert REC -o TMP/a.avi", 2, ".npy", ".tif", ".mp4"),
    .init("convert REC --subtract slide:9 -o TMP/a.npy", 2, "slide:9", "10 frames"),
    .init("convert REC --nonsense -o TMP/a.npy", 2, "--nonsense", "no such option"),
    .init("convert REC extra -o TMP/a.npy", 2, "extra"),
  ]
}

@Suite struct WrongUsesTests {
  @Test(arguments: WrongUse.all) func isAnsweredInWords(use: WrongUse) throws {
    let recording = SampleRecording(frames: 3)
    let target = recording.folder.makeFolder("out")
    let words = use.command.split(separator: " ").map { word in
      String(word.replacing("REC", with: recording.path).replacing("TMP", with: target))
    }
    let run = try CommandRun([Built.blitz] + words, environment: environment())
    #expect(run.ending == .exit(use.code), "\(run.errorText)")
    #expect(run.output.isEmpty)
    #expect(run.errorText.hasPrefix("blitz: "))
    #expect(run.errorText.contains("hint:") || use.code == 1, "\(run.errorText)")
    for word in use.words { #expect(run.errorText.contains(word), "\(word): \(run.errorText)") }
    let left = try CommandRun(["ls", "-A", target], environment: environment())
    #expect(left.output.isEmpty, "\(left.text)")
  }
}
