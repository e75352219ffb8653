import CTestSupport
import Glibc

/// One run of a program without a terminal: what it printed and how it ended.
struct CommandRun {
  let output: [UInt8]
  let errors: [UInt8]
  let ending: Ending

  /// Standard output as text.
  var text: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as text.
  var errorText: String { String(decoding: errors, as: UTF8.self) }

  /// Runs `blitz` with no standard input.
  static func blitz(
    _ arguments: String..., environment changes: [String: String?] = [:], folder: String? = nil
  ) throws -> CommandRun {
    try CommandRun([Built.blitz] + arguments, environment: environment(changes), folder: folder)
  }

  /// Runs any program to its end; after `seconds` it is killed and the ending is `.timeout`.
  init(
    _ arguments: [String], environment: [String: String], folder: String? = nil,
    seconds: Double = 60
  ) throws {
    try self.init(
      bytes: arguments.map { Array($0.utf8) }, environment: environment, folder: folder,
      seconds: seconds)
  }

  /// Likewise, with arguments that need not be UTF-8.
  init(
    bytes arguments: [[UInt8]], environment: [String: String], folder: String? = nil,
    seconds: Double = 60
  ) throws {
    let (output, errors) = (try Pipe(), try Pipe())
    let child = try ChildProcess(
      arguments, environment: environment, folder: folder,
      descriptors: [-1, output.writer, errors.writer])
    let deadline = now() + seconds
    (self.output, self.errors) = Pipe.drain(output, errors, deadline: deadline)
    ending = child.wait(seconds: max(deadline - now(), 0))
  }
}

/// A pipe from a child; both ends close with the value.
private final class Pipe {
  private(set) var reader: Int32 = -1
  private(set) var writer: Int32 = -1

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard unsafe test_pipe(&ends) == 0 else { throw HarnessError("no pipe") }
    (reader, writer) = (ends[0], ends[1])
  }

  deinit {
    close(reader)
    if writer >= 0 { close(writer) }
  }

  /// Reads two pipes until both have ended or the time is up.
  static func drain(_ a: Pipe, _ b: Pipe, deadline: Double) -> ([UInt8], [UInt8]) {
    var taken: [[UInt8]] = [[], []]
    var waiting = [a, b].map { pipe in
      close(pipe.writer)
      pipe.writer = -1
      return pollfd(fd: pipe.reader, events: Int16(POLLIN), revents: 0)
    }
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while waiting.contains(where: { $0.fd >= 0 }), now() < deadline {
      guard unsafe Glibc.poll(&waiting, 2, 50) > 0 else { continue }
      for i in 0..<2 where waiting[i].revents != 0 {
        let count = unsafe read(waiting[i].fd, &part, part.count)
        if count > 0 { taken[i] += part[..<count] } else { waiting[i].fd = -1 }
      }
    }
    return (taken[0], taken[1])
  }
}
