import BlitzTestSupport
import Foundation
import Testing

/// A video whose headers count its frames wrongly or not at all; see make_counts.py.
struct MiscountedVideo: CustomTestStringConvertible, Sendable {
  let name: String
  /// What another demuxer counts, and what the headers say.
  let frames, claim: Int

  var testDescription: String { name }

  static let folder = Built.checkout + "/Tests/BlitzIOTests/Fixtures/Video/"

  static let all: [MiscountedVideo] = {
    let text = String(decoding: readFile(folder + "counts.txt"), as: UTF8.self)
    return text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 3, let frames = Int(words[1]), let claim = Int(words[2]) else {
        return nil
      }
      return MiscountedVideo(name: String(words[0]), frames: frames, claim: claim)
    }
  }()
}

@Suite struct InfoExactTests {
  private let folder = TemporaryFolder()

  private struct Counted: Decodable {
    struct Plan: Decodable { let frames: Int }
    let frames: Int
    let framesExact: Bool
    let plan: Plan
  }

  private func info(_ path: String, _ options: String...) throws -> Counted {
    let run = try CommandRun(
      [Built.blitz, "info", path, "--json"] + options, environment: environment())
    #expect(run.ending == .exit(0), "\(run.errorText)")
    return try JSONDecoder().decode(Counted.self, from: Data(run.output))
  }

  /// A fixture made longer than what is counted unasked, by an element that holds nothing; sparse.
  private func large(_ name: String, patch: (inout [UInt8]) -> Void = { _ in }) -> String {
    var bytes = readFile(MiscountedVideo.folder + name)
    patch(&bytes)
    switch name.suffix(3) {
    case "mp4": bytes += [0x04, 0, 0, 0] + Array("free".utf8)
    case "mkv": bytes += [0xEC, 0x01, 0, 0, 0, 0x04, 0, 0, 0]
    default: break
    }
    let path = folder.write(bytes, to: name)
    #expect(unsafe truncate(path, 64 << 20) == 0)
    return path
  }

  @Test(arguments: MiscountedVideo.all)
  func smallVideosAreCountedUnasked(_ video: MiscountedVideo) throws {
    let path = MiscountedVideo.folder + video.name
    let plain = try info(path)
    #expect(plain.framesExact && plain.frames == video.frames)
    let exact = try info(path, "--exact")
    #expect(exact.framesExact && exact.frames == video.frames)
  }

  @Test(arguments: MiscountedVideo.all.filter { $0.name.hasPrefix("many") })
  func aLargeVideoIsCountedWhenAsked(_ video: MiscountedVideo) throws {
    let (path, claim, frames) = (large(video.name), video.claim, video.frames)
    #expect(claim != frames)
    let plain = try info(path)
    #expect(!plain.framesExact && plain.frames == claim && plain.plan.frames == claim)
    let text = try CommandRun.blitz("info", path).text
    #expect(text.contains("~\(claim) video"), "\(text)")
    let exact = try info(path, "--exact")
    #expect(exact.framesExact && exact.frames == frames && exact.plan.frames == frames)
    #expect(try CommandRun.blitz("info", path, "--exact").text.contains(" \(frames) video"))
  }

  @Test func aRangeFromTheEndIsCountedFirst() throws {
    let path = large("many.mkv")
    let counted = try info(path, "--range", "-3:")
    #expect(counted.framesExact && counted.frames == 400 && counted.plan.frames == 3)
    let open = try info(path, "--range", "3:")
    #expect(!open.framesExact && open.plan.frames == 1597)
  }

  @Test func aLargeVideoWithoutACountIsCountedUnasked() throws {
    let path = large("many.avi") { bytes in
      // The counts of the file and of its stream.
      for (chunk, offset) in [("avih", 24), ("strh", 40)] {
        guard let place = bytes.firstRange(of: chunk.utf8)?.lowerBound else { continue }
        for i in 0..<4 { bytes[place + offset + i] = 0 }
      }
    }
    let plain = try info(path)
    #expect(plain.framesExact && plain.frames == 400)
  }
}
