import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Dispatch
import Foundation
import Synchronization
import Testing

@testable import BlitzIO

@Suite struct VideoReaderTests {
  @Test(arguments: VideoGolden.all)
  func codesAndTimesAreThoseOfAnotherDecoder(_ golden: VideoGolden) throws {
    let reader = try VideoReader(path: golden.path, luma: .raw)
    #expect(reader.description.framesExact)
    #expect(reader.description.shape.frames == golden.frames.count)
    #expect(reader.bitDepth == golden.bits)
    #expect(reader.isLimitedRange == golden.isLimited)
    let frame = DecodedFrame()
    for (i, expected) in golden.frames.enumerated() {
      #expect(try reader.decode(i, color: false, into: frame) == .complete)
      #expect(frame.rows == golden.rows)
      #expect(frame.columns == golden.columns)
      let values = frame.values
      let sum = Int(values.reduce(0, +))
      #expect(abs(sum - expected.sum) <= golden.tolerance * values.count, "frame \(i)")
      for (k, code) in expected.sampled.enumerated() {
        let difference = abs(Int(values[golden.place(k)]) - code)
        #expect(difference <= golden.tolerance, "frame \(i)")
      }
      if let own = reader.seconds(atFrame: i), let seconds = expected.seconds {
        #expect(abs(own - seconds) < 1e-5, "frame \(i)")
      }
    }
  }

  @Test(arguments: VideoGolden.all)
  func expandedLumaFollowsTheFormulaUnrounded(_ golden: VideoGolden) throws {
    let reader = try VideoReader(path: golden.path)
    let frame = DecodedFrame()
    #expect(try reader.decode(0, color: false, into: frame) == .complete)
    #expect(reader.description.sampleType == (golden.bits > 8 ? .u16 : .u8))
    #expect((frame.limitedLuma != nil) == golden.isLimited)
    let scale = golden.expanded(235 << (golden.bits - 8)) / 200
    for (k, code) in golden.frames[0].sampled.enumerated() {
      let difference = frame.values[golden.place(k)] - golden.expanded(code)
      #expect(abs(difference) <= Double(golden.tolerance) * scale + 1e-4)
    }
  }

  @Test(arguments: VideoGolden.all)
  func everyFrameBySeekEqualsTheFrameByReading(_ golden: VideoGolden) throws {
    let open = { try VideoReader(path: golden.path, luma: .raw) }
    let reader = try open()
    let frame = DecodedFrame()
    let sequential = try golden.frames.indices.map { i in
      try #require(try reader.decode(i, color: false, into: frame) == .complete)
      return frame.content
    }
    #expect(reader.jumps == 0)
    var random = SeededRandom(seed: 11)
    let order =
      golden.frames.indices.reversed() + golden.frames.indices.shuffled(using: &random)
    for i in order {
      // From wherever the last one left the decoder, and from a decoder that has seen nothing.
      let readers = i.isMultiple(of: 3) ? [reader, try open()] : [reader]
      for reader in readers {
        #expect(try reader.decode(i, color: false, into: frame) == .complete, "frame \(i)")
        #expect(frame.content == sequential[i], "frame \(i)")
      }
    }
    Repetitions.report("seek equals reading on", "\(golden.name), \(order.count) seeks")
  }

