import BlitzCore
import CFaultShims
import Glibc

/// A regular file mapped read-only, whose pages may vanish without ending the program.
///
/// All that is unsafe in reading a map is here. It is sound because
/// - the mapping lives as long as the object and is only lent for the length of a call;
/// - it is read-only, and a range outside it is refused by a precondition;
/// - a page that cannot be read is replaced by zeros (`blz_faults.h`), and `verify` finds it.
/// Bytes may still change under the reader when someone rewrites the file, so nothing that was
/// read counts before `verify` has passed, and no index is ever derived from a byte read twice.
@safe final class MappedFile: @unchecked Sendable {
  /// The path it was opened by.
  let path: FilePath
  /// What it was when it was opened.
  let identity: FileIdentity

  private let file: OpenFile
  private let base: UnsafeRawPointer
  private let slot: Int32

  /// Opens and maps a file; follows links, never waits for a FIFO or a device.
  ///
  /// - Throws: `missingInput` for what is no readable regular file, `damagedInput` for an empty one,
  ///   `limit` when address space or the table of mapped files is full.
  /// - Complexity: Independent of the file's length; no page is read.
  init(path: FilePath) throws(BlitzError) {
    self.path = path
    file = try OpenFile(reading: path)
    guard let identity = FileIdentity(descriptor: file.descriptor), identity.byteCount > 0 else {
      throw BlitzError(.damagedInput, path.description, "is empty")
    }
    self.identity = identity
    let mapping = unsafe mmap(nil, identity.byteCount, PROT_READ, MAP_SHARED, file.descriptor, 0)
    guard let mapping = unsafe mapping, unsafe mapping != MAP_FAILED else {
      throw BlitzError(
        .limit, path.description,
        "\(identity.byteCount >> 20) MiB of address space are not to be had",
        hint: "raise the limit: ulimit -v")
    }
    slot = unsafe blz_faults_watch(mapping, identity.byteCount)
    guard slot >= 0 else {
      unsafe munmap(mapping, identity.byteCount)
      throw BlitzError(.limit, path.description, "too many files are mapped already")
    }
    unsafe base = UnsafeRawPointer(mapping)
  }

  deinit {
    blz_faults_forget(slot)
    unsafe munmap(UnsafeMutableRawPointer(mutating: base), identity.byteCount)
  }

  /// The open file, for what reads it by position.
  var descriptor: Int32 { file.descriptor }

  /// Length in bytes when it was opened.
  var byteCount: Int { identity.byteCount }

  /// Lends bytes in place; call `verify` before trusting what was read.
  func withBytes<R, E: Error>(
    _ range: Range<Int>, _ body: (Span<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    precondition(0 <= range.lowerBound && range.upperBound <= byteCount)
    let bytes = unsafe UnsafeBufferPointer(
      start: (base + range.lowerBound).assumingMemoryBound(to: UInt8.self), count: range.count)
    return try body(unsafe bytes.span)
  }

  /// Lends Float32 samples of this machine's byte order in place; as `withBytes`.
  ///
  /// - Parameter range: Bytes; both ends must be multiples of 4.
  func withFloats<R, E: Error>(
    _ range: Range<Int>, _ body: (Span<Float>) throws(E) -> R
  ) throws(E) -> R {
    precondition(0 <= range.lowerBound && range.upperBound <= byteCount)
    precondition(range.lowerBound.isMultiple(of: 4) && range.count.isMultiple(of: 4))
    let samples = unsafe UnsafeBufferPointer(
      start: (base + range.lowerBound).assumingMemoryBound(to: Float.self), count: range.count / 4)
    return try body(unsafe samples.span)
  }

  /// Reads a range by position, without a page fault; call `verify` before trusting it.
  ///
  /// - Parameter target: As long as the range.
  /// - Returns: False when the file ends before the range does.
  /// - Throws: `missingInput` when the disk fails.
  func read(
    _ range: Range<Int>, into target: inout MutableSpan<UInt8>
  ) throws(BlitzError) -> Bool {
    precondition(target.count == range.count)
    return try unsafe target.withUnsafeMutableBytes { (bytes) throws(BlitzError) in
      var count = 0
      while count < range.count {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[count...])
        let got = try unsafe file.read(into: rest, at: range.lowerBound + count)
        guard got > 0 else { return false }
        count += got
      }
      return true
    }
  }

  /// A copy of the file's first `count` bytes, fewer when it is shorter.
  func prefix(_ count: Int) -> [UInt8] {
    withBytes(0..<min(count, byteCount)) { bytes in
      var copy: [UInt8] = []
      copy.reserveCapacity(bytes.count)
      for i in bytes.indices { copy.append(bytes[i]) }
      return copy
    }
  }

  /// True when a page of the range turned out unreadable since the file was opened.
  func hasLost(_ range: Range<Int>) -> Bool {
    blz_faults_first_lost(slot, range.lowerBound, range.upperBound) >= 0
  }

  /// Vouches for everything read from a range so far.
  ///
  /// - Throws: `damagedInput` when a page of it was lost, or the file was cut, grown or written to
  ///   since it was opened: what was read may then be of two minds.
  /// - Complexity: One system call.
  func verify(_ range: Range<Int>) throws(BlitzError) {
    let lost = blz_faults_first_lost(slot, range.lowerBound, range.upperBound)
    guard lost < 0 else {
      throw BlitzError(
        .damagedInput, path.description,
        "could not be read at byte \(lost): it was cut, or its disk failed",
        hint: "open it again once it is whole")
    }
    guard let now = FileIdentity(descriptor: descriptor), now == identity else {
      throw BlitzError(
        .damagedInput, path.description,
        "was written to while it was read, so the result means nothing",
        hint: "open it again once nobody writes to it")
    }
  }

  /// Tells the kernel that the file will be read from front to back.
  func expectSequentialReading() {
    _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base), byteCount, MADV_SEQUENTIAL)
  }

  /// Gives the memory behind a range back, in this process and in the page cache.
  ///
  /// The bytes stay readable, from disk. Only whole pages inside the range go.
  func release(_ range: Range<Int>) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let first = (range.lowerBound + page - 1) / page * page
    let end = range.upperBound / page * page
    guard first < end, end <= byteCount else { return }
    _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base + first), end - first, MADV_DONTNEED)
    posix_fadvise(descriptor, first, end - first, POSIX_FADV_DONTNEED)
  }
}
