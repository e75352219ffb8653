import BlitzCore
import Testing

@Suite struct ProjectionShortfallTests {
  @Test func saysWhatIsThere() {
    #expect(ProjectionShortfall(frames: 32).text(frames: 50, rows: 9) == "18 of 50 frames")
    #expect(ProjectionShortfall(rows: 8).text(frames: 50, rows: 9) == "1 of 9 rows")
    let both = ProjectionShortfall(frames: 1, rows: 2)
    #expect(both.text(frames: 50, rows: 9) == "49 of 50 frames, 7 of 9 rows")
  }

  @Test func nothingIsMissingUnlessSaid() {
    #expect(ProjectionShortfall().isEmpty)
    #expect(ProjectionShortfall().text(frames: 50, rows: 9) == nil)
    #expect(!ProjectionShortfall(frames: 1).isEmpty && !ProjectionShortfall(rows: 1).isEmpty)
  }
}
