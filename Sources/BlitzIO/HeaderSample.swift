import BlitzCore
import Dispatch
import Synchronization

/// The headers of a few files, some of which a disk may never give.
///
/// Each is read on a thread of its own; one that does not come back is left to itself.
final class HeaderSample: Sendable {
  private typealias Outcome = Result<ImageHeader, BlitzError>

  private let files: [FilePath]
  private let outcomes = Mutex<[Int: Outcome]>([:])
  private let arrival = DispatchSemaphore(value: 0)

  private init(_ files: [FilePath]) { self.files = files }

  /// Reads the headers of `files`: one result for each, in order.
  ///
  /// Waits until one could be read, however long that takes, and for the others no longer than
  /// `patience` seconds from the start; what has not come then is a failure.
  static func read(
    _ files: [FilePath], patience: Double
  ) -> [Result<ImageHeader, BlitzError>] {
    let sample = HeaderSample(files)
    let deadline = DispatchTime.now() + patience
    for position in files.indices {
      if !WorkerThread.start({ sample.read(position) }) { sample.read(position) }
    }
    for _ in files {
      let limit = sample.isAnyReadable ? deadline : .distantFuture
      if sample.arrival.wait(timeout: limit) == .timedOut { break }
    }
    return sample.results
  }

  private func read(_ position: Int) {
    let scratch = FileBytes()
    let outcome = Result { () throws(BlitzError) in
      try ImageFile.header(files[position], scratch: scratch)
    }
    outcomes.withLock { $0[position] = outcome }
    arrival.signal()
  }

  private var isAnyReadable: Bool {
    outcomes.withLock { $0.values.contains { (try? $0.get()) != nil } }
  }

  private var results: [Outcome] {
    let outcomes = outcomes.withLock { $0 }
    return files.indices.map { position in
      outcomes[position]
        ?? .failure(
          BlitzError(.system, files[position].description, "the disk did not answer in time"))
    }
  }
}
