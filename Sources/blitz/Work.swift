import ArgumentParser
import BlitzCore
import BlitzIO
import Dispatch

/// What every command without a screen has: what it says, and how it is stopped.
struct Work {
  let console: Console
  let interruption: Interruption

  /// From here on Ctrl-C is taken as a wish to stop.
  init(_ output: OutputFlags) {
    console = Console(isQuiet: output.quiet)
    interruption = Interruption(endsAtOnce: output.output == nil || output.output == "-")
    // A disk that does not answer can keep the work from seeing that it is to stop.
    interruption.whenRaised { [console] in
      DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(1)) {
        console.say("still stopping; once more ends it at once")
      }
    }
  }

  /// Work beside a viewer: nothing is said, no signal is taken.
  static func unattended(_ flag: CancellationFlag = CancellationFlag()) -> Work {
    Work(Console(isQuiet: true), Interruption(flag))
  }

  private init(_ console: Console, _ interruption: Interruption) {
    (self.console, self.interruption) = (console, interruption)
  }

  /// The same work with nothing said about it.
  var quietly: Work { Work(Console(isQuiet: true), interruption) }

  /// Passes on the result, or ends the program with the signal's code when one has come.
  func interruptible<Value>(
    _ body: () throws(BlitzError) -> Value
  ) throws -> Value {
    do throws(BlitzError) {
      let value = try body()
      guard !interruption.flag.isCancelled else { throw BlitzError(.cancelled, "work", "stopped") }
      return value
    } catch {
      guard error.kind == .cancelled else { throw error }
      console.say("stopped; nothing was written")
      throw ExitCode(interruption.exitCode)
    }
  }

  /// Names what took no part and ends with 3 when there is any.
  func finish(skipped: [SkippedInput]) throws {
    console.say(skipped)
    if !skipped.isEmpty { throw ExitCode(3) }
  }
}
