import BlitzCore
import BlitzKernels
import BlitzModel
import BlitzTUI
import Dispatch
import Synchronization

/// Brings frames to the size of the image pane, off the event loop; the newest request wins.
///
/// Two pictures go round: the worker fills one while the screen shows the other, so that showing
/// frame after frame allocates nothing.
final class PictureWorker: Sendable {
  private struct Exchange {
    var wanted: PictureRequest?
    var isBusy = false
    var finished: Picture?
    var spare = Picture()
  }

  private let exchange = Mutex(Exchange())
  private let queue = DispatchQueue(label: "picture", qos: .userInteractive)
  private let mailbox: Mailbox
  private let reduction: Mutex<PictureReduction>

  /// A worker over a stack and its corrections; answers go to the mailbox.
  init(desk: CorrectionDesk, projections: ProjectionWorker, mailbox: Mailbox) {
    self.mailbox = mailbox
    reduction = Mutex(PictureReduction(desk: desk, projections: projections))
  }

  /// Asks for a picture; a request that has not been started is replaced.
  func ask(_ request: PictureRequest) {
    let starts = exchange.withLock { state in
      state.wanted = request
      defer { state.isBusy = true }
      return !state.isBusy
    }
    if starts { queue.async { [self] in work() } }
  }

  /// Swaps the newest finished picture for the one on the screen; false when there is none.
  func exchange(with shown: inout Picture) -> Bool {
    exchange.withLock { state in
      guard let finished = state.finished.take() else { return false }
      state.spare = shown
      shown = finished
      return true
    }
  }

  private func work() {
    while let (request, target) = next() {
      var picture = target
      let facts = reduction.withLock { $0.fill(&picture, for: request) }
      if facts.condition != .pending { finish(picture) }
      mailbox.post(.picture(facts))
    }
  }

  private func next() -> (PictureRequest, Picture)? {
    exchange.withLock { state in
      guard let request = state.wanted.take() else {
        state.isBusy = false
        return nil
      }
      return (request, state.spare.handedOver())
    }
  }

  private func finish(_ picture: Picture) {
    exchange.withLock { state in
      // A finished picture that nobody fetched is the next spare.
      if let unseen = state.finished { state.spare = unseen }
      state.finished = picture
    }
  }
}

extension Picture {
  /// The picture itself, leaving an empty one behind: its memory keeps a single owner.
  fileprivate mutating func handedOver() -> Picture {
    defer { self = Picture() }
    return self
  }
}
