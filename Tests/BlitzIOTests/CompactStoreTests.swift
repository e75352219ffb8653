@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Testing

@Suite struct CompactStoreTests {
  private func store(
    _ type: SampleType, frames: Int = 3, rows: Int = 4, columns: Int = 5
  ) throws -> CompactStore {
    try CompactStore(
      shape: try #require(StackShape(frames: frames, rows: rows, columns: columns)), type: type)
  }

  @Test(arguments: [
    (SampleType.u8, 0, 255), (.i8, -128, 127), (.u16, 0, 65_535), (.i16, -32_768, 32_767),
    (.bool, 0, 1),
  ])
  func valuesOfTheTypeComeBack(type: SampleType, low: Int, high: Int) throws {
    let store = try store(type)
    var random = SeededRandom(seed: 6)
    let stack = (0..<3).map { _ in
      [Float(low), Float(high)]
        + (2..<20).map { _ in Float(Int.random(in: low...high, using: &random)) }
    }
    for frame in [2, 0, 1] {
      let isFilled = store.fill(frame: frame, scratch: BandScratch(), areFinite: false) { samples in
        for i in samples.indices { samples[i] = stack[frame][i] }
        return .complete
      }
      #expect(isFilled)
    }
    #expect(store.arrivedCount == 3)
    #expect(store.isKnownFinite)
    for rows in [0..<4, 0..<1, 1..<3, 3..<4] {
      for frames in [0..<3, 1..<2, 1..<3] {
        try store.withBand(rows: rows, frames: frames, scratch: BandScratch()) { samples, stride in
          #expect(stride == rows.count * 5)
          #expect(samples.count == frames.count * stride)
          for i in samples.indices {
            let (frame, rest) = (frames.lowerBound + i / stride, i % stride)
            #expect(samples[i] == stack[frame][rows.lowerBound * 5 + rest])
          }
        }
      }
    }
  }

  @Test func damagedFramesAreNaNAndPendingOnesCanBeTriedAgain() throws {
    let store = try store(.u8)
    #expect(!store.fill(frame: 0, scratch: BandScratch(), areFinite: false) { _ in .pending })
    #expect(store.condition(of: 0) == .pending)
    #expect(store.fill(frame: 0, scratch: BandScratch(), areFinite: false) { _ in .damaged })
    #expect(!store.fill(frame: 0, scratch: BandScratch(), areFinite: false) { _ in .complete })
    #expect(store.condition(of: 0) == .damaged)
    #expect(!store.isKnownFinite)
    try store.withFrame(0, scratch: BandScratch()) { samples in
      for i in samples.indices { #expect(samples[i].isNaN) }
    }
  }

  /// A store with all frames of a plan, none of them damaged.
  private func loaded(
    _ recording: Recording, _ plan: LoadPlan, _ options: LoadOptions
  ) throws -> any FrameStore {
    let store = try plan.makeStore()
    let loader = StackLoader(
      recording: recording, plan: plan, options: options, into: store
    ) { _ in }
    loader.start()
    loader.wait()
    #expect(loader.progress.damaged == 0)
    return store
  }

  @Test func aFolderThatFitsOnlyAsStoredIsLoadedSo() throws {
    let images = ImageFolderFixture(frames: 60, rows: 20, columns: 30)
    let recording = try images.open()
    let options = LoadOptions()
    // 36,000 bytes as stored and 14,400 of partial results, 144,000 as Float32.
    let memory = budget(70_000)
    let plan = try LoadPlan.make(for: recording, options: options, memory: memory)
    #expect(plan.strategy == .compact)
    #expect(plan.frames.count == 60)
    #expect(plan.bytes <= plan.limitBytes)
    let store = try loaded(recording, plan, options)
    for frame in 0..<60 {
      let first = try store.withFrame(frame, scratch: BandScratch()) { $0[0] }
      #expect(first == ImageFolderFixture.first(frame))
    }
  }

  /// Codes are what is held; the samples lent are those of a stack held as `Float`.
  @Test(arguments: VideoGolden.all, [LoadOptions.Luma.expand, .raw])
  func aVideoIsHeldAsItsCodes(_ golden: VideoGolden, luma: LoadOptions.Luma) throws {
    var options = LoadOptions()
    options.luma = luma
    let recording = try Recording.open(golden.path, options: options)
    let plans = stride(from: 20_000, to: 20_000_000, by: 5000).lazy.compactMap {
      try? LoadPlan.make(for: recording, options: options, memory: budget($0))
    }
    let plan = try #require(plans.first { $0.strategy == .compact })
    let all = try LoadPlan.make(for: recording, options: options, memory: budget(1 << 30))
    #expect(plan.bytes < all.bytes && plan.frames == all.frames)
    let stores = try [plan, all].map { try loaded(recording, $0, options) }
    for frame in [0, plan.frames.count - 1] {
      let frames = try stores.map { store in
        try store.withFrame(frame, scratch: BandScratch()) { frame in
          frame.indices.map { frame[$0] }
        }
      }
      #expect(frames[0] == frames[1] && frames[0].count == plan.shape.frameSize)
    }
  }

  @Test func whatLoadingChangesIsNotKeptAsStored() throws {
    let images = ImageFolderFixture(frames: 60, rows: 20, columns: 30)
    for change in [
      { (options: inout LoadOptions) in options.normalize = true },
      { $0.eightBit = true }, { $0.onExceed = .step },
    ] {
      var options = LoadOptions()
      change(&options)
      let plan = try LoadPlan.make(
        for: images.open(options), options: options, memory: budget(70_000))
      #expect(plan.strategy == .step)
    }
  }

  @Test func aFrameOfAnotherTypeIsNotForcedIn() throws {
    let images = ImageFolderFixture(frames: 60, rows: 20, columns: 30)
    let deep = PNGFile(
      width: 30, height: 20, samples: (0..<600).map { 1000 + UInt16($0) }, depth: 16)
    images.folder.write(deep.bytes, to: "7.png")
    let recording = try images.open()
    let plan = try LoadPlan.make(
      for: recording, options: LoadOptions(), memory: budget(70_000))
    let store = try plan.makeStore()
    let loader = StackLoader(
      recording: recording, plan: plan, options: LoadOptions(), into: store
    ) { _ in }
    loader.start()
    loader.wait()
    #expect(store.condition(of: 7) == .damaged)
    #expect(loader.progress.skipped.map(\.reason.text) == ["other samples: u16 x 1, not u8 x 1"])
  }
}
