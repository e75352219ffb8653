import BlitzIO
import BlitzModel
import Dispatch

/// Performs the effects that do not concern the terminal.
final class EffectRunner {
  private let loader: StackLoader?
  private let projections: ProjectionWorker
  private let cache: CacheWorker
  private let mailbox: Mailbox
  private var wantsSuspension = false

  init(
    loader: StackLoader?, projections: ProjectionWorker, cache: CacheWorker, mailbox: Mailbox
  ) {
    (self.loader, self.projections, self.mailbox) = (loader, projections, mailbox)
    self.cache = cache
  }

  func perform(_ effect: Effect) {
    switch effect {
    case .want(let position): loader?.want(position)
    case .cancelLoad: loader?.cancel()
    case .cancelProjection: projections.cancel()
    case .buildCache: cache.build()
    case .cancelCache: cache.cancel()
    case .armQuit:
      let mailbox = mailbox
      DispatchQueue.global().asyncAfter(deadline: .now() + 2) { mailbox.post(.quitExpired) }
    case .suspend: wantsSuspension = true
    case .exit, .redraw: break
    }
  }

  /// True once after a suspension was asked for; it happens between two rounds of the loop.
  func takeSuspension() -> Bool {
    defer { wantsSuspension = false }
    return wantsSuspension
  }
}
