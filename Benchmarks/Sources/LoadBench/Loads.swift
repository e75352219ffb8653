import BlitzCore
import BlitzIO
import BlitzKernels
import Dispatch
import Glibc

/// The seconds of each load into the same memory, without the first.
func secondsOfLoads(
  of recording: Recording, _ plan: LoadPlan, _ options: LoadOptions, runs: Int, hasPartials: Bool
) throws -> [Double] {
  guard plan.strategy == .memory else {
    throw BlitzError(.limit, recording.path, "does not fit into memory, or is mapped")
  }
  let pool = StackMemoryPool()
  weak var before: SampleStore?
  return try (0...runs).map { _ in
    // A worker may hold the store a moment longer than the loading takes.
    while before != nil { usleep(1000) }
    let store = try SampleStore(shape: plan.shape, pool: pool)
    before = store
    let loader = StackLoader(recording: recording, plan: plan, options: options, into: store) { _ in
    }
    let folding = hasPartials ? PartialFolding(of: store) : nil
    let taken = ContinuousClock().measure {
      loader.start()
      folding?.start()
      loader.wait()
    }
    try folding?.finish()
    guard loader.progress.damaged == 0 else {
      throw BlitzError(.damagedInput, recording.path, "holds damaged frames")
    }
    return taken.seconds
  }.dropFirst().map { $0 }
}

/// Folds blocks as they arrive, on a queue of the viewer's kind.
private final class PartialFolding: Sendable {
  private let partials: BlockPartials
  private let group = DispatchGroup()

  init?(of store: SampleStore) {
    guard let partials = BlockPartials(of: store) else { return nil }
    self.partials = partials
  }

  func start() {
    DispatchQueue(label: "partials", qos: .utility).async(group: group) { [partials] in
      while !partials.isComplete {
        guard let folded = try? partials.foldReadyBlocks(threads: 1) else { return }
        if folded == 0 { usleep(1000) }
      }
    }
  }

  func finish() throws {
    group.wait()
    guard partials.isComplete else { throw BlitzError(.limit, "partials", "do not fit") }
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
