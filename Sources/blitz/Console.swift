import BlitzCore
import BlitzIO

/// What a command says beside its result, on stderr: its plan, its progress, what it left out.
struct Console: Sendable {
  let isQuiet: Bool

  /// A line for the person.
  func say(_ text: String) {
    if !isQuiet { Standard.error.write("blitz: \(text)\n") }
  }

  /// A line that counts up on a terminal; nil where nobody would see it.
  func progress(_ verb: String) -> ProgressLine? {
    isQuiet || !Standard.error.isTerminal ? nil : ProgressLine(verb)
  }

  /// The plan in one line.
  func say(_ plan: LoadPlan, of recording: Recording) {
    say(
      "\(PrintableText(recording.path)): \(plan.frames.count) frames, "
        + "\(plan.shape.columns)x\(plan.shape.rows), plan: \(plan.strategy.rawValue), "
        + "\(byteText(Double(plan.bytes))), \(plan.reason)")
  }

  /// What a person should know of how a recording is read.
  func sayNotes(of recording: Recording) {
    for note in recording.description.notes {
      say("\(PrintableText(recording.path)): \(note)")
    }
  }

  /// The inputs that took no part, at most twenty by name.
  func say(_ skipped: [SkippedInput]) {
    for input in skipped.prefix(20) { say("skipped \(input.path): \(input.reason)") }
    if skipped.count > 20 { say("and \(skipped.count - 20) more; --json lists them all") }
  }
}
