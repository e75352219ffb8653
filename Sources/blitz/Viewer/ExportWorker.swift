import BlitzCore
import BlitzIO
import BlitzModel
import Dispatch
import Synchronization

/// Writes what the person saves, one file after the other, off the event loop.
final class ExportWorker: Sendable {
  private let desk: CorrectionDesk
  private let projections: ProjectionWorker
  private let options: LoadOptions
  private let mailbox: Mailbox
  private let queue = DispatchQueue(label: "export", qos: .userInitiated)
  /// Raised for all that was asked for so far; a new one follows.
  private let flag = Mutex(CancellationFlag())

  /// A worker over what the viewer shows; answers go to the mailbox.
  init(
    desk: CorrectionDesk, projections: ProjectionWorker, options: LoadOptions, mailbox: Mailbox
  ) {
    (self.desk, self.projections) = (desk, projections)
    (self.options, self.mailbox) = (options, mailbox)
  }

  /// Writes a file and tells how that went.
  func save(_ request: ExportRequest, name: String, overwrites: Bool) {
    let flag = flag.withLock { $0 }
    queue.async { [self] in
      mailbox.post(.exported(outcome(request, name: name, overwrites: overwrites, flag)))
    }
  }

  /// Stops what is being written and what waits.
  func cancel() {
    flag.withLock { flag in
      flag.cancel()
      flag = CancellationFlag()
    }
  }

  /// Stops, and waits a moment for the last file, so that no half of it stays behind.
  func stop() {
    cancel()
    let group = DispatchGroup()
    queue.async(group: group) {}
    _ = group.wait(timeout: .now() + 2)
  }

  private func outcome(
    _ request: ExportRequest, name: String, overwrites: Bool, _ flag: CancellationFlag
  ) -> ExportOutcome {
    do throws(BlitzError) {
      let formats = request.export.endings.compactMap { Destination.Format(rawValue: $0) }
      let path = Self.path(name)
      let target = try Destination(
        path, formats: formats, force: true, input: desk.recording.location)
      if !overwrites, FileKind(path).form == .regular {
        return .refused(request, name: name, PrintableText("exists; add ! to replace it"))
      }
      let document = ExportDocument(
        request: request, stack: try desk.stack(request.corrections), projections: projections,
        options: options, work: Work.unattended(flag))
      let remark = try document.write(to: target.replacing(overwrites))
      let size = byteText(FileKind(path).byteCount)
      return .saved(PrintableText("saved \(path), \(size)\(remark.map { ", \($0)" } ?? "")"))
    } catch  where error.kind == .usage {
      return .refused(request, name: name, PrintableText(Self.words(error)))
    } catch {
      return .failed(PrintableText("not saved: \(error.subject): \(Self.words(error))"))
    }
  }

  /// The name as a path: `~/` is the person's home, and `-` a name like any other.
  private static func path(_ name: String) -> FilePath {
    if name.hasPrefix("~/"), let home = environment()["HOME"] {
      return FilePath(home).appending(name.dropFirst(2).utf8)
    }
    return FilePath(name)
  }

  private static func words(_ error: BlitzError) -> String {
    error.reason.text + (error.hint.map { "; \($0)" } ?? "")
  }
}
