import BlitzCore
import BlitzIO

/// What `--json` prints when a command is done; the names are a contract, like those of `info`.
struct Summary: Encodable {
  let command, path: String
  let output: [String]
  /// Frames that were read, and the range that names them in source frames.
  let frames: Int
  let range: String
  let height, width, channels: Int
  let corrections: [String]
  let plan: RecordingReport.Plan
  let skipped: [RecordingReport.Skipped]

  init(_ command: String, _ stack: OpenedStack, output: [String]) {
    (self.command, path, self.output) = (command, stack.recording.path, output)
    (frames, range) = (stack.plan.frames.count, stack.plan.frames.text)
    (height, width) = (stack.plan.shape.rows, stack.plan.shape.columns)
    channels = stack.plan.shape.channels
    corrections = stack.corrections
    plan = RecordingReport.Plan(stack.plan)
    skipped = stack.skipped.map { RecordingReport.Skipped($0.file, reason: $0.reason) }
  }

  /// One object and a line end.
  func json() throws -> String { try JSONDocument.text(of: self) + "\n" }
}
