import BlitzCore
import BlitzModel

/// What a person types behind an option or a colon.
extension FuzzTarget {
  static let range = FuzzTarget(
    name: "range", texts: ["0:50", "-50:", "::3", "9223372036854775807:-9223372036854775808:1"],
    longest: 64
  ) { bytes in
    guard let slice = FrameSlice(String(decoding: bytes, as: UTF8.self)) else { return }
    try require(FrameSlice(slice.text) == slice, "\(slice.text) reads differently")
    for frames in [1, 7, 1 << 24] {
      guard let range = slice.resolve(frames: frames) else { continue }
      try require(0 <= range.start && range.end <= frames, "\(range.text) of \(frames)")
      try require(range.contains(range.last) && range.last < range.end, "\(range.text) has no end")
      try require(range.nearestIndex(to: range.last) == range.count - 1, "\(range.text) lands off")
    }
  }

  static let region = FuzzTarget(
    name: "region",
    texts: ["rect:1,2,3,4", "glow=ellipse:9,9,4,4", "polygon:0,0,9.5,0,9,1e9", "point:-1,7"],
    longest: 256
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    guard let region = try? RegionOfInterest(parsing: text) else { return }
    let again = try? RegionOfInterest(parsing: region.text)
    try require(again == region, "\(region.text) reads differently")
  }

  static let correction = FuzzTarget(
    name: "correction",
    texts: ["mean:0:50@70%", "file:a@b.npy@5%", "slide:9:2", "trail:3", "center:16777216@0.1%"],
    longest: 128
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    guard let correction = try? Correction(parsing: text) else { return }
    guard let again = try? Correction(parsing: correction.text) else {
      throw Violation("\(correction.text) does not read")
    }
    try require(
      again.source == correction.source && abs(again.amount - correction.amount) < 1e-12,
      "\(correction.text) reads differently")
    guard case .window(let window) = correction.source else { return }
    for frames in [1, 100, 1 << 24] {
      let reached = window.framesWithWindow(in: frames)
      try require(reached.isEmpty || reached.upperBound <= frames, "\(reached) of \(frames)")
      for frame in [reached.lowerBound, reached.upperBound - 1] where reached.contains(frame) {
        let taken = window.frames(of: frame, in: frames)
        try require(
          !taken.isEmpty && 0 <= taken.lowerBound && taken.upperBound <= frames,
          "\(window.text) of frame \(frame) takes \(taken) of \(frames)")
      }
    }
  }

  static let frameRate = FuzzTarget(
    name: "frame-rate", texts: ["25", "29.97", "30000/1001"], longest: 48
  ) { bytes in
    guard let rate = FrameRate(String(decoding: bytes, as: UTF8.self)) else { return }
    try require(rate.numerator > 0 && rate.denominator > 0, "\(rate)")
    try require(rate.value > 0 && rate.value.isFinite, "\(rate.value)")
    try require(rate.seconds(atFrame: 1 << 24).isFinite, "no time for a frame at \(rate)")
  }

  static let commandLine = FuzzTarget(
    name: "command-line",
    texts: [
      "42", "levels 1 2", "levels -inf nan", "colormap viridis", "subtract mean:0:9", "divide off",
      "find A mean > 500", "roi a=rect:1,2,3,4", "aspect 2.1", "next-frame",
    ],
    longest: 128
  ) { bytes in
    let line = String(decoding: bytes, as: UTF8.self)
    var viewer = FuzzedViewer()
    if case .success(let action) = CommandLine.parse(line) { try viewer.send(.action(action)) }
    _ = CommandLine.completion(of: line)
  }
}
