import BlitzIO
import Glibc

/// A file that exists in memory only, for readers that want a path; gone with the object.
final class MemoryFile {
  /// Its path, valid in this process.
  let path: FilePath
  private let descriptor: Int32

  init(_ bytes: [UInt8]) {
    var template = Array("/dev/shm/blitz-fuzz-XXXXXX".utf8CString)
    descriptor = unsafe mkstemp(&template)
    // No name is left to clean up, however the process ends.
    unsafe unlink(template)
    path = FilePath("/proc/self/fd/\(descriptor)")
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress, $0.count)
      }
      precondition(count > 0, "no memory for a file")
      written += count
    }
  }

  deinit { close(descriptor) }
}
