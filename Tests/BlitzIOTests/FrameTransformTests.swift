@testable import BlitzIO
import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

@Suite struct FrameTransformTests {
  /// A frame of bytes as a decoder would leave it.
  private func frame(rows: Int, columns: Int, channels: Int = 1, _ codes: [UInt8]) -> DecodedFrame {
    let frame = DecodedFrame()
    frame.prepare(rows: rows, columns: columns, channels: channels, type: .u8)
    frame.withMutableBytes { bytes in for i in bytes.indices { bytes[i] = codes[i] } }
    return frame
  }

  private func frame16(_ codes: [UInt16]) -> DecodedFrame {
    let frame = DecodedFrame()
    frame.prepare(rows: 1, columns: codes.count, channels: 1, type: .u16)
    frame.withMutableBytes { bytes in
      for i in bytes.indices {
        bytes[i] = UInt8(truncatingIfNeeded: codes[i / 2] >> (i.isMultiple(of: 2) ? 0 : 8))
      }
    }
    return frame
  }

  private func load(
    _ frame: DecodedFrame, channels: Int = 1, _ change: (inout LoadOptions) -> Void = { _ in }
  ) -> [Float] {
    var options = LoadOptions()
    change(&options)
    let reduction = frame.report.reduction
    let geometry = FrameGeometry(
      rows: frame.rows * reduction, columns: frame.columns * reduction, options: options)
    var samples = [Float](
      repeating: -1, count: geometry.loadedRows * geometry.loadedColumns * channels)
    var span = samples.mutableSpan
    FrameTransform(geometry, channels: channels, options: options).apply(frame, into: &span)
    return samples
  }

  private let codes: [UInt8] = Array(0..<60)

  @Test func withoutOptionsSamplesAreTheCodes() {
    #expect(load(frame(rows: 5, columns: 12, codes)) == codes.map { Float($0) })
  }

  @Test func colourBecomesGrayOrStays() {
    let pixels: [UInt8] = [10, 20, 30, 7, 7, 7]
    let rgb = frame(rows: 1, columns: 2, channels: 3, pixels)
    #expect(load(rgb, channels: 3) == pixels.map { Float($0) })
    let gray = load(rgb)
    #expect(abs(gray[0] - 18.15) < 1e-5)
    #expect(gray[1] == 7)
    #expect(
      load(frame(rows: 1, columns: 2, channels: 1, [4, 5]), channels: 3) == [4, 4, 4, 5, 5, 5])
    let rgba: [UInt8] = [1, 2, 3, 200, 4, 5, 6, 201]
    #expect(load(frame(rows: 1, columns: 2, channels: 4, rgba), channels: 3) == [1, 2, 3, 4, 5, 6])
    #expect(load(frame(rows: 1, columns: 2, channels: 2, [8, 1, 9, 2])) == [8, 9])
  }

  @Test func aCropIsClippedToTheFrame() throws {
    let crop = try #require(LoadOptions.Crop(x: 10, y: 3, width: 99, height: 99))
    let cropped = load(frame(rows: 5, columns: 12, codes)) { $0.crop = crop }
    #expect(cropped == [46, 47, 58, 59])
  }

  @Test func sizeAveragesTheCropAndRoundsDown() throws {
    let crop = try #require(LoadOptions.Crop(x: 1, y: 0, width: 11, height: 4))
    let small = load(frame(rows: 5, columns: 12, codes)) { ($0.crop, $0.size) = (crop, 0.5) }
    // 2 x 5 pixels, each the average of 2 rows x 2.2 columns.
    let first = (1.0 + 2 + 0.2 * 3) / 2.2 + 6
    #expect(small.count == 10)
    #expect(abs(Double(small[0]) - first) < 1e-5)
    let single = load(frame(rows: 5, columns: 12, codes)) { $0.size = 0.001 }
    #expect(single == [29.5])
  }

  @Test func aFrameDecodedSmallIsCroppedAccordingly() throws {
    let reduced = frame(rows: 2, columns: 3, [0, 1, 2, 3, 4, 5])
    reduced.report.reduction = 2
    let crop = try #require(LoadOptions.Crop(x: 2, y: 0, width: 4, height: 4))
    #expect(load(reduced) { ($0.crop, $0.size) = (crop, 0.5) } == [1, 2, 4, 5])
  }

  @Test func eightBitTruncates() {
    #expect(
      load(frame16([0, 256, 257, 514, 65_534, 65_535])) { $0.eightBit = true }
        == [0, 0, 1, 2, 254, 255])
    #expect(load(frame(rows: 1, columns: 2, [3, 255])) { $0.eightBit = true } == [3, 255])
  }

  @Test func eightBitTakesFloatsForZeroToOne() {
    var samples: [Float] = [0, 0.5, 1, 2, -1, .nan, .infinity]
    var span = samples.mutableSpan
    span.scaleToEightBit(from: .f32)
    #expect(Array(samples[..<5]) == [0, 127, 255, 255, 0])
    #expect(samples[5].isNaN)
    #expect(samples[6] == 255)
  }

  @Test func normalizeStretchesEachFrame() {
    #expect(load(frame(rows: 1, columns: 3, [10, 20, 30])) { $0.normalize = true } == [0, 0.5, 1])
    #expect(load(frame(rows: 1, columns: 2, [9, 9])) { $0.normalize = true } == [9, 9])
    #expect(
      load(frame(rows: 1, columns: 2, [9, 9])) { ($0.normalize, $0.eightBit) = (true, true) }
        == [0, 0])
    var samples: [Float] = [.nan, -.greatestFiniteMagnitude, .greatestFiniteMagnitude, 0]
    var span = samples.mutableSpan
    span.normalize(constant: nil)
    #expect(samples[0].isNaN)
    #expect(Array(samples[1...]) == [0, 1, 0.5])
  }

  @Test func wholeNumbersStayFiniteWhereOnlyTheirPlacesChange() {
    func keepsFinite(_ type: SampleType, _ change: (inout LoadOptions) -> Void = { _ in }) -> Bool {
      var options = LoadOptions()
      change(&options)
      let frame = DecodedFrame()
      frame.prepare(rows: 1, columns: 3, channels: 1, type: type)
      let geometry = FrameGeometry(rows: 1, columns: 3, options: options)
      return FrameTransform(geometry, channels: 1, options: options).keepsFinite(frame)
    }
    for type in [SampleType.bool, .u8, .i16, .u64] { #expect(keepsFinite(type)) }
    for type in [SampleType.f16, .f32, .f64] { #expect(!keepsFinite(type)) }
    #expect(!keepsFinite(.u8) { $0.normalize = true })
    #expect(!keepsFinite(.u16) { $0.eightBit = true })
  }

  @Test func otherSizesAreNamed() {
    let options = LoadOptions()
    let geometry = FrameGeometry(rows: 5, columns: 12, options: options)
    let transform = FrameTransform(geometry, channels: 1, options: options)
    #expect(transform.mismatch(frame(rows: 5, columns: 12, codes)) == nil)
    #expect(
      transform.mismatch(frame(rows: 12, columns: 5, codes)) == "other size: 5x12, not 12x5")
  }

  @Test(arguments: [
    (8, 8, 1.0, 1), (8, 8, 0.5, 2), (16, 24, 0.3, 2), (16, 24, 0.125, 8), (9, 8, 0.5, 1),
  ])
  func decodersShrinkOnlyWhereEdgesDivide(rows: Int, columns: Int, size: Double, reduction: Int) {
    var options = LoadOptions()
    options.size = size
    #expect(
      FrameGeometry(rows: rows, columns: columns, options: options).codecReduction == reduction)
  }
}
