@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Testing

@Suite struct JPEGReaderTests {
  static let readable = ImageFixture.named(".jpg", damaged: false)
  static let colour = readable.filter { (try? ImageFixture.golden($0.name + ".luma")) != nil }

  private func largestDifference(_ samples: [Float], _ golden: GoldenArray) -> Float {
    guard samples.count == golden.values.count else { return .infinity }
    return zip(samples, golden.floats).map { abs($0 - $1) }.max() ?? 0
  }

  @Test(arguments: readable)
  func samplesAreThoseOfOtherDecodersToOneUnit(fixture: ImageFixture) throws {
    let golden = try fixture.golden()
    let decoded = try fixture.decode(DecodeRequest(color: true))
    #expect(decoded.condition == .complete)
    #expect([decoded.frame.rows, decoded.frame.columns] == Array(golden.shape.prefix(2)))
    #expect(largestDifference(decoded.samples, golden) <= 1)
    #expect(decoded.frame.report.warnings >= fixture.leastWarnings)
  }

  @Test(arguments: colour)
  func grayIsTheLumaPlaneWhereThereIsOne(fixture: ImageFixture) throws {
    let decoded = try fixture.decode(DecodeRequest())
    // Stored RGB has no luma: all channels come and the loader weighs them.
    guard fixture.name != "rgb-stored.jpg" else {
      #expect(decoded.frame.channels == 3)
      return
    }
    #expect(decoded.frame.channels == 1)
    #expect(
      largestDifference(decoded.samples, try ImageFixture.golden(fixture.name + ".luma")) <= 1)
  }

  @Test(arguments: ImageFixture.named(".jpg", damaged: true))
  func damageIsNeverTakenForAnImage(fixture: ImageFixture) throws {
    let decoded = try fixture.decode(DecodeRequest())
    #expect(decoded.condition == .damaged)
    #expect(decoded.frame.report.problem?.isEmpty == false)
  }

  @Test func cmykIsRefusedWithAHint() throws {
    let error = #expect(throws: BlitzError.self) {
      try ImageFile.header(try ImageFixture.path("cmyk.jpg"), scratch: FileBytes())
    }
    #expect(error?.kind == .unsupported)
    #expect(error?.hint?.text.contains("RGB") == true)
  }

  @Test(arguments: [2, 4, 8])
  func dividingSizesAreDecodedSmall(reduction: Int) throws {
    let fixture = ImageFixture(name: "divisible.jpg", isDamaged: false, leastWarnings: 0)
    let decoded = try fixture.decode(DecodeRequest(reduction: reduction))
    #expect(decoded.frame.report.reduction == reduction)
    let golden = try ImageFixture.golden("divisible.jpg.\(reduction)")
    #expect([decoded.frame.rows, decoded.frame.columns] == golden.shape)
    #expect(largestDifference(decoded.samples, golden) <= 1)
  }

  @Test func otherSizesAreDecodedInFull() throws {
    let fixture = ImageFixture(name: "gray.jpg", isDamaged: false, leastWarnings: 0)
    let decoded = try fixture.decode(DecodeRequest(reduction: 2))
    #expect(decoded.frame.report.reduction == 1)
    #expect(largestDifference(decoded.samples, try fixture.golden()) <= 1)
  }
}
