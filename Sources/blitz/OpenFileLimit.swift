import BlitzCore
import Glibc

/// How many files the process may hold open at once (`ulimit -n`).
enum OpenFileLimit {
  /// Enough for inputs and outputs, what the system's queues and timers take, which end the process when
  /// they get none, and the files that some loader threads have open at once.
  private static let least: rlim_t = 64
  /// As many as anything here may need.
  private static let plenty: rlim_t = 4096

  /// Takes what may be had where few are allowed.
  ///
  /// - Throws: `limit` when that is too few as well.
  static func secure() throws(BlitzError) {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
      limit.rlim_cur < plenty
    else { return }
    limit.rlim_cur = min(limit.rlim_max, plenty)
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    guard limit.rlim_cur >= least else {
      throw BlitzError(
        .limit, "open files", "only \(limit.rlim_max) are allowed at once",
        hint: "allow \(least) or more: ulimit -n 256")
    }
  }
}
