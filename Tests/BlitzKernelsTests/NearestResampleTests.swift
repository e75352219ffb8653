import BlitzKernels
import Testing

struct NearestResampleTests {
  private func scale(_ samples: [Float], _ resample: NearestResample) -> [Float] {
    var target = [Float](repeating: -1, count: resample.targetCount)
    var span = target.mutableSpan
    resample.apply(samples.span, into: &span)
    return target
  }

  @Test func takesThePixelUnderTheMiddle() throws {
    let larger = try #require(
      NearestResample(sourceRows: 1, sourceColumns: 2, rows: 2, columns: 5))
    #expect(scale([4, 9], larger) == [4, 4, 9, 9, 9, 4, 4, 9, 9, 9])
    let smaller = try #require(
      NearestResample(sourceRows: 1, sourceColumns: 5, rows: 1, columns: 2))
    #expect(scale([0, 1, 2, 3, 4], smaller) == [1, 3])
  }

  @Test func keepsChannelsTogether() throws {
    let resample = try #require(
      NearestResample(sourceRows: 1, sourceColumns: 2, channels: 3, rows: 1, columns: 1))
    #expect(scale([1, 2, 3, 4, 5, 6], resample) == [4, 5, 6])
  }

  @Test func isNaNOutsideTheFrame() throws {
    let resample = try #require(
      NearestResample(
        sourceRows: 1, sourceColumns: 2,
        region: ResampleRegion(x: -1, y: 0, width: 4, height: 1), rows: 1, columns: 4))
    let scaled = scale([4, 9], resample)
    #expect(scaled[0].isNaN && scaled[1...2] == [4, 9] && scaled[3].isNaN)
  }
}
