import BlitzCore
import Testing

struct FrameMaskTests {
  @Test(arguments: [
    "rect:1,2,3,4", "rect:-5,0,9,9", "ellipse:3,3,7,5", "polygon:0,0,10,0,10,10", "point:3,4",
    "file:mask.png", "file:rect:1,2,3,4", "file:a b",
  ])
  func readsWhatItWrites(text: String) throws {
    #expect(try FrameMask(parsing: text).text == text)
  }

  @Test func aBareWordIsAFile() throws {
    #expect(try FrameMask(parsing: "dir/mask.png") == .file("dir/mask.png"))
    #expect(try FrameMask(parsing: "rectangle.tif") == .file("rectangle.tif"))
    let region = try #require(RegionOfInterest(.rectangle(x: 1, y: 2, width: 3, height: 4)))
    #expect(try FrameMask(parsing: "rect:1,2,3,4") == .region(region))
  }

  @Test(arguments: ["", "file:", "rect:1,2,3", "rect:1,2,0,4", "polygon:0,0,1,1", "point:x,y"])
  func refuses(text: String) {
    let error = #expect(throws: BlitzError.self) { try FrameMask(parsing: text) }
    #expect(error?.kind == .usage && error?.hint?.text.contains("rect:x,y,w,h") == true)
  }

  @Test func itIsACorrectionThatChangesNoSample() throws {
    let masked = Corrections(mask: try FrameMask(parsing: "m.png"))
    #expect(!masked.isEmpty && masked.changesNoSample)
    #expect(masked != Corrections() && Corrections().changesNoSample)
  }
}
