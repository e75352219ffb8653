@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Testing

@Suite struct StreamedStackTests {
  private let images = ImageFolderFixture(frames: 40)

  /// A stream that holds stretches of about so many of the fixture's frames.
  private func stream(_ frames: Int, _ images: ImageFolderFixture) throws -> StreamedStack {
    let recording = try images.open()
    let options = LoadOptions()
    let plan = try LoadPlan.make(
      for: recording, options: options, memory: budget(1 << 30), access: .inOrder(reach: 1))
    #expect(plan.strategy == .stream)
    var small = plan
    small.bytes = LoadPlan.foldBytes(plan.shape) + StreamedStack.stretchesHeld * frames * 24
    return StreamedStack(recording, plan: small, options: options, multiple: 8)
  }

  private func firstSamples(_ stack: StreamedStack, _ frames: Range<Int>) throws -> [Float] {
    let scratch = BandScratch()
    return try stack.withBand(rows: 0..<2, frames: frames, scratch: scratch) { samples, stride in
      (0..<frames.count).map { samples[$0 * stride] }
    }
  }

  @Test(arguments: [(1, 1), (3, 3), (7, 4), (8, 8), (23, 16), (100, 40)])
  func stretchesHoldWholeGroups(fitting: Int, frames: Int) throws {
    #expect(try stream(fitting, images).stretchFrames == frames)
  }

  @Test(arguments: [1, 3, 8, 100])
  func framesAreThoseOfTheFolder(stretch: Int) throws {
    let stack = try stream(stretch, images)
    for start in stride(from: 0, to: 37, by: 3) {
      let samples = try firstSamples(stack, start..<start + 4)
      #expect(samples == (start..<start + 4).map(ImageFolderFixture.first))
    }
    #expect(try firstSamples(stack, 2..<4) == [20, 30], "going back")
  }

  @Test func memoryHandedOnHoldsNothingOfBefore() throws {
    let images = ImageFolderFixture(frames: 40)
    // Damaged, so that its place in memory is filled with NaN for whoever comes next.
    images.folder.write([0x89, 0x50, 0x4E, 0x47], to: "3.png")
    let stack = try stream(8, images)
    for start in stride(from: 0, to: 40, by: 8) {
      let samples = try firstSamples(stack, start..<start + 8)
      for (frame, sample) in zip(start..<start + 8, samples) {
        #expect(frame == 3 ? sample.isNaN : sample == ImageFolderFixture.first(frame), "\(frame)")
        #expect(stack.condition(of: frame) == (frame == 3 ? .damaged : .complete))
      }
    }
    #expect(stack.skipped.count == 1)
    #expect(!stack.isKnownFinite)
  }

  @Test func itIsFiniteUntilSomethingElseWasRead() throws {
    let images = ImageFolderFixture(frames: 40)
    images.folder.write([0x89, 0x50, 0x4E, 0x47], to: "30.png")
    let stack = try stream(8, images)
    _ = try firstSamples(stack, 0..<8)
    #expect(stack.isKnownFinite)
    _ = try firstSamples(stack, 24..<32)
    #expect(!stack.isKnownFinite)
  }

  @Test func aVideoIsReadOnWithoutAJump() throws {
    let name = try #require(VideoGolden.all.first { $0.frames.count > 30 }?.name)
    let options = LoadOptions()
    let recording = try Recording.open(videoFixture(name), options: options).verified()
    let reader = try #require(recording.reader as? VideoReader)
    var plan = try LoadPlan.make(
      for: recording, options: options, memory: budget(1 << 30), access: .inOrder(reach: 1))
    plan.bytes = LoadPlan.foldBytes(plan.shape) + 12 * 4 * plan.shape.frameSize
    let stack = StreamedStack(recording, plan: plan, options: options, multiple: 8)
    #expect(stack.stretchFrames == 4)
    let jumps = reader.jumps
    for frame in 0..<stack.shape.frames {
      #expect(try stack.withFrame(frame, scratch: BandScratch()) { $0[0].isFinite })
    }
    #expect(reader.jumps == jumps)
  }

  @Test func afterCancellingNothingIsRead() throws {
    let stack = try stream(8, images)
    _ = try firstSamples(stack, 0..<8)
    stack.cancel()
    #expect(throws: BlitzError.self) { try firstSamples(stack, 8..<9) }
  }
}
