import BlitzCore
import Glibc

/// A regular file open for reading; closed when it goes out of scope.
///
/// Opened without blocking, so that a pipe or a device under a picture's name costs nothing, and
/// refused unless it is a regular file; symbolic links are followed.
struct OpenFile: ~Copyable {
  let descriptor: Int32
  let size: Int
  private let path: FilePath

  init(reading path: FilePath) throws(BlitzError) {
    self.path = path
    let opened = unsafe path.withCString { unsafe Self.opened($0) }
    descriptor = opened.descriptor
    size = opened.size
    guard descriptor >= 0 else {
      throw BlitzError(.missingInput, path.description, opened.problem)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Reads up to `target.count` bytes from an offset; 0 at the end of the file.
  func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws(BlitzError) -> Int {
    while true {
      let got = unsafe pread(descriptor, target.baseAddress, target.count, off_t(offset))
      if got >= 0 { return got }
      let code = errno
      guard code == EINTR else {
        throw BlitzError(.missingInput, path.description, systemReason(code))
      }
    }
  }

  private static func opened(
    _ path: UnsafePointer<CChar>
  ) -> (descriptor: Int32, size: Int, problem: String) {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return (-1, 0, systemReason(errno)) }
    var status = stat()
    let failed = unsafe fstat(descriptor, &status) != 0
    if !failed && status.st_mode & S_IFMT == S_IFREG {
      return (descriptor, Int(status.st_size), "")
    }
    let problem = failed ? systemReason(errno) : "not a regular file"
    close(descriptor)
    return (-1, 0, problem)
  }
}