  /// Most pictures need one that is broken; each frame is not searched for from the start again.
  @Test func whatIsDamagedIsLookedForOnce() throws {
    var bytes = try fixture("Video/many_cut.mp4")
    for (place, byte) in [(6, 0xB0), (56, 0xE1), (1483, 0x27), (10_103, 0xEE)] {
      bytes[place] = UInt8(byte)
    }
    let folder = TemporaryFolder()
    let reader = try VideoReader(path: FilePath(folder.file("broken.mp4", bytes)))
    let frame = DecodedFrame()
    let conditions = try (0..<375).map { try reader.decode($0, color: false, into: frame) }
    #expect(conditions.count { $0 == .damaged } > 100)
    #expect(conditions.count { $0 == .complete } > 100)
    #expect(reader.jumps <= 6, "\(reader.jumps) jumps")
    // Going back to what is there still works, and what is missing stays so.
    let order = [300, 0, 374, 120, 250, 1]
    for i in order { #expect(try reader.decode(i, color: false, into: frame) == conditions[i]) }
  }

  @Test func losslessSixteenBitsAreTheSourceItself() throws {
    // The golden's sums are checked against the source array by the script that made them.
    let golden = try VideoGolden.named("ffv1_gray16.mkv")
    let reader = try VideoReader(path: golden.path)
    let frame = DecodedFrame()
    #expect(try reader.decode(39, color: false, into: frame) == .complete)
    #expect(frame.type == .u16)
    #expect(Int(frame.values.reduce(0, +)) == golden.frames[39].sum)
  }

  @Test func losslessRGBIsTheSourceItself() throws {
    let reader = try VideoReader(path: videoFixture("ffv1_rgb.mkv"))
    #expect(reader.description.shape == StackShape(frames: 4, rows: 9, columns: 20, channels: 3))
    let frame = DecodedFrame()
    for color in [false, true] {
      #expect(try reader.decode(2, color: color, into: frame) == .complete)
      #expect(frame.channels == 3)
      let expected = (0..<540).map { UInt8((1080 + $0) * 7 % 251) }
      #expect(frame.content == expected)
    }
  }

  @Test func packedYUVGivesItsLuma() throws {
    let reader = try VideoReader(path: videoFixture("raw_uyvy.mov"), luma: .raw)
    let bytes = [UInt8](
      try Data(contentsOf: URL(filePath: videoFixture("raw_uyvy.mov").description)))
    let frame = DecodedFrame()
    #expect(try reader.decode(0, color: false, into: frame) == .complete)
    // The file's first frame lies somewhere in it as U Y V Y; every second byte must be the luma.
    let own = frame.content
    let found = (0..<bytes.count - 2 * own.count).contains { start in
      bytes[start + 1] == own[0] && own.indices.allSatisfy { bytes[start + 1 + 2 * $0] == own[$0] }
    }
    #expect(found)
  }

  @Test func colourOfAGrayPictureIsGray() throws {
    let reader = try VideoReader(path: videoFixture("mjpeg.avi"))
    let frame = DecodedFrame()
    #expect(try reader.decode(3, color: true, into: frame) == .complete)
    #expect(frame.channels == 3)
    #expect(frame.type == .u8)
    let values = frame.values
    #expect(try reader.decode(3, color: false, into: frame) == .complete)
    for (i, luma) in frame.values.enumerated() {
      for channel in 0..<3 { #expect(abs(values[3 * i + channel] - luma) <= 2) }
    }
  }

  @Test func colourKeepsTenBits() throws {
    let reader = try VideoReader(path: videoFixture("hevc_10bit.mp4"))
    let golden = try VideoGolden.named("hevc_10bit.mp4")
    let frame = DecodedFrame()
    #expect(try reader.decode(20, color: true, into: frame) == .complete)
    #expect(frame.type == .u16)
    #expect(frame.channels == 3)
    for (k, code) in golden.frames[20].sampled.enumerated() {
      let difference = abs(frame.values[3 * golden.place(k) + 1] - golden.expanded(code))
      #expect(difference <= 3)
    }
  }

  @Test func aChangeOfSizeDamagesTheFramesAfterIt() throws {
    let reader = try VideoReader(path: videoFixture("resized.ts"))
    let frame = DecodedFrame()
    let conditions = try (0..<reader.description.shape.frames).map { i in
      try reader.decode(i, color: false, into: frame)
    }
    // The codec begins anew and loses the one picture it still held back; the container counts its packets
    // anew, so that it cannot vouch for the last one before.
    let expected = (0..<45).map { $0 < 39 && $0 != 37 ? FrameCondition.complete : .damaged }
    #expect(conditions == expected)
    #expect(frame.report.problem?.contains("size") == true)
  }

  @Test func framesThatDoNotExistAreDamaged() throws {
    let reader = try VideoReader(path: videoFixture("lying.avi"))
    #expect(reader.description.shape.frames == 12)
    #expect(try reader.decode(12, color: false, into: DecodedFrame()) == .damaged)
    #expect(try reader.decode(.max - 100, color: false, into: DecodedFrame()) == .damaged)
  }

  @Test func aRecordingIsAVideoByContentOrByName() throws {
    for name in ["h264_b.mp4", "mpeg2.ts", "h264_bare.h264", "raw_gray.avi", "vp9.webm"] {
      let recording = try Recording.open(videoFixture(name), options: LoadOptions())
      #expect(recording.description.format == "video")
      #expect(recording.description.framesExact)
      #expect(recording.verified().description == recording.description)
    }
  }

  @Test func theLumaOptionReachesTheReader() throws {
    var options = LoadOptions()
    let path = videoFixture("h264_b.mp4")
    let frame = DecodedFrame()
    for luma in [LoadOptions.Luma.raw, .expand] {
      options.luma = luma
      let reader = try Recording.open(path, options: options).reader
      #expect(try reader.decode(5, color: false, into: frame) == .complete)
      #expect(frame.type == .u8)
      #expect(frame.limitedLuma == (luma == .raw ? nil : LimitedLuma(bits: 8)))
      #expect(frame.white == 255)
    }
  }

  @Test(arguments: [1, 2, 5, 11])
  func severalThreadsGetTheirFrames(_ step: Int) throws {
    let golden = try VideoGolden.named("h264_b.mp4")
    let reader = try VideoReader(path: golden.path, luma: .raw)
    let next = Atomic(0)
    let sums = Mutex([Int: Int]())
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      let frame = DecodedFrame()
      while true {
        let i = next.add(step, ordering: .relaxed).oldValue
        guard i < golden.frames.count else { return }
        guard (try? reader.decode(i, color: false, into: frame)) == .complete else { continue }
        let sum = Int(frame.values.reduce(0, +))
        sums.withLock { $0[i] = sum }
      }
    }
    let wanted = stride(from: 0, to: golden.frames.count, by: step)
    let found = sums.withLock { sums in wanted.map { sums[$0] } }
    #expect(found == wanted.map { golden.frames[$0].sum })
  }

  @Test func framesAskedForNearlyInOrderAreReadOnce() throws {
    let reader = try VideoReader(path: try VideoGolden.named("h264_b.mp4").path)
    let frame = DecodedFrame()
    for first in stride(from: 0, to: 40, by: 4) {
      for i in [first + 2, first, first + 3, first + 1] {
        #expect(try reader.decode(i, color: false, into: frame) == .complete)
      }
    }
    #expect(reader.jumps == 0)
  }

  // A key every 12 packets: reading on is cheaper; a key at each packet: jumping is; and with a
  // stride beyond the keys there is one jump for each frame after the first.
  @Test(arguments: [("h264_b.mp4", 5, 0), ("mjpeg.avi", 5, 7), ("h264_b.mp4", 24, 1)])
  func everyKthFrameIsReadTheCheaperWay(name: String, step: Int, jumps: Int) throws {
    let reader = try VideoReader(path: try VideoGolden.named(name).path)
    let frame = DecodedFrame()
    for i in stride(from: 0, to: 40, by: step) {
      #expect(try reader.decode(i, color: false, into: frame) == .complete)
    }
    #expect(reader.jumps == jumps)
  }

  @Test func whatIsNoVideoIsRefused() throws {
    #expect(throws: BlitzError.self) { try VideoReader(path: videoFixture("video.txt")) }
    #expect(throws: BlitzError.self) { try VideoReader(path: FilePath("/dev/zero")) }
    #expect(throws: BlitzError.self) { try VideoReader(path: FilePath("/nonexistent.mp4")) }
  }

  @Test(arguments: ["hls", "concat", "sdp"])
  func listsOfOtherFilesAreNotFollowed(_ kind: String) throws {
    let target = videoFixture("h264_b.mp4").description
    let text =
      switch kind {
      case "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:\(target)\n#EXT-X-ENDLIST\n"
      case "concat": "ffconcat version 1.0\nfile 'file:\(target)'\n"
      default: "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"
      }
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).mp4")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let error = #expect(throws: BlitzError.self) { try VideoReader(path: FilePath(file.path)) }
    #expect(error?.kind == .unsupported || error?.kind == .damagedInput)
  }

