import BlitzCore
import BlitzKernels
import Testing

@testable import BlitzTUI

@Suite struct ProfileLinesTests {
  private func profile(channels: Int, width: Int) throws -> (Profile, FrameEnvelope) {
    let shape = try #require(StackShape(frames: 1, rows: 3, columns: 4, channels: channels))
    let frame = (0..<shape.frameSize).map { Float($0 * $0) }
    var profile = try #require(Profile(.row(1), width: width, in: shape))
    profile.measure(frame.span)
    var envelope = FrameEnvelope()
    envelope.measure(frame.span, of: shape)
    return (profile, envelope)
  }

  @Test func aGrayLineIsOneSeriesInTheOrderOfTheScreen() throws {
    let (profile, _) = try profile(channels: 1, width: 1)
    var lines = ProfileLines()
    lines.fill(profile, envelope: nil, isMirrored: false)
    #expect(lines.series.map(\.values) == [[16, 25, 36, 49]])
    #expect(lines.series[0].band == nil && !lines.series[0].isFaint)
    lines.fill(profile, envelope: nil, isMirrored: true)
    #expect(lines.series.map(\.values) == [[49, 36, 25, 16]])
  }

  @Test func aWideLineHasABandAndTheEnvelopeLiesAround() throws {
    let (profile, envelope) = try profile(channels: 1, width: 2)
    var lines = ProfileLines()
    lines.fill(profile, envelope: envelope.columns, isMirrored: true)
    #expect(lines.series.map(\.isFaint) == [true, true, false])
    #expect(lines.series[0].values == [9, 4, 1, 0])
    #expect(lines.series[1].values == [121, 100, 81, 64])
    #expect(lines.series[2].values == [85, 68, 53, 40])
    #expect(
      lines.series[2].band == PlotSeries.Band(low: [49, 36, 25, 16], high: [121, 100, 81, 64]))
    lines.fill(profile, envelope: nil, isMirrored: false)
    #expect(lines.series.count == 1 && lines.series[0].values == [40, 53, 68, 85])
  }

  @Test func coloursHaveThreeOfEach() throws {
    let (profile, envelope) = try profile(channels: 3, width: 1)
    var lines = ProfileLines()
    lines.fill(profile, envelope: envelope.columns, isMirrored: false)
    #expect(lines.series.count == 9 && Set(lines.series.map(\.color)).count == 3)
    for channel in 0..<3 {
      let squares = (0..<4).map { Double((12 + 3 * $0 + channel) * (12 + 3 * $0 + channel)) }
      #expect(lines.series[3 * channel + 2].values == squares)
      #expect(lines.series[3 * channel].values[0] == Double(channel * channel))
    }
  }
}
