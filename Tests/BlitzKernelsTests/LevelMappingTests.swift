import BlitzCore
import BlitzKernels
import Foundation
import Testing

struct LevelMappingTests {
  private func map(_ samples: [Float], _ mapping: LevelMapping) -> [UInt8] {
    var indices = [UInt8](repeating: 99, count: samples.count)
    var span = indices.mutableSpan
    mapping.map(samples.span, into: &span)
    return indices
  }

  /// The definition, one sample at a time.
  private func expected(_ sample: Float, _ mapping: LevelMapping) -> UInt8 {
    let (low, high) = (mapping.window.darkest, mapping.window.brightest)
    if sample.isNaN { return 0 }
    let t = min(max((Double(sample) - low) / (high - low), 0), 1)
    let brightness =
      switch mapping.transfer {
      case .linear: t
      case .logarithmic: log(1 + 1000 * t) / log(1001)
      case .squareRoot: sqrt(t)
      case .gamma(let power): pow(t, power)
      }
    return UInt8(brightness * 255)
  }

  private static let transfers: [LevelMapping.Transfer] = [
    .linear, .logarithmic, .squareRoot, .gamma(0.5), .gamma(2.2),
  ]

  @Test(arguments: transfers)
  func matchesTheDefinition(transfer: LevelMapping.Transfer) throws {
    let window = try #require(LevelWindow(darkest: -3, brightest: 61))
    let samples = (-100...1100).map { Float($0) / 16 } + [.nan, .infinity, -.infinity, -0.0]
    let mapping = LevelMapping(window, transfer: transfer)
    for (sample, index) in zip(samples, map(samples, mapping)) {
      let difference = abs(Int(index) - Int(expected(sample, mapping)))
      #expect(difference == 0 || transfer != .linear && difference <= 1, "\(sample)")
    }
  }

  @Test func endsAndTheirNeighbours() throws {
    let window = try #require(LevelWindow(darkest: 0, brightest: 255))
    let samples: [Float] = [-1e30, -0.5, 0, 0.999, 1, 127.5, 254.999, 255, 256, 1e30]
    #expect(map(samples, LevelMapping(window)) == [0, 0, 0, 0, 1, 127, 254, 255, 255, 255])
  }

  @Test func emptyWindowIsAStep() throws {
    let window = try #require(LevelWindow(darkest: 5, brightest: 5))
    #expect(map([4, 5, 6, .nan, .infinity], LevelMapping(window)) == [0, 0, 255, 0, 255])
  }

  @Test func extremeWindowsDoNotTrap() throws {
    let limit = Double.greatestFiniteMagnitude
    let widest = try #require(LevelWindow(darkest: -limit, brightest: limit))
    #expect(map([0, -.infinity, .infinity], LevelMapping(widest)) == [127, 0, 255])
    let narrowest = try #require(LevelWindow(darkest: 0, brightest: .leastNonzeroMagnitude))
    #expect(map([0, 1, -1, .nan], LevelMapping(narrowest)) == [0, 255, 0, 0])
  }

  @Test func impossibleGammaIsLinear() {
    #expect(LevelMapping(.unit, transfer: .gamma(-1)).transfer == .linear)
    #expect(LevelMapping(.unit, transfer: .gamma(.nan)).transfer == .linear)
  }
}
