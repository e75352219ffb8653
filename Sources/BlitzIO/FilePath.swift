public import BlitzCore
import Glibc

/// The name of a file as the system holds it: bytes, which need not be UTF-8.
public struct FilePath: Hashable, Sendable, CustomStringConvertible {
  /// The bytes, without a NUL.
  public let bytes: [UInt8]

  /// A path of any bytes; what follows a NUL, which no name can hold, is cut off.
  public init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes.prefix { $0 != 0 }) }

  /// A path given as text.
  public init(_ text: String) { self.init(bytes: text.utf8) }

  /// The path as text, or nil when it is not UTF-8.
  public var string: String? { String(validating: bytes, as: UTF8.self) }

  /// For people: whatever could act on a terminal is escaped.
  public var printable: PrintableText { PrintableText(bytes: bytes) }

  /// The printable form.
  public var description: String { printable.text }

  /// The part after the last `/`; empty for a path that ends in one.
  public var name: ArraySlice<UInt8> { bytes[nameStart...] }

  /// What a person would call it: the last part, also of a path that ends in `/`, `.` or `..`.
  public var title: PrintableText {
    let isNamed = !name.isEmpty && name != [0x2e] && name != [0x2e, 0x2e]
    return PrintableText(bytes: isNamed ? name : resolved.name)
  }

  /// The path from the root, without links and dots; the path itself where nothing is there.
  var resolved: FilePath {
    let found = unsafe withCString { unsafe realpath($0, nil) }
    guard let found = unsafe found else { return self }
    defer { unsafe free(found) }
    let length = unsafe strlen(found)
    return FilePath(bytes: (0..<length).map { unsafe UInt8(bitPattern: found[$0]) })
  }

  /// The folder that holds it: `.` for a bare name.
  public var folder: FilePath {
    guard nameStart > 0 else { return FilePath(".") }
    return FilePath(bytes: bytes[..<max(nameStart - 1, 1)])
  }

  /// The name's extension in lower case (ASCII), without the dot; empty when there is none.
  public var lowercasedExtension: String {
    guard let dot = name.lastIndex(of: 0x2e), dot > name.startIndex else { return "" }
    return String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased()
  }

  /// A name inside this folder.
  public func appending(_ name: some Sequence<UInt8>) -> FilePath {
    let separator: [UInt8] = bytes.isEmpty || bytes.last == 0x2f ? [] : [0x2f]
    return FilePath(bytes: bytes + separator + name)
  }

  /// Lends the path to a system call.
  func withCString<R, E: Error>(_ body: (UnsafePointer<CChar>) throws(E) -> R) throws(E) -> R {
    let terminated = bytes.map { CChar(bitPattern: $0) } + [0]
    return try unsafe terminated.withUnsafeBufferPointer { (buffer) throws(E) -> R in
      guard let start = buffer.baseAddress else { preconditionFailure("never empty") }
      return try unsafe body(start)
    }
  }

  private var nameStart: Int { (bytes.lastIndex(of: 0x2f) ?? -1) + 1 }
}
