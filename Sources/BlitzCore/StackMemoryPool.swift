import Synchronization

/// Memory that short-lived stacks of about one size hand on to each other.
///
/// A system clears every page that it gives out, which costs more than decoding a small frame; pages
/// handed on were cleared once. Only stores made with the pool use it, from any thread.
public final class StackMemoryPool: Sendable {
  private let idle = Mutex<[StackMemory]>([])

  /// An empty pool; what is idle when it goes, goes with it.
  public init() {}

  /// Memory of at least `byteCount` bytes with unspecified content: idle, or else new and zero.
  ///
  /// - Throws: `limit` when the system refuses it.
  func take(byteCount: Int) throws(BlitzError) -> StackMemory {
    let found = idle.withLock { idle in
      idle.firstIndex { $0.byteCount >= byteCount }.map { idle.remove(at: $0) }
    }
    if let found { return found }
    return try StackMemory(byteCount: byteCount)
  }

  /// Keeps memory that nobody reads or writes any more for the next one to take.
  func give(_ memory: StackMemory) { idle.withLock { $0.append(memory) } }
}
