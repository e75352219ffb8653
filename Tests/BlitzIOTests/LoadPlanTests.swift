@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Testing

@Suite struct LoadPlanTests {
  private let images = ImageFolderFixture(frames: 10)

  private func plan(
    _ memory: MemoryBudget = budget(1 << 30), _ change: (inout LoadOptions) -> Void = { _ in }
  ) throws -> LoadPlan {
    var options = LoadOptions()
    change(&options)
    return try LoadPlan.make(for: images.open(options), options: options, memory: memory)
  }

  /// A budget for a number of frames of 2 x 3 samples, partial results and workers included.
  private func budgetFor(frames: Int) -> MemoryBudget {
    let workers = StackLoader.workerCount(LoadOptions()) * 9
    return budget(frames * 24 + 6 * LoadPlan.partialBytesPerSample + workers)
  }

  @Test func whatFitsIsLoadedWhole() throws {
    let plan = try plan()
    #expect(plan.strategy == .memory)
    #expect(plan.frames == FrameRange(start: 0, end: 10))
    #expect(plan.shape == StackShape(frames: 10, rows: 2, columns: 3))
    #expect(plan.bytesAsFloat32 == 240)
    #expect(plan.bytes == 240 + 6 * LoadPlan.partialBytesPerSample)
    #expect(plan.step == 1)
  }

  @Test func whatDoesNotFitIsThinnedOutByTheNeededRatioRoundedUp() throws {
    for (room, step, kept) in [(10, 1, 10), (9, 2, 5), (6, 2, 5), (5, 2, 5), (4, 3, 4), (1, 10, 1)]
    {
      let plan = try plan(budgetFor(frames: room)) { $0.onExceed = .step }
      #expect(plan.strategy == (step == 1 ? .memory : .step))
      #expect(plan.step == step, "\(room) frames fit")
      #expect(plan.shape.frames == kept)
      #expect(plan.bytes <= plan.limitBytes)
      #expect(plan.bytesAsFloat32 == 240)
    }
  }

  @Test func keptFramesAreSourceFrames() throws {
    let plan = try plan(budgetFor(frames: 2)) {
      $0.range = FrameSlice("1:10:2") ?? .all
      $0.onExceed = .step
    }
    #expect((0..<plan.frames.count).map { plan.frames[$0] } == [1, 7])
    #expect(plan.step == 6)
    #expect(!plan.reason.text.isEmpty)
  }

  @Test func theLimitOfThePersonCounts() throws {
    let plan = try plan { $0.maxRAM = 500 }
    #expect(plan.limitBytes == 450)
    #expect(plan.reason.text.contains("--max-ram") || plan.strategy == .memory)
  }

  @Test func tooLargeIsAnErrorWhenAskedFor() throws {
    let error = #expect(throws: BlitzError.self) {
      try plan(budgetFor(frames: 5)) { $0.onExceed = .error }
    }
    #expect(error?.kind == .limit)
    #expect(try plan { $0.onExceed = .error }.strategy == .memory)
    let none = #expect(throws: BlitzError.self) { try plan(budget(20)) }
    #expect(none?.kind == .limit)
    #expect(none?.hint != nil)
  }

  @Test(arguments: [LoadOptions.OnExceed.map, .cache])
  func strategiesOfOtherInputsAreRefused(wish: LoadOptions.OnExceed) throws {
    #expect(try plan { $0.onExceed = wish }.strategy == .memory)
    let error = #expect(throws: BlitzError.self) {
      try plan(budgetFor(frames: 5)) { $0.onExceed = wish }
    }
    #expect(error?.kind == .usage)
    #expect(error?.subject.text == "--on-exceed \(wish.rawValue)")
    #expect(try plan { $0.onExceed = wish }.strategy == .memory)
  }

  @Test func emptyRangesAndCropsAreRefused() throws {
    let range = #expect(throws: BlitzError.self) {
      try plan { $0.range = FrameSlice("10:20") ?? .all }
    }
    #expect(range?.exitCode == 2)
    let crop = #expect(throws: BlitzError.self) {
      try plan { $0.crop = LoadOptions.Crop(x: 3, y: 0, width: 5, height: 1) }
    }
    #expect(crop?.exitCode == 2)
  }

  @Test func theShapeIsThatAfterCropSizeAndGray() throws {
    let plan = try plan {
      $0.crop = LoadOptions.Crop(x: 1, y: 0, width: 2, height: 2)
      $0.size = 0.5
      $0.color = true
    }
    #expect(plan.shape == StackShape(frames: 10, rows: 1, columns: 1))
  }
}
