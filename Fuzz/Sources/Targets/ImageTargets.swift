@testable import BlitzIO
import BlitzCore

extension FuzzTarget {
  /// Images beyond this many pixels are not decoded: what they cost is measured elsewhere.
  private static let mostPixels = 1 << 16

  /// The fast path against libpng, on the bytes as they are and with check sums made right.
  static let png = FuzzTarget(name: "png", files: ("Images", [".png"])) { bytes in
    for bytes in [bytes, PNGRepair.mended(bytes)] {
      guard let header = try? PNGReader.codec.header(bytes.span),
        header.rows * header.columns <= mostPixels
      else { continue }
      let (fast, plain) = (DecodedFrame(), DecodedFrame())
      let condition = PNGReader.decode(bytes.span, into: fast, usesFastPath: true)
      let expected = PNGReader.decode(bytes.span, into: plain, usesFastPath: false)
      try require(condition == expected, "\(condition) where libpng says \(expected)")
      try require(fast.report == plain.report, "\(fast.report) where libpng says \(plain.report)")
      guard condition == .complete else { continue }
      try require(fast.content == plain.content, "other samples than libpng's")
      try require(
        [header.rows, header.columns, header.channels] == [fast.rows, fast.columns, fast.channels],
        "\(header) does not announce what was decoded")
    }
  }

  static let jpeg = FuzzTarget(name: "jpeg", files: ("Images", [".jpg"])) { bytes in
    let requests = [(true, 1), (false, 1), (false, 2), (true, 8)].map {
      DecodeRequest(color: $0, reduction: $1)
    }
    try decode(bytes, JPEGReader.codec, requests)
  }

  static let bmp = FuzzTarget(name: "bmp", files: ("Stills", [".bmp"])) { bytes in
    try decode(bytes, StillReader.bmp, [DecodeRequest(color: true), DecodeRequest()])
  }

  static let webp = FuzzTarget(name: "webp", files: ("Stills", [".webp"])) { bytes in
    try decode(bytes, StillReader.webp, [DecodeRequest(color: true), DecodeRequest()])
  }

  static let pnm = FuzzTarget(
    name: "pnm", texts: ["P2 2 2 9 1 2 3 4", "P1\n# c\n3 1\n101", "P5 1 2 65535 abcd"],
    files: ("Stills", [".pbm", ".pgm", ".ppm"])
  ) { bytes in try decode(bytes, PNMReader.codec, [DecodeRequest(color: true)]) }

  /// The first frames of a video, each by reading on and the last by a jump.
  static let video = FuzzTarget(
    name: "video", files: ("Video", [".mov", ".avi", ".mkv", ".webm", ".mp4", ".ts"]),
    longest: 1 << 16
  ) { bytes in
    let file = MemoryFile(bytes)
    guard let reader = try? VideoReader(path: file.path, threads: 1) else { return }
    let shape = reader.description.shape
    guard shape.frameSize <= mostPixels else { return }
    let frame = DecodedFrame()
    for index in [0, 1, shape.frames - 1] where index < shape.frames {
      _ = try? reader.decode(index, color: index == 1, into: frame)
    }
  }

  private static func decode(
    _ bytes: [UInt8], _ codec: ImageCodec, _ requests: [DecodeRequest]
  ) throws {
    guard let header = try? codec.header(bytes.span), header.rows * header.columns <= mostPixels
    else { return }
    for request in requests {
      let frame = DecodedFrame()
      guard codec.decode(bytes.span, request, frame) == .complete else {
        try require(frame.report.problem != nil, "damaged without a reason")
        continue
      }
      let reduction = frame.report.reduction
      try require(
        frame.rows == (header.rows + reduction - 1) / reduction
          && frame.columns == (header.columns + reduction - 1) / reduction,
        "\(header) does not announce \(frame.columns)x\(frame.rows)")
    }
  }
}

extension DecodedFrame {
  /// The samples' bytes.
  fileprivate var content: [UInt8] { withBytes { bytes in bytes.indices.map { bytes[$0] } } }
}
