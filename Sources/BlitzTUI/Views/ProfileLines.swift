import BlitzCore
import BlitzKernels
import BlitzModel

/// A measured profile as the lines of its plot, in the order in which it runs on the screen; keeps its
/// memory from frame to frame.
struct ProfileLines {
  /// For each channel the envelope's two ends, when there is one, and behind them the profile itself,
  /// with its band when it is wider than one row or column.
  private(set) var series: [PlotSeries] = []

  private static let colors: [UInt8] = [196, 34, 33]
  private static let names = ["R", "G", "B"]

  mutating func fill(
    _ profile: Profile, envelope: FrameEnvelope.Extremes?, isMirrored: Bool
  ) {
    let hasBand = profile.band.count > 1
    prepare(channels: profile.channels, hasEnvelope: envelope != nil, hasBand: hasBand)
    let perChannel = series.count / profile.channels
    for channel in 0..<profile.channels {
      let first = channel * perChannel
      func copy(_ values: [Double], _ target: inout [Double]) {
        Self.copy(values, channel, of: profile.channels, isMirrored, into: &target)
      }
      if let envelope {
        copy(envelope.low, &series[first].values)
        copy(envelope.high, &series[first + 1].values)
      }
      let line = first + perChannel - 1
      copy(profile.mean, &series[line].values)
      if var band = series[line].band {
        // Taken out, so that its memory has one owner while it is written.
        series[line].band = nil
        copy(profile.min, &band.low)
        copy(profile.max, &band.high)
        series[line].band = band
      }
    }
  }

  private mutating func prepare(channels: Int, hasEnvelope: Bool, hasBand: Bool) {
    let perChannel = hasEnvelope ? 3 : 1
    let count = channels * perChannel
    if series.count == count, (series[count - 1].band != nil) == hasBand { return }
    series = (0..<count).map { index in
      let channel = index / perChannel
      let isLine = index % perChannel == perChannel - 1
      return PlotSeries(
        name: PrintableText(channels == 1 || !isLine ? "" : Self.names[channel % 3]),
        color: channels == 1 ? 0 : Self.colors[channel % 3], values: [],
        band: isLine && hasBand ? PlotSeries.Band(low: [], high: []) : nil, isFaint: !isLine)
    }
  }

  private static func copy(
    _ values: [Double], _ channel: Int, of channels: Int, _ isMirrored: Bool,
    into target: inout [Double]
  ) {
    target.removeAll(keepingCapacity: true)
    for i in stride(from: channel, to: values.count, by: channels) { target.append(values[i]) }
    if isMirrored { target.reverse() }
  }
}