  /// Of the last packet of a cut file the container hands out what there is.
  @Test func aPartOfAPictureIsNoPicture() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: videoFixture("mjpeg.avi").description)))
    let whole = try VideoReader(path: videoFixture("mjpeg.avi"))
    let folder = TemporaryFolder()
    let (frame, other) = (DecodedFrame(), DecodedFrame())
    var damaged = 0
    for part in 8..<24 {
      let file = folder.file("cut\(part).avi", Array(bytes.prefix(bytes.count * part / 25)))
      let reader = try VideoReader(path: FilePath(file))
      for i in 0..<reader.description.shape.frames {
        guard try reader.decode(i, color: false, into: frame) == .complete else {
          damaged += 1
          continue
        }
        #expect(try whole.decode(i, color: false, into: other) == .complete)
        #expect(frame.values == other.values, "frame \(i) of a file cut to \(part)/25")
      }
    }
    #expect(damaged > 8)
  }

  @Test(arguments: ["h264_b.mp4", "h264_open.mkv", "mpeg4_untimed.avi", "mpeg2.ts", "vp9.webm"])
  func cutAndFlippedFilesEndInAnErrorOrInDamage(_ name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: videoFixture(name).description)))
    var random = SeededRandom(seed: 3)
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    defer { try? FileManager.default.removeItem(at: file) }
    let frame = DecodedFrame()
    for round in 0..<24 {
      var broken = bytes
      if round.isMultiple(of: 2) {
        broken.removeLast(bytes.count * (round + 1) / 25)
      } else {
        for _ in 0..<20 { broken[Int.random(in: 0..<bytes.count, using: &random)] ^= 0x55 }
      }
      try Data(broken).write(to: file)
      guard let reader = try? VideoReader(path: FilePath(file.path)) else { continue }
      for i in [0, 39, 7, reader.description.shape.frames - 1] {
        let condition = try reader.decode(i, color: false, into: frame)
        #expect(condition != .pending)
      }
    }
  }
}
