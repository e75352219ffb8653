import CTestSupport
import Glibc

/// How a process ended.
enum Ending: Equatable {
  case exit(Int32)
  case signal(Int32)
  /// Still running when the time was up.
  case timeout

  /// Reads what `waitpid` reports.
  init(status: Int32) {
    self = status & 0x7f == 0 ? .exit(status >> 8 & 0xff) : .signal(status & 0x7f)
  }
}

/// A program that a test started; killed and reaped when the test lets go of it.
final class ChildProcess {
  let identifier: pid_t
  private(set) var ending: Ending?

  /// Starts `arguments[0]` with every signal at its default.
  ///
  /// - Parameters:
  ///   - descriptors: What the child gets as its descriptors 0, 1 and 2; -1 is /dev/null.
  ///   - terminal: Path of a terminal to become its controlling one and descriptors 0, 1 and 2.
  init(
    _ arguments: [[UInt8]], environment: [String: String], folder: String? = nil,
    descriptors: [Int32] = [-1, -1, -1], terminal: String? = nil
  ) throws {
    let variables = environment.map { "\($0.key)=\($0.value)" }
    let words = (arguments + variables.map { Array($0.utf8) })
      .map { $0.map { CChar(bitPattern: $0) } + [0] }.joined()
    identifier = unsafe test_spawn(
      Array(words), Int32(arguments.count), Int32(variables.count), folder, descriptors, terminal)
    guard identifier > 0 else {
      ending = .exit(127)
      throw HarnessError(
        "\(String(decoding: arguments[0], as: UTF8.self)) did not start: errno \(-identifier)")
    }
  }

  deinit {
    guard ending == nil else { return }
    kill(identifier, SIGKILL)
    _ = waitpid(identifier, nil, 0)
  }

  /// Sends a signal.
  func send(_ signal: Int32) { if ending == nil { kill(identifier, signal) } }

  /// Waits for the end; what has not ended within `seconds` is `.timeout` and goes on.
  func wait(seconds: Double = 30) -> Ending {
    _ = poll(seconds: seconds) { self.reap() }
    return ending ?? .timeout
  }

  /// True once it has ended.
  private func reap() -> Bool {
    var status: Int32 = 0
    if ending == nil, unsafe waitpid(identifier, &status, WNOHANG) == identifier {
      ending = Ending(status: status)
    }
    return ending != nil
  }
}

/// The harness itself failed, not what it tests.
struct HarnessError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Asks until it is so or the time is up, and says which; the last answer counts.
func poll(seconds: Double = 30, until condition: () throws -> Bool) rethrows -> Bool {
  let deadline = now() + seconds
  while true {
    if try condition() { return true }
    if now() > deadline { return false }
    usleep(2_000)
  }
}

/// Seconds on a clock that only goes forward.
func now() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
