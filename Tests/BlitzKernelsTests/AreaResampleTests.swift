import BlitzKernels
import BlitzTestSupport
import Testing

/// Extents of a source and a target, with something to scale.
struct ResampleCase: CustomTestStringConvertible, Sendable {
  let rows, columns, channels, targetRows, targetColumns: Int
  var testDescription: String { "\(rows)x\(columns)x\(channels) to \(targetRows)x\(targetColumns)" }

  static let all = [
    ResampleCase(rows: 1, columns: 1, channels: 1, targetRows: 1, targetColumns: 1),
    ResampleCase(rows: 1, columns: 1, channels: 1, targetRows: 3, targetColumns: 5),
    ResampleCase(rows: 1, columns: 31, channels: 1, targetRows: 1, targetColumns: 7),
    ResampleCase(rows: 29, columns: 1, channels: 1, targetRows: 4, targetColumns: 1),
    ResampleCase(rows: 17, columns: 23, channels: 3, targetRows: 7, targetColumns: 9),
    ResampleCase(rows: 13, columns: 40, channels: 1, targetRows: 26, targetColumns: 11),
    ResampleCase(rows: 12, columns: 12, channels: 2, targetRows: 12, targetColumns: 12),
  ]

  func samples(withNaN: Bool) -> [Float] {
    var samples = TestSamples.uniform(seed: 3, count: rows * columns * channels, from: -9, to: 90)
    guard withNaN else { return samples }
    for i in stride(from: 0, to: samples.count, by: 3) { samples[i] = .nan }
    for i in samples.indices where i < samples.count / 2 { samples[i] = .nan }
    return samples
  }
}

struct AreaResampleTests {
  private func scale(
    _ samples: [Float], _ shape: ResampleCase, region: ResampleRegion? = nil
  ) throws -> [Float] {
    var resample = try #require(
      AreaResample(
        sourceRows: shape.rows, sourceColumns: shape.columns, channels: shape.channels,
        region: region, rows: shape.targetRows, columns: shape.targetColumns))
    var target = [Float](repeating: -1, count: resample.targetCount)
    var span = target.mutableSpan
    resample.apply(samples.span, into: &span)
    return target
  }

  @Test(arguments: ResampleCase.all, [false, true])
  func matchesTheDefinition(shape: ResampleCase, withNaN: Bool) throws {
    let samples = shape.samples(withNaN: withNaN)
    let expected = ReferenceResample(
      rows: shape.rows, columns: shape.columns, channels: shape.channels, samples: samples
    ).area(rows: shape.targetRows, columns: shape.targetColumns)
    #expect(agree(try scale(samples, shape), expected))
  }

  @Test(arguments: ResampleCase.all)
  func matchesTheDefinitionInARegion(shape: ResampleCase) throws {
    let samples = shape.samples(withNaN: false)
    let region = try #require(ResampleRegion(x: 0.3, y: -1.25, width: 7.5, height: 6.75))
    var reference = ReferenceResample(
      rows: shape.rows, columns: shape.columns, channels: shape.channels, samples: samples)
    (reference.x, reference.y) = (region.x, region.y)
    (reference.width, reference.height) = (region.width, region.height)
    let expected = reference.area(rows: shape.targetRows, columns: shape.targetColumns)
    #expect(agree(try scale(samples, shape, region: region), expected))
  }

  @Test func matchesOpenCV() throws {
    let samples = TestSamples.uniform(seed: 20, count: 17 * 23, from: -50, to: 4000)
    let shape = ResampleCase(rows: 17, columns: 23, channels: 1, targetRows: 7, targetColumns: 9)
    #expect(agree(try scale(samples, shape), Goldens.areaOpenCV))
  }

  @Test func matchesBoxMeansOfACrop() throws {
    let samples = TestSamples.uniform(seed: 20, count: 17 * 23, from: -50, to: 4000)
    let shape = ResampleCase(rows: 17, columns: 23, channels: 1, targetRows: 4, targetColumns: 4)
    let crop = ResampleRegion(x: 0, y: 0, width: 20, height: 16)
    #expect(agree(try scale(samples, shape, region: crop), Goldens.areaEvenly))
  }

  @Test func isIdentityAtOneToOne() throws {
    let shape = ResampleCase(rows: 5, columns: 7, channels: 1, targetRows: 5, targetColumns: 7)
    var samples = shape.samples(withNaN: false)
    samples[3] = .infinity
    #expect(try scale(samples, shape) == samples)
  }

  @Test func keepsOneInfinityAndCannotDecideBetweenTwo() throws {
    let shape = ResampleCase(rows: 1, columns: 4, channels: 1, targetRows: 1, targetColumns: 2)
    let scaled = try scale([.infinity, 1, .infinity, -.infinity], shape)
    #expect(scaled[0] == .infinity && scaled[1].isNaN)
  }

  @Test func refusesEmptyExtents() {
    #expect(AreaResample(sourceRows: 0, sourceColumns: 1, rows: 1, columns: 1) == nil)
    #expect(AreaResample(sourceRows: 1, sourceColumns: 1, rows: 1, columns: 0) == nil)
    #expect(ResampleRegion(x: .nan, y: 0, width: 1, height: 1) == nil)
    #expect(ResampleRegion(x: 0, y: 0, width: 0, height: 1) == nil)
  }
}
