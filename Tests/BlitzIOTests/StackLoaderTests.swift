@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Dispatch
import Synchronization
import Testing

@Suite struct StackLoaderTests {
  private struct Loaded {
    let store: SampleStore
    let summary: LoadSummary
    let frames: [Int]
  }

  private final class Events: Sendable {
    let frames = Mutex([Int]())
    let summaries = Mutex([LoadSummary]())

    func note(_ event: LoadEvent) {
      switch event {
      case .frame(let frame): frames.withLock { $0.append(frame) }
      case .finished(let summary): summaries.withLock { $0.append(summary) }
      }
    }
  }

  private func load(
    _ images: ImageFolderFixture, _ options: LoadOptions = LoadOptions(),
    memory: MemoryBudget = budget(1 << 30)
  ) throws -> Loaded {
    let recording = try images.open(options)
    let plan = try LoadPlan.make(for: recording, options: options, memory: memory)
    let store = try SampleStore(shape: plan.shape)
    let events = Events()
    let loader = StackLoader(
      recording: recording, plan: plan, options: options, into: store, report: events.note)
    loader.start()
    loader.start()
    loader.wait()
    let summaries = events.summaries.withLock { $0 }
    #expect(summaries == [loader.progress])
    return Loaded(
      store: store, summary: try #require(summaries.first), frames: events.frames.withLock { $0 })
  }

  @Test(arguments: [1, 2, 3, 8])
  func everyFrameArrivesOnceInItsPlace(threads: Int) throws {
    var options = LoadOptions()
    options.threads = threads
    let loaded = try load(ImageFolderFixture(frames: 23), options)
    #expect(loaded.frames.sorted() == Array(0..<23))
    #expect(loaded.summary.arrived == 23)
    #expect(loaded.summary.damaged == 0)
    #expect(loaded.summary.bytesRead > 23 * 60)
    for frame in 0..<23 {
      #expect(try loaded.store.samples(of: frame)[0] == ImageFolderFixture.first(frame))
    }
  }

  @Test func aRangeLoadsItsSourceFrames() throws {
    var options = LoadOptions()
    options.range = FrameSlice("2:-1:3") ?? .all
    let loaded = try load(ImageFolderFixture(frames: 10), options)
    #expect(try (0..<3).map { try loaded.store.samples(of: $0)[0] } == [20, 50, 80])
  }

  @Test func badFilesKeepTheirSlotAndAreListed() throws {
    let images = ImageFolderFixture(frames: 6)
    let whole = PNGFile(width: 3, height: 2, samples: [0, 1, 2, 3, 4, 5]).bytes
    images.folder.write(Array(whole.dropLast(20)), to: "1.png")
    images.folder.write([], to: "3.png")
    images.add("4.png", 4, rows: 3, columns: 3)
    let loaded = try load(images)
    let conditions = (0..<6).map { loaded.store.condition(of: $0) }
    #expect(conditions == [.complete, .damaged, .complete, .damaged, .damaged, .complete])
    #expect(try loaded.store.samples(of: 3).allSatisfy(\.isNaN))
    #expect(try loaded.store.samples(of: 5)[0] == 50)
    #expect(loaded.summary.damaged == 3)
    #expect(loaded.summary.otherSizes == 1)
    #expect(loaded.summary.skipped.count == 3)
    let other = loaded.summary.skipped.first { $0.path.text.hasSuffix("4.png") }
    #expect(other?.reason.text == "other size: 3x3, not 3x2")
  }

  @Test func warningsAreCounted() throws {
    let folder = ImageFolderFixture(frames: 0)
    folder.folder.write(try fixture("Images/text-bad-crc.png"), to: "a.png")
    let loaded = try load(folder)
    #expect(loaded.summary.warnings == 1)
    #expect(loaded.summary.damaged == 0)
  }

  @Test func mixedSizesAreCutAtTheTopLeft() throws {
    let images = ImageFolderFixture(frames: 2)
    images.add("1.png", 1, rows: 3, columns: 2)
    var options = LoadOptions()
    options.mixed = .crop
    let loaded = try load(images, options)
    #expect(try loaded.store.samples(of: 0) == [0, 1, 3, 4])
    #expect(try loaded.store.samples(of: 1) == [10, 11, 12, 13])
  }

  /// A recording whose frames are single pixels; some block until told, or are damaged.
  private final class GatedReader: StackReader {
    let description: StackDescription
    let gates: [Int: DispatchSemaphore]
    let started = DispatchSemaphore(value: 0)
    let order = Mutex([Int]())

    init(frames: Int, blocking: Set<Int>) throws {
      let shape = try #require(StackShape(frames: frames, rows: 1, columns: 1))
      description = StackDescription(format: "test", shape: shape, sampleType: .u8)
      gates = Dictionary(uniqueKeysWithValues: blocking.map { ($0, DispatchSemaphore(value: 0)) })
    }

    func decode(_ index: Int, color: Bool, into frame: DecodedFrame) throws(BlitzError)
      -> FrameCondition
    {
      order.withLock { $0.append(index) }
      if let gate = gates[index] {
        started.signal()
        gate.wait()
      }
      frame.prepare(rows: 1, columns: 1, channels: 1, type: .u8)
      frame.withMutableBytes { $0[0] = UInt8(index) }
      return .complete
    }
  }

  private func loader(
    _ reader: GatedReader, threads: Int, budget time: Duration = .seconds(60)
  ) throws -> (StackLoader, SampleStore) {
    var options = LoadOptions()
    options.threads = threads
    let recording = Recording(FilePath("test"), reader, options, isVerified: true)
    let plan = try LoadPlan.make(for: recording, options: options, memory: budget(1 << 20))
    let store = try SampleStore(shape: plan.shape)
    let loader = StackLoader(
      recording: recording, plan: plan, options: options, into: store, budget: time
    ) { _ in }
    return (loader, store)
  }

  @Test func theWantedFrameIsNext() throws {
    let reader = try GatedReader(frames: 10, blocking: [0])
    let (loader, _) = try loader(reader, threads: 1)
    loader.start()
    reader.started.wait()
    loader.want(7)
    reader.gates[0]?.signal()
    loader.wait()
    #expect(reader.order.withLock { $0 } == [0, 7, 1, 2, 3, 4, 5, 6, 8, 9])
  }

  @Test func cancellingKeepsWhatHasArrived() throws {
    let reader = try GatedReader(frames: 10, blocking: [3])
    let (loader, store) = try loader(reader, threads: 1)
    loader.start()
    reader.started.wait()
    loader.cancel()
    reader.gates[3]?.signal()
    loader.wait()
    #expect(loader.progress.isCancelled)
    #expect(loader.progress.arrived == 4)
    #expect(try store.samples(of: 2) == [2])
    #expect(store.condition(of: 4) == .pending)
  }

  @Test func aHungDecoderLosesItsFrameAndNothingElse() throws {
    let reader = try GatedReader(frames: 6, blocking: [0, 2])
    let (loader, store) = try loader(reader, threads: 1, budget: .milliseconds(20))
    loader.start()
    loader.wait()
    #expect(store.isComplete)
    #expect(
      (0..<6).map { store.condition(of: $0) == .damaged } == [
        true, false, true, false, false, false,
      ])
    #expect(loader.progress.skipped.allSatisfy { $0.reason.text.contains("took longer") })
    // A late answer changes nothing that has been published.
    for gate in reader.gates.values { gate.signal() }
    #expect(loader.progress.arrived == 6)
  }

  @Test func tooManyHungDecodersEndTheLoading() throws {
    let reader = try GatedReader(frames: 20, blocking: Set(0..<20))
    let (loader, store) = try loader(reader, threads: 2, budget: .milliseconds(5))
    loader.start()
    loader.wait()
    #expect(loader.progress.damaged == 20)
    #expect(store.isComplete)
    for gate in reader.gates.values { gate.signal() }
  }

  @Test func waitingWithoutStartingReturns() throws {
    let (loader, _) = try loader(try GatedReader(frames: 1, blocking: []), threads: 1)
    loader.cancel()
    loader.wait()
  }
}
