import BlitzKernels
import Testing

struct MaximumResampleTests {
  @Test(arguments: ResampleCase.all, [false, true])
  func matchesTheDefinition(shape: ResampleCase, withNaN: Bool) throws {
    let samples = shape.samples(withNaN: withNaN)
    var resample = try #require(
      MaximumResample(
        sourceRows: shape.rows, sourceColumns: shape.columns, channels: shape.channels,
        rows: shape.targetRows, columns: shape.targetColumns))
    var target = [Float](repeating: -1, count: resample.targetCount)
    var span = target.mutableSpan
    for _ in 0..<2 { resample.apply(samples.span, into: &span) }
    let expected = ReferenceResample(
      rows: shape.rows, columns: shape.columns, channels: shape.channels, samples: samples
    ).maximum(rows: shape.targetRows, columns: shape.targetColumns)
    #expect(agree(target, expected, relative: 0))
  }
}
