import CTerminalShims

/// What Swift's runtime does about a crash on a terminal: it prompts, and waits for a key.
public enum CrashPrompt {
  /// Lets a crash end the program by its signal, at once, unless SWIFT_BACKTRACE is set.
  ///
  /// To be called first of all; the viewer's own handlers, which restore the terminal, come over it.
  public static func decline() { blz_signals_decline_prompts() }
}
