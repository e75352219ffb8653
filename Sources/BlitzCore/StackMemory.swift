import Glibc

/// Memory for a stack: an anonymous mapping whose pages cost nothing until somebody touches them.
///
/// Huge pages are asked for, which make the first touch 4 to 5 times cheaper; a refusal costs only
/// speed. Who writes and reads where is for its owner to prove; it only keeps the mapping alive.
@safe public final class StackMemory: @unchecked Sendable {
  /// The first byte, aligned to a page.
  public let start: UnsafeMutableRawPointer
  /// Its length.
  let byteCount: Int

  /// Reserves address space of `byteCount` zero bytes, at least 1.
  ///
  /// - Throws: `limit` when the system refuses the mapping.
  public init(byteCount: Int) throws(BlitzError) {
    self.byteCount = byteCount
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    let mapping = unsafe mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let mapping = unsafe mapping, unsafe mapping != MAP_FAILED else {
      throw BlitzError(
        .limit, "memory", "\(byteCount >> 20) MiB could not be reserved",
        hint: "load less: --range, --size, --crop or --max-ram")
    }
    _ = unsafe madvise(mapping, byteCount, 14 /* MADV_HUGEPAGE */)
    unsafe start = mapping
  }

  deinit { unsafe munmap(start, byteCount) }
}
