@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Testing

@Suite struct PNGReaderTests {
  @Test(arguments: ImageFixture.named(".png", damaged: false))
  func everyLayoutHasTheValuesOfOtherDecoders(fixture: ImageFixture) throws {
    let golden = try fixture.golden()
    let decoded = try fixture.decode(DecodeRequest(color: true))
    #expect(decoded.condition == .complete)
    #expect([decoded.frame.rows, decoded.frame.columns] == Array(golden.shape.prefix(2)))
    #expect(decoded.frame.channels == (golden.shape.count == 3 ? 3 : 1))
    #expect(
      decoded.frame.type.rawValue
        == golden.type.replacing("u1", with: "u8").replacing("u2", with: "u16"))
    #expect(decoded.samples == golden.floats)
    #expect(decoded.frame.report.warnings >= fixture.leastWarnings)
  }

  @Test(arguments: ImageFixture.named(".png", damaged: false))
  func headersSayWhatDecodingDelivers(fixture: ImageFixture) throws {
    let header = try ImageFile.header(try ImageFixture.path(fixture.name), scratch: FileBytes())
    let frame = try fixture.decode(DecodeRequest(color: true)).frame
    #expect(
      header
        == ImageHeader(
          rows: frame.rows, columns: frame.columns, channels: frame.channels, type: frame.type))
  }

  @Test(arguments: ImageFixture.named(".png", damaged: true))
  func damageIsNeverTakenForAnImage(fixture: ImageFixture) throws {
    let decoded = try fixture.decode(DecodeRequest())
    #expect(decoded.condition == .damaged)
    #expect(decoded.frame.report.problem?.isEmpty == false)
  }

  @Test(arguments: ["too-many-pixels.png", "too-wide.png"])
  func hugeHeadersAreRefusedBeforeMemoryIsTaken(name: String) throws {
    let frame = DecodedFrame()
    #expect(
      try ImageFile.decode(try ImageFixture.path(name), DecodeRequest(), into: frame) == .damaged)
    #expect(frame.byteCount == 0)
  }

  @Test func aFrameIsReusedForImagesOfAnySize() throws {
    let frame = DecodedFrame()
    for name in ["rgba16.png", "one-pixel.png", "gray1-interlaced.png", "rgba16.png"] {
      let condition = try ImageFile.decode(
        try ImageFixture.path(name), DecodeRequest(color: true), into: frame)
      #expect(condition == .complete)
      #expect(frame.samples() == (try ImageFixture.golden(name)).floats)
    }
  }

  /// Both ways of decoding the same bytes.
  private func expectSame(_ bytes: [UInt8], _ what: String) {
    let (fast, plain) = (DecodedFrame(), DecodedFrame())
    let outcome = PNGReader.decode(bytes.span, into: fast, usesFastPath: true)
    #expect(PNGReader.decode(bytes.span, into: plain, usesFastPath: false) == outcome, "\(what)")
    #expect(fast.report == plain.report, "\(what)")
    if outcome == .complete { #expect(fast.samples() == plain.samples(), "\(what)") }
  }

  @Test(arguments: ImageFixture.all.filter { $0.name.hasSuffix(".png") })
  func theFastPathIsNoneButFaster(fixture: ImageFixture) throws {
    expectSame(try BlitzIOTests.fixture("Images/" + fixture.name), "as it is")
  }

  @Test(
    arguments: ImageFixture.named(".png", damaged: false).filter { $0.name.contains("filters") })
  func theFastPathIsNoneButFasterOnMutatedFiles(fixture: ImageFixture) throws {
    let whole = try BlitzIOTests.fixture("Images/" + fixture.name)
    var random = SeededRandom(seed: 11)
    for round in 0..<40 {
      var bytes = whole
      let place = Int.random(in: 33..<bytes.count, using: &random)
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      if round.isMultiple(of: 2) { PNGFile.mendCheckSums(&bytes) }
      expectSame(bytes, "round \(round), byte \(place)")
    }
  }

  @Test(arguments: ["gray8.png", "rgb16-interlaced.png", "palette4-colour.png"])
  func everyTruncationIsDamageOrLosesOnlyTheEnd(name: String) throws {
    let folder = TemporaryFolder()
    let whole = try fixture("Images/" + name)
    let frame = DecodedFrame()
    for length in whole.indices {
      let path = FilePath(folder.write(Array(whole.prefix(length)), to: "cut.png"))
      frame.report = DecodeReport()
      guard length >= 8 else {
        #expect(throws: BlitzError.self) {
          try ImageFile.decode(path, DecodeRequest(), into: frame)
        }
        continue
      }
      let condition = try ImageFile.decode(path, DecodeRequest(), into: frame)
      // The last chunk, IEND, is 12 bytes and holds no samples.
      #expect(condition == (length >= whole.count - 12 ? .complete : .damaged), "\(length) bytes")
    }
  }
}
