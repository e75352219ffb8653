import BlitzCore
import Testing

struct CorrectionTests {
  @Test(arguments: [
    "mean:0:50", "std:-50:", "median::", "max:1:9:2", "min::10", "file:dark.npy", "file:a@b:c%",
    "slide:50", "slide:50:3", "trail:7", "center:9", "mean:0:50@70%", "file:x@12.5%", "trail:7@0%",
  ])
  func readsWhatItWrites(text: String) throws {
    #expect(try Correction(parsing: text).text == text)
  }

  @Test(arguments: [
    "", "mean", "mean:", "mean:5", "mean:0:50:0", "sum:0:50", "file:", "file:@70%", "slide:",
    "slide:0",
    "slide:-1", "slide:5:-1", "slide:5:1:1", "trail:5:1", "center:x", "Mean:0:5", "mean:0:50@101%",
    "mean:0:50@-1%", "mean:0:50@%", "trail:99999999999999999999",
  ])
  func refuses(text: String) {
    let error = #expect(throws: BlitzError.self) { try Correction(parsing: text) }
    #expect(error?.kind == .usage && error?.hint != nil)
  }

  @Test func meansWhatItSays() throws {
    let half = try Correction(parsing: "mean:10:20@50%")
    let slice = try #require(FrameSlice("10:20"))
    #expect(half == Correction(.projection(.mean, slice), amount: 0.5))
    let window = try #require(SlidingWindow(.slide(lag: 2), length: 8))
    #expect(try Correction(parsing: "slide:8:2") == Correction(.window(window)))
    #expect(try Correction(parsing: "file:/a/b@2.tif").source == .file("/a/b@2.tif"))
    #expect(Corrections().isEmpty && !Corrections(subtract: half).isEmpty)
  }
}
