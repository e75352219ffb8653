@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Foundation
import Testing

/// Real files of every format with bytes changed, all the way into the store.
@Suite struct MutatedRecordingTests {
  /// The fixtures of readers, by folder.
  private static func seeds() throws -> [(name: String, bytes: [UInt8])] {
    let root = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
    return try ["Images", "TIFF", "Stills", "Video"].flatMap { folder in
      let url = root.appending(path: folder)
      return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
        .filter { !$0.hasSuffix(".txt") && !$0.hasSuffix(".py") && !$0.hasSuffix(".bin") }
        .map { ($0, [UInt8](try Data(contentsOf: url.appending(path: $0)))) }
    }
  }

  /// A changed copy: bytes flipped, a part cut out, copied over another or cut off.
  private static func mutated(_ file: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = file
    let a = Int.random(in: 0..<bytes.count, using: &random)
    let b = min(a + Int.random(in: 1...64, using: &random), bytes.count)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: bytes.removeLast(bytes.count - a)
    case 1: bytes.removeSubrange(a..<b)
    case 2: bytes.insert(contentsOf: bytes[a..<b], at: Int.random(in: 0..<a + 1, using: &random))
    case 3: for i in a..<b { bytes[i] = [0, 0xFF, 0x7F, 0x80][(i - a) % 4] }
    default:
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        // Headers lie at the front, where changes matter most.
        let reach = Bool.random(using: &random) ? bytes.count : min(bytes.count, 64)
        bytes[Int.random(in: 0..<reach, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
    }
    if Bool.random(using: &random) { PNGFile.mendCheckSums(&bytes) }
    return bytes
  }

  /// Opens a file as the viewer does and loads it; true when at least one frame is sound.
  private func load(_ path: FilePath, color: Bool) throws -> Bool {
    var options = LoadOptions()
    options.color = color
    options.threads = 2
    options.onExceed = .step
    let recording = try Recording.open(path, options: options).verified()
    let memory = MemoryBudget([.init(.machine, bytes: 64 << 20)])
    let plan = try LoadPlan.make(for: recording, options: options, memory: memory)
    if let stack = plan.strategy == .map
      ? recording.mappedSource(plan: plan, options: options) : nil
    {
      var sound = false
      for frame in [0, plan.shape.frames - 1] where stack.condition(of: frame) == .complete {
        try stack.withBand(
          rows: 0..<plan.shape.rows, frames: frame..<frame + 1, scratch: BandScratch()
        ) { (_, _) throws(BlitzError) in sound = true }
      }
      return sound
    }
    let store = try SampleStore(shape: plan.shape)
    let loader = StackLoader(
      recording: recording, plan: plan, options: options, into: store, report: { _ in })
    loader.start()
    loader.wait()
    let progress = loader.progress
    #expect(progress.arrived == plan.shape.frames, "\(path)")
    #expect(
      progress.damaged == (0..<plan.shape.frames).count { store.condition(of: $0) == .damaged })
    return progress.damaged < progress.arrived
  }

  @Test func nothingCrashesNorHangs() throws {
    let folder = TemporaryFolder()
    let seeds = try Self.seeds()
    let rounds = Repetitions.count(short: 300, long: 10_000)
    var (loaded, damaged, refused, late) = (0, 0, 0, 0)
    var slowest = (time: Duration.zero, name: "")
    for round in 0..<rounds {
      var random = SeededRandom(seed: UInt64(round))
      let seed = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      let path = FilePath(folder.file(seed.name, Self.mutated(seed.bytes, &random)))
      let start = ContinuousClock.now
      do {
        if try load(path, color: round.isMultiple(of: 2)) { loaded += 1 } else { damaged += 1 }
      } catch let error as BlitzError {
        #expect(!error.reason.text.isEmpty)
        refused += 1
      }
      let time = ContinuousClock.now - start
      if time > .seconds(2) { late += 1 }
      if time > slowest.time { slowest = (time, "\(seed.name), round \(round)") }
    }
    #expect(loaded > rounds / 10 && refused > rounds / 20, "mutations are too weak or too strong")
    Repetitions.report(
      "mutated files, crashes",
      "0 of \(rounds) (\(loaded) loaded, \(damaged) damaged, "
        + "\(refused) refused)")
    Repetitions.report(
      "mutated files, over 2 s",
      "\(late); the slowest \(slowest.time.milliseconds) ms (\(slowest.name))")
  }
}

extension Duration {
  fileprivate var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
