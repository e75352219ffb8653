import ArgumentParser
import BlitzIO
import Glibc

/// A path as the shell passed it, byte for byte.
///
/// The parser works on text in which bytes that are not UTF-8 have been replaced; the argument that
/// reads the same after the replacement is looked up again.
struct PathArgument: ExpressibleByArgument {
  /// The path.
  let location: FilePath

  init(argument: String) {
    let given = Self.arguments.first { String(decoding: $0, as: UTF8.self) == argument }
    location = FilePath(bytes: given ?? Array(argument.utf8))
  }

  private static var arguments: [[UInt8]] {
    (0..<Int(CommandLine.argc)).compactMap { index in
      guard let word = unsafe CommandLine.unsafeArgv[index] else { return nil }
      return unsafe Array(UnsafeBufferPointer(start: word, count: strlen(word)))
        .map { UInt8(bitPattern: $0) }
    }
  }
}
