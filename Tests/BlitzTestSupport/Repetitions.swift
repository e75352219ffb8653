import Glibc

/// How often a test of many repetitions repeats, and the figure it reached.
public enum Repetitions {
  /// `long` under `scripts/reliability`, which sets BLITZ_THOROUGH; else `short`.
  public static func count(short: Int, long: Int) -> Int {
    unsafe getenv("BLITZ_THOROUGH") == nil ? short : long
  }

  /// Adds a line to the figures that `scripts/reliability` prints; nothing without it.
  ///
  /// - Parameters:
  ///   - name: What was measured; no tab.
  ///   - value: What was reached.
  public static func report(_ name: String, _ value: String) {
    guard let path = unsafe getenv("BLITZ_FIGURES") else { return }
    let line = Array("\(name)\t\(value)\n".utf8)
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    // One write, so that lines of tests that run at once do not mix.
    _ = unsafe write(file, line, line.count)
    close(file)
  }
}
