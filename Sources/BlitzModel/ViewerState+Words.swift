import BlitzCore

extension ViewerState {
  /// `x X y Y = VALUE` of the probed pixel; nil while there is none or its value is not known.
  public var probeText: String? {
    guard let picture, let point = picture.request.probe, point == probe, !picture.probe.isEmpty
    else { return nil }
    let values = picture.probe.map { $0.text() }.joined(separator: ",")
    return "x \(point.x) y \(point.y) = \(values)"
  }

  /// Where the viewer is and what is read there, as `y` copies it: `frame 8123, 406.15 ms, ...`.
  var copyText: String {
    var words = [projectionText ?? "frame \(frame)"]
    if projection == nil, let rate = recording.framesPerSecond {
      let seconds = rate.seconds(atFrame: frame)
      words.append(seconds < 1 ? "\((seconds * 1000).text()) ms" : "\(seconds.text()) s")
    }
    if let probeText { words.append(probeText) }
    if projection == nil, let name = regions.selected?.region.name,
      let value = board.trace(named: name)?.frames[playback.position]?[statistic]
    {
      words.append("\(name) \(statistic.rawValue) \(value.text())")
    }
    return words.joined(separator: ", ")
  }

  /// `mean of A:B` while a projection is shown.
  public var projectionText: String? {
    projection.map { "\($0.rawValue) of \(projectedRange.start):\(projectedRange.end)" }
  }
}
