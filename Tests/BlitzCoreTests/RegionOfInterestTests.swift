import BlitzCore
import Testing

struct RegionOfInterestTests {
  @Test(arguments: [
    "rect:1,2,3,4", "A=rect:-5,0,10,1", "ellipse:300,90,25,25", "glow_2-b=point:0,0",
    "polygon:0,0,10,0,10,10.5,0,10",
  ])
  func readsWhatItWrites(text: String) throws {
    #expect(try RegionOfInterest(parsing: text).text == text)
  }

  @Test(arguments: [
    "", "rect", "rect:", "rect:1,2,3", "rect:1,2,3,4,5", "rect:1,2,0,4", "rect:1,2,3,-4",
    "rect:1.5,2,3,4", "square:1,2,3,4", "point:1", "polygon:0,0,1,1", "polygon:0,0,1,1,2",
    "polygon:0,0,nan,1,2,2", "polygon:0,0,inf,1,2,2", "=rect:1,2,3,4", "a b=rect:1,2,3,4",
    "é=rect:1,2,3,4", "rect:1,2,3,99999999999", "rect:1,2,3,99999999999999999999", "rect:,,,",
    "x=y=rect:1,2,3,4", "RECT:1,2,3,4",
  ])
  func refuses(text: String) {
    let error = #expect(throws: BlitzError.self) { try RegionOfInterest(parsing: text) }
    #expect(error?.kind == .usage && error?.hint != nil)
  }

  @Test func namesByPlace() {
    let names = [0, 1, 25, 26, 27, 51, 52, 701, 702].map(RegionOfInterest.automaticName)
    #expect(names == ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"])
  }

  @Test func nameLengths() throws {
    let point = try RegionOfInterest(parsing: "point:1,1")
    #expect(point.named(String(repeating: "a", count: 32)) != nil)
    #expect(point.named(String(repeating: "a", count: 33)) == nil)
    #expect(point.named("") == nil)
  }
}
