import BlitzCore
import BlitzIO
import BlitzModel
import Dispatch

/// Offers to decode a recording once to disk where that helps, and does so in the background.
///
/// It helps where frames had to be left out for want of memory, and for videos, whose frames can only
/// be decoded one after the other.
final class CacheWorker: Sendable {
  private let recording: Recording
  private let options: LoadOptions
  private let mailbox: Mailbox
  private let flag = CancellationFlag()
  private let queue = DispatchQueue(label: "cache", qos: .utility)

  init(_ recording: Recording, _ options: LoadOptions, mailbox: Mailbox) {
    (self.recording, self.options, self.mailbox) = (recording, options, mailbox)
  }

  /// Posts an offer, if there is one to make under a plan.
  func offer(under plan: LoadPlan) {
    let isVideo = recording.description.format == "video"
    guard !options.ignoresCache, plan.strategy == .step || isVideo && plan.strategy != .cache
    else { return }
    queue.async { [self] in
      guard let cache = try? StackCache(), cache.stack(of: recording, options: options) == nil,
        let room = try? cache.room(for: recording, options: options), room.isEnough
      else { return }
      mailbox.post(.cacheOffered(CacheOffer(bytes: room.bytes, free: room.free)))
    }
  }

  /// Decodes and writes; progress and the end are posted.
  func build() {
    queue.async { [self] in
      do throws(BlitzError) {
        let stack = try StackCache().build(recording, options: options) { done, total in
          mailbox.post(.caching(.part(Double(done) / Double(max(total, 1)))))
        } isCancelled: {
          flag.isCancelled
        }
        let size = byteText(stack.byteCount)
        mailbox.post(
          .caching(.ended(PrintableText("cached \(size): it opens at once from now on"))))
      } catch {
        mailbox.post(.caching(.ended(PrintableText("cache: \(error.reason)"))))
      }
    }
  }

  /// Stops a build after the frames that are in hand; nothing of it stays.
  func cancel() { flag.cancel() }

  /// Stops, and waits a little for what was written to be removed; the next build removes the rest.
  func stop() {
    cancel()
    let end = DispatchGroup()
    queue.async(group: end) {}
    _ = end.wait(timeout: .now() + 2)
  }
}
