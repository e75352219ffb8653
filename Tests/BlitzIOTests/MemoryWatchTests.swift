@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Synchronization
import Testing

/// Loading while somebody else takes the memory that the plan counted on.
@Suite struct MemoryWatchTests {
  /// A system with this many free kibibytes, and a container's limit where one is given.
  private static func system(free: Int, container: Int? = nil) -> TemporaryFolder {
    let root = TemporaryFolder()
    root.plant("MemAvailable: \(free) kB\n", at: "proc/meminfo")
    if let container {
      root.plant("0::/app\n", at: "proc/self/cgroup")
      root.plant("\(container << 10)\n", at: "sys/fs/cgroup/app/memory.max")
    }
    return root
  }

  private static func watch(_ root: TemporaryFolder, interval: Int = 1) -> MemoryWatch {
    MemoryWatch(MemoryProbe(root: FilePath(root.path)), interval: interval)
  }

  @Test func aTwentiethIsKeptFree() {
    let root = Self.system(free: 100)
    withExtendedLifetime(root) {
      let watch = Self.watch(root)
      #expect(watch.shortage(taken: 0) == nil)
      #expect(watch.shortage(taken: 1900 << 10) == nil)
      #expect(watch.shortage(taken: 1901 << 10) == .init(.machine, bytes: 100 << 10))
    }
  }

  @Test func theSmallestLimitDecides() {
    let root = Self.system(free: 1 << 20, container: 64)
    withExtendedLifetime(root) {
      #expect(Self.watch(root).shortage(taken: 2 << 20) == .init(.container, bytes: 64 << 10))
    }
  }

  @Test func addressSpaceIsReservedAlready() {
    let root = Self.system(free: 1 << 20)
    let limits = "Max address space         4096            unlimited            bytes\n"
    root.plant(limits, at: "proc/self/limits")
    withExtendedLifetime(root) {
      #expect(Self.watch(root).shortage(taken: 1 << 20) == nil)
    }
  }

  @Test func unknownLimitsStopNothing() {
    let root = TemporaryFolder()
    withExtendedLifetime(root) { #expect(Self.watch(root).shortage(taken: .max) == nil) }
  }

  /// Frames of 256 KiB; when one of them is decoded, somebody takes nearly all memory.
  private struct GreedyReader: StackReader {
    let description: StackDescription
    let greedyFrame: Int
    let root: TemporaryFolder

    init(frames: Int, greedyFrame: Int, root: TemporaryFolder) throws {
      let shape = try #require(StackShape(frames: frames, rows: 256, columns: 256))
      description = StackDescription(format: "test", shape: shape, sampleType: .u8)
      (self.greedyFrame, self.root) = (greedyFrame, root)
    }

    func decode(_ index: Int, color: Bool, into frame: DecodedFrame) throws(BlitzError)
      -> FrameCondition
    {
      if index == greedyFrame {
        root.plant("MemAvailable: 300 kB\n", at: "proc/meminfo")
      }
      frame.prepare(rows: 256, columns: 256, channels: 1, type: .u8)
      frame.withMutableBytes { bytes in for i in bytes.indices { bytes[i] = UInt8(index) } }
      return .complete
    }
  }

  /// Loads forty frames on one thread and returns what the loader told last, and the store.
  private func load(
    greedyFrame: Int, interval: Int, onExceed: LoadOptions.OnExceed = .auto, budget bytes: Int
  ) throws -> (LoadSummary, any FrameStore) {
    let root = Self.system(free: 100 << 10)
    let reader = try GreedyReader(frames: 40, greedyFrame: greedyFrame, root: root)
    var options = LoadOptions()
    (options.threads, options.onExceed) = (1, onExceed)
    let recording = Recording(FilePath("test"), reader, options, isVerified: true)
    let plan = try LoadPlan.make(for: recording, options: options, memory: budget(bytes))
    let store = try plan.makeStore()
    let last = Mutex<LoadSummary?>(nil)
    let loader = StackLoader(
      recording: recording, plan: plan, options: options, into: store,
      watch: Self.watch(root, interval: interval)
    ) { event in
      if case .finished(let summary) = event { last.withLock { $0 = summary } }
    }
    loader.start()
    loader.wait()
    return (try #require(last.withLock { $0 }), store)
  }

  @Test func loadingStopsWithWhatHasArrived() throws {
    let (summary, store) = try load(greedyFrame: 20, interval: 1, budget: 64 << 20)
    // 300 KiB are less than a nineteenth of 23 frames of 256 KiB, not of 22.
    #expect(summary.arrived == 23)
    #expect(summary.isCancelled)
    #expect(summary.shortage == .init(.machine, bytes: 300 << 10))
    #expect(store.condition(of: 22) == .complete && store.condition(of: 23) == .pending)
  }

  @Test func memoryIsLookedAtNowAndThen() throws {
    // Every tenth frame: after 1, 11, 21, 31.
    let (summary, _) = try load(greedyFrame: 20, interval: 10 << 18, budget: 64 << 20)
    #expect(summary.arrived == 31)
  }

  /// As stored, a frame is a quarter as large: forty are 10 MiB, of which 300 KiB are more than enough.
  @Test func framesAreCountedAsTheyAreHeld() throws {
    let (summary, store) = try load(
      greedyFrame: 20, interval: 1, onExceed: .compact, budget: 8 << 20)
    #expect(store is CompactStore)
    #expect(summary.arrived == 40 && summary.shortage == nil && !summary.isCancelled)
  }

  @Test func aShortageAfterTheLastFrameIsNone() throws {
    let (summary, _) = try load(greedyFrame: 39, interval: 1, budget: 64 << 20)
    #expect(summary.arrived == 40 && summary.shortage == nil && !summary.isCancelled)
  }
}
