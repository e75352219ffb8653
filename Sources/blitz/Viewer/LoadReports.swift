import BlitzCore
import BlitzIO
import BlitzModel
import Synchronization

/// Turns what the loader's threads tell into progress messages, at most one for each per cent or
/// tenth of a second, and one for every frame while few have arrived.
final class LoadReports: Sendable {
  private let store: any FrameStore
  private let projections: ProjectionWorker
  private let skipped: Int
  private let clock: FrameClock
  private let mailbox: Mailbox
  private let start = ContinuousClock.now
  private let last: Mutex<ContinuousClock.Instant>

  private static let interval = Duration.milliseconds(50)

  init(
    store: any FrameStore, projections: ProjectionWorker, clock: FrameClock, skipped: Int,
    _ mailbox: Mailbox
  ) {
    (self.store, self.projections) = (store, projections)
    (self.clock, self.skipped, self.mailbox) = (clock, skipped, mailbox)
    last = Mutex(start)
  }

  /// Takes an event on any thread.
  func receive(_ event: LoadEvent) {
    switch event {
    case .frame:
      let now = ContinuousClock.now
      let isDue = last.withLock { last in
        guard now - last >= Self.interval || store.arrivedCount <= 4 else { return false }
        last = now
        return true
      }
      if isDue { tell(nil) }
    case .finished(let summary):
      tell(summary)
      mailbox.tellTimes(clock)
      if let shortage = summary.shortage {
        mailbox.post(.notice(PrintableText("loading stopped: \(shortage.text)")))
      }
    }
  }

  private func tell(_ summary: LoadSummary?) {
    mailbox.post(.loading(progress(summary)))
    projections.framesArrived()
  }

  private func progress(_ summary: LoadSummary?) -> LoadProgress {
    var progress = LoadProgress(total: store.shape.frames)
    progress.arrived = store.arrivedCount
    progress.isRunning = summary == nil
    progress.isCancelled = summary?.isCancelled ?? false
    progress.damaged = summary?.damaged ?? 0
    progress.skipped = skipped
    let bytes = progress.arrived * store.shape.frameSize * MemoryLayout<Float>.size
    progress.bytesPerSecond = Double(bytes) / max((.now - start) / .seconds(1), 1e-3)
    return progress
  }
}

extension Mailbox {
  /// Posts what is known of the recording's own times, if it has any.
  func tellTimes(_ clock: FrameClock) {
    let times = clock.knownStamps()
    if !times.isEmpty { post(.times(times)) }
  }
}
