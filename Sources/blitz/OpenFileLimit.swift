import BlitzCore
import Glibc

/// How many files the process may hold open at once (`ulimit -n`).
enum OpenFileLimit {
  /// Enough for the three outputs and inputs, what the system's queues and timers take, and a few
  /// recordings with their outputs. The system's queues end the process when they get none.
  private static let least: rlim_t = 32

  /// Takes what may be had where too few are allowed.
  ///
  /// - Throws: `limit` when that is too few as well.
  static func secure() throws(BlitzError) {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
      limit.rlim_cur < least
    else { return }
    limit.rlim_cur = min(limit.rlim_max, least)
    guard limit.rlim_cur == least,
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
    else {
      throw BlitzError(
        .limit, "open files", "only \(limit.rlim_max) are allowed at once",
        hint: "allow \(least) or more: ulimit -n 256")
    }
  }
}
