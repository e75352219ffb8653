import BlitzCore
import Glibc

/// The content of a file in memory that is used again for the next one.
///
/// Belongs to one worker.
@safe final class FileBytes {
  private(set) var count = 0
  // Owned by this object alone and lent only for the length of a call; not Sendable, so one thread.
  private var storage = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)

  /// Files beyond this are no images.
  static let limit = 1 << 31

  init() {}

  deinit { unsafe storage.deallocate() }

  /// Reads the whole file, or its first `prefix` bytes; returns the size of the file.
  ///
  /// With a `prefix` the size is not believed: files of /proc say 0.
  ///
  /// - Parameter isWanted: Asked with the beginning, as long as any signature; false leaves it at that.
  @discardableResult
  func load(
    _ path: FilePath, prefix: Int? = nil, isWanted: ((Span<UInt8>) -> Bool)? = nil
  ) throws(BlitzError) -> Int {
    count = 0
    let file = try OpenFile(reading: path)
    guard file.size <= Self.limit || prefix != nil else {
      throw BlitzError(.limit, path.description, "more than 2 GiB, which no image file has")
    }
    let wanted = prefix ?? file.size
    reserve(wanted)
    if let isWanted {
      try fill(from: file, to: min(StackFormat.signatureLength, wanted))
      guard withBytes(isWanted) else { return file.size }
    }
    try fill(from: file, to: wanted)
    return file.size
  }

  /// Reads on until there are `wanted` bytes or the file ends.
  private func fill(from file: borrowing OpenFile, to wanted: Int) throws(BlitzError) {
    while count < wanted {
      let target = unsafe UnsafeMutableRawBufferPointer(rebasing: storage[count..<wanted])
      let got = try unsafe file.read(into: target, at: count)
      guard got > 0 else { break }
      count += got
    }
  }

  func withBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    let bytes = unsafe UnsafeBufferPointer(
      start: storage.baseAddress?.assumingMemoryBound(to: UInt8.self), count: count)
    return try body(unsafe bytes.span)
  }

  private func reserve(_ size: Int) {
    guard unsafe storage.count < size else { return }
    unsafe storage.deallocate()
    unsafe storage = .allocate(byteCount: size + size / 4, alignment: 64)
    unsafe storage.initializeMemory(as: UInt8.self, repeating: 0)
  }
}
