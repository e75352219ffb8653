import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

@Suite struct SampleConversionTests {
  private func convert(_ bytes: [UInt8], _ type: SampleType, isSwapped: Bool = false) -> [Float] {
    var samples = [Float](repeating: -1, count: bytes.count / type.byteCount)
    var span = samples.mutableSpan
    SampleConversion.convert(bytes.span, type: type, isSwapped: isSwapped, into: &span)
    return samples
  }

  private func stored<Code: FixedWidthInteger>(_ codes: [Code]) -> [UInt8] {
    codes.flatMap { code in
      (0..<Code.bitWidth / 8).map { UInt8(truncatingIfNeeded: code.littleEndian >> ($0 * 8)) }
    }
  }

  private func reversed(_ bytes: [UInt8], each size: Int) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: size).flatMap { bytes[$0..<$0 + size].reversed() }
  }

  /// Both byte orders, at lengths around a vector's and at an odd address.
  private func check<Code: FixedWidthInteger>(
    _ codes: [Code], _ type: SampleType, _ expected: [Float]
  ) {
    let bytes = stored(codes)
    #expect(convert(bytes, type) == expected)
    #expect(convert(reversed(bytes, each: type.byteCount), type, isSwapped: true) == expected)
    let shifted = [0] + bytes
    var samples = [Float](repeating: -1, count: codes.count)
    var span = samples.mutableSpan
    SampleConversion.convert(shifted.span.extracting(1...), type: type, into: &span)
    #expect(samples == expected)
  }

  /// Against the definition in `Double`, for every code of 8 to 16 bits.
  @Test func limitedLumaIsExpandedAndClipped() {
    for bits in 8...16 {
      let codes = 0..<1 << bits
      let bytes = bits == 8 ? stored(codes.map { UInt8($0) }) : stored(codes.map { UInt16($0) })
      var samples = [Float](repeating: -1, count: codes.count)
      var span = samples.mutableSpan
      SampleConversion.convert(
        bytes.span, type: bits == 8 ? .u8 : .u16, luma: LimitedLuma(bits: bits), into: &span)
      let (unit, top) = (Double(1 << (bits - 8)), Double(codes.count - 1))
      for code in codes {
        let expected = min(max((Double(code) - 16 * unit) * top / (219 * unit), 0), top)
        #expect(abs(Double(samples[code]) - expected) <= expected * 2e-7)
      }
      #expect(samples[Int(16 * unit)] == 0 && samples[Int(235 * unit)] == Float(top))
    }
  }

  @Test func lostDigitsAreCounted() {
    let edge = 1 << 24
    let whole = stored([0, 1, edge, edge + 1, -edge - 1, edge + 2, 1 << 40].map(Int64.init))
    #expect(SampleConversion.lostDigits(whole.span, type: .i64) == 2)
    let swapped = reversed(whole, each: 8)
    #expect(SampleConversion.lostDigits(swapped.span, type: .i64, isSwapped: true) == 2)
    let words = stored([UInt32.max, 1 << 31, 77, UInt32(edge) + 3])
    #expect(SampleConversion.lostDigits(words.span, type: .u32) == 2)
    #expect(SampleConversion.lostDigits(words.span, type: .i32) == 1)
    // A fraction is rounded as every one is; only whole digits are told.
    let doubles = stored([0.1, Double(edge) + 1, 1e300, -.infinity, .nan].map(\.bitPattern))
    #expect(SampleConversion.lostDigits(doubles.span, type: .f64) == 2)
    #expect(SampleConversion.lostDigits(words.span, type: .u16) == 0)
  }

  @Test func integersOfEverySize() {
    var random = SeededRandom(seed: 1)
    for count in [1, 2, 15, 16, 17, 67] {
      func codes<Code: FixedWidthInteger>(_: Code.Type) -> [Code] {
        [Code.max, .min] + (0..<count).map { _ in Code.random(in: .min ... .max, using: &random) }
      }
      let (u8, i8, u16, i16) =
        (codes(UInt8.self), codes(Int8.self), codes(UInt16.self), codes(Int16.self))
      let (u32, i32, u64, i64) =
        (codes(UInt32.self), codes(Int32.self), codes(UInt64.self), codes(Int64.self))
      check(u8, .u8, u8.map { Float($0) })
      check(i8, .i8, i8.map { Float($0) })
      check(u16, .u16, u16.map { Float($0) })
      check(i16, .i16, i16.map { Float($0) })
      check(u32, .u32, u32.map { Float($0) })
      check(i32, .i32, i32.map { Float($0) })
      check(u64, .u64, u64.map { Float($0) })
      check(i64, .i64, i64.map { Float($0) })
    }
  }

  @Test func aBoolIsOneForAnyByteButZero() {
    #expect(convert([0, 1, 2, 255], .bool) == [0, 1, 1, 1])
  }

  @Test func everyHalfIsThatOfTheLanguage() {
    let codes = (UInt16.min ... .max).map { $0 }
    let expected = codes.map { Float(Float16(bitPattern: $0)) }
    for (sample, other) in zip(convert(stored(codes), .f16), expected) {
      #expect(sample == other && sample.sign == other.sign || sample.isNaN && other.isNaN)
    }
  }

  @Test func floatsKeepTheirBitsAndDoublesAreRounded() {
    let floats: [Float] = [
      0, -0.0, 1.5, .infinity, -.greatestFiniteMagnitude, .leastNonzeroMagnitude,
    ]
    check(floats.map(\.bitPattern), .f32, floats)
    let doubles: [Double] = [0.1, -1e300, 16_777_217, .infinity, 0x1p-1074]
    check(doubles.map(\.bitPattern), .f64, doubles.map { Float($0) })
    #expect(convert(stored([Double.nan.bitPattern]), .f64)[0].isNaN)
  }
}
