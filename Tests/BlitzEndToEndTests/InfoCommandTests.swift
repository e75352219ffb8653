import BlitzTestSupport
import Foundation
import Testing

@Suite struct InfoCommandTests {
  /// Runs `info --json` and reads its one object.
  private func info(_ path: String, _ options: String...) throws -> [String: Any] {
    let run = try CommandRun(
      [Built.blitz, "info", path, "--json"] + options, environment: environment())
    #expect(run.ending == .exit(0) || run.ending == .exit(3), "\(run.errorText)")
    let object = try JSONSerialization.jsonObject(with: Data(run.output))
    return try #require(object as? [String: Any])
  }

  @Test func jsonHasTheFieldsOfTheContract() throws {
    let recording = SampleRecording(frames: 12)
    let object = try info(recording.path)
    #expect(
      Set(object.keys) == [
        "path", "format", "frames", "height", "width", "channels", "sampleType", "framesExact",
        "framesPerSecond", "bytesAsFloat32", "limitBytes", "plan", "skipped",
      ])
    #expect(object["path"] as? String == recording.path)
    #expect(object["format"] as? String == "png")
    #expect(object["frames"] as? Int == 12)
    #expect(object["height"] as? Int == recording.rows)
    #expect(object["width"] as? Int == recording.columns)
    #expect(object["channels"] as? Int == 1)
    #expect(object["sampleType"] as? String == "u16")
    #expect(object["framesExact"] as? Bool == true)
    #expect(object["framesPerSecond"] is NSNull)
    #expect(object["bytesAsFloat32"] as? Int == 12 * recording.rows * recording.columns * 4)
    #expect((object["skipped"] as? [Any])?.count == 0)

    let plan = try #require(object["plan"] as? [String: Any])
    #expect(Set(plan.keys) == ["strategy", "step", "frames", "bytes", "reason"])
    #expect(plan["strategy"] as? String == "memory")
    #expect(plan["step"] as? Int == 1 && plan["frames"] as? Int == 12)
  }

  @Test func rangesAndStepsAreSourceFrames() throws {
    let recording = SampleRecording(frames: 12)
    let plan = try info(recording.path, "--range", "-10:-1:3")["plan"]
    let fields = try #require(plan as? [String: Any])
    #expect(fields["step"] as? Int == 3 && fields["frames"] as? Int == 3)
  }

  @Test func whatExceedsTheLimitIsSubsampled() throws {
    let recording = SampleRecording(frames: 200, rows: 128, columns: 128, depth: 8)
    let object = try info(recording.path, "--max-ram", "8M", "--on-exceed", "step")
    let limit = try #require(object["limitBytes"] as? Int)
    #expect(limit <= 8 << 20)
    let plan = try #require(object["plan"] as? [String: Any])
    #expect(plan["strategy"] as? String == "step")
    #expect((plan["bytes"] as? Int ?? .max) <= limit)
    #expect((plan["step"] as? Int ?? 0) >= 2)
    #expect((plan["reason"] as? String)?.contains("12.5 MiB") == true, "\(plan)")
  }

  @Test func aFolderThatMustFitAndDoesNotIsRefused() throws {
    let recording = SampleRecording(frames: 12, rows: 512, columns: 512, depth: 8)
    let run = try CommandRun.blitz(
      "info", recording.path, "--max-ram", "1M", "--on-exceed", "error")
    #expect(run.ending == .exit(1) && run.errorText.contains("hint:"), "\(run.errorText)")
  }

  @Test func whatIsNoFrameIsListed() throws {
    let recording = SampleRecording(frames: 3)
    recording.folder.write(Array("not a picture".utf8), to: "shot/frame9.png")
    _ = recording.folder.makeFolder("shot/frame10.png")
    let skipped = try #require(try info(recording.path)["skipped"] as? [[String: Any]])
    #expect(Set(skipped.compactMap { $0["path"] as? String }.map { $0.suffix(11) }).count == 2)
    #expect(skipped.allSatisfy { ($0["reason"] as? String)?.isEmpty == false })
  }

  @Test func aPathThatIsNotUTF8IsGivenTwice() throws {
    let folder = TemporaryFolder()
    let name: [UInt8] = [0x61, 0xff, 0x62]
    folder.write(PNGFile(width: 1, height: 1, samples: [5]).bytes, name: name + Array(".png".utf8))
    let run = try CommandRun(
      ["sh", "-c", "exec \"$0\" info \(folder.path)/a* --json", Built.blitz],
      environment: environment())
    let object = try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
    let encoded = try #require(object?["pathBase64"] as? String)
    #expect(
      Data(base64Encoded: encoded).map { Array($0) }
        == Array((folder.path + "/").utf8) + name + Array(".png".utf8))
  }

  @Test func textNamesWhatMatters() throws {
    let recording = SampleRecording(frames: 12)
    let run = try CommandRun.blitz("info", recording.path)
    #expect(run.ending == .exit(0))
    for words in ["12 png", "32x24", "gray", "memory"] {
      #expect(run.text.contains(words), "\(words) in \(run.text)")
    }
  }
}
