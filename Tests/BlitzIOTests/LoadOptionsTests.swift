import BlitzIO
import Testing

@Suite struct LoadOptionsTests {
  @Test func readsACrop() {
    #expect(
      LoadOptions.Crop(parsing: "1,0,3,9223372036854775807")
        == LoadOptions.Crop(x: 1, y: 0, width: 3, height: .max))
  }

  @Test(
    arguments: [
      "", "1,2,3", "1,2,3,4,5", "-1,0,1,1", "0,0,0,1", "0,0,1,-1", "1.5,0,1,1", "0,0,1,",
      "0,0,1,9223372036854775808",
    ])
  func refusesWhatIsNoCrop(text: String) { #expect(LoadOptions.Crop(parsing: text) == nil) }
}
