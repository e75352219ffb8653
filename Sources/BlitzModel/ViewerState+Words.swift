import BlitzCore

extension ViewerState {
  /// Appends `x X y Y = VALUE` of the probed pixel; nothing while there is none or its value is not
  /// known. Takes no memory where the text has room.
  public func writeProbe(to text: inout String) {
    guard let picture, let point = picture.request.probe, point == probe, !picture.probe.isEmpty
    else { return }
    text += "x "
    text += point.x.description
    text += " y "
    text += point.y.description
    for i in picture.probe.indices {
      text += i == 0 ? " = " : ","
      text += picture.probe[i].text()
    }
  }

  /// When the wanted frame was taken, in seconds after the first; nil where neither stamps nor a rate are
  /// known. Not exact while a recording with stamps of its own goes by the rate.
  public var time: (seconds: Double, isExact: Bool)? {
    if recording.isStamped {
      if times.indices ~= frame { return (times[frame], true) }
      if let picture, picture.request.plane == .frame(playback.position),
        let seconds = picture.seconds
      {
        return (seconds, true)
      }
    }
    return recording.framesPerSecond.map { ($0.seconds(atFrame: frame), !recording.isStamped) }
  }

  /// Where the viewer is and what is read there, as `y` copies it: `frame 8123, 406.15 ms, ...`.
  var copyText: String {
    var words = [projectionText ?? "frame \(frame)"]
    if projection == nil, let time {
      var text = time.isExact ? "" : "~"
      time.seconds.writeTime(to: &text)
      words.append(text)
    }
    var probed = ""
    writeProbe(to: &probed)
    if !probed.isEmpty { words.append(probed) }
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
