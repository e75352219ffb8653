public import BlitzCore

/// What the cache holds under one name: a stack, or something that cannot be used as one.
public struct CacheEntry: Sendable {
  /// Its name in the cache.
  public let name: String
  /// Bytes on disk.
  public let byteCount: Int
  /// The stack; nil when it cannot be used.
  public let stack: CachedStack?
  /// Why it cannot be used; empty for a stack.
  public let problem: PrintableText

  init(stack: CachedStack) {
    (name, byteCount, self.stack) = (stack.name, stack.byteCount, stack)
    problem = PrintableText("")
  }

  init(name: String, bytes: Int, problem: PrintableText) {
    (self.name, byteCount, stack, self.problem) = (name, bytes, nil, problem)
  }
}
