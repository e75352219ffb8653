import BlitzCore
import BlitzIO
import BlitzModel
import Dispatch

/// Performs the effects that do not concern the terminal.
final class EffectRunner {
  private let recording: Recording
  private let loader: StackLoader?
  private let projections: ProjectionWorker
  private let cache: CacheWorker
  private let exports: ExportWorker
  private let mailbox: Mailbox
  private var wantsSuspension = false

  init(
    recording: Recording, loader: StackLoader?, projections: ProjectionWorker,
    exports: ExportWorker, cache: CacheWorker, mailbox: Mailbox
  ) {
    (self.loader, self.projections, self.exports) = (loader, projections, exports)
    (self.recording, self.cache, self.mailbox) = (recording, cache, mailbox)
  }

  func perform(_ effect: Effect) {
    switch effect {
    case .want(let position): loader?.want(position)
    case .cancelLoad: loader?.cancel()
    case .stopProjection(let plane, let corrections):
      projections.stop(plane, of: corrections)
    case .buildCache: cache.build()
    case .cancelCache: cache.cancel()
    case .save(let request, let name, let overwrites):
      exports.save(request, name: name, overwrites: overwrites)
    case .cancelSaving: exports.cancel()
    case .listFiles: listFiles()
    case .armQuit:
      let mailbox = mailbox
      DispatchQueue.global().asyncAfter(deadline: .now() + 2) { mailbox.post(.quitExpired) }
    case .suspend: wantsSuspension = true
    case .exit, .redraw, .copy, .remember: break
    }
  }

  /// Names are made printable off the event loop: there may be a million of them.
  private func listFiles() {
    let (recording, mailbox) = (recording, mailbox)
    let damaged = loader?.progress.skipped ?? []
    DispatchQueue.global(qos: .userInitiated).async {
      let entries = recording.files(damaged: damaged).map { file in
        FileList.Entry(
          name: PrintableText(bytes: file.name), frame: file.frame, fault: file.fault)
      }
      mailbox.post(.files(FileList(entries)))
    }
  }

  /// True once after a suspension was asked for; it happens between two rounds of the loop.
  func takeSuspension() -> Bool {
    defer { wantsSuspension = false }
    return wantsSuspension
  }
}
