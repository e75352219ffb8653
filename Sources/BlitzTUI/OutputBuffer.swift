/// Bytes on their way to the terminal; keeps its memory, so that a warmed-up buffer never allocates.
struct OutputBuffer {
  private(set) var storage: [UInt8]
  /// Bytes in use.
  private(set) var count = 0

  /// An empty buffer with room for `capacity` bytes.
  init(capacity: Int = 4096) { storage = Array(repeating: 0, count: capacity) }

  /// Bytes that fit without allocating.
  var capacity: Int { storage.count }
  /// True when nothing is in it.
  var isEmpty: Bool { count == 0 }
  /// The bytes in use.
  var bytes: ArraySlice<UInt8> { storage[..<count] }

  /// Forgets the bytes, keeps the memory.
  mutating func removeAll() { count = 0 }

  /// Forgets all but the first `count` bytes.
  mutating func truncate(to count: Int) { self.count = min(self.count, count) }

  /// Makes room for `extra` more bytes.
  mutating func reserve(_ extra: Int) {
    guard storage.count - count < extra else { return }
    let missing = max(extra, storage.count)
    storage.append(contentsOf: repeatElement(0, count: missing))
  }

  /// Appends one byte.
  mutating func append(_ byte: UInt8) {
    reserve(1)
    storage[count] = byte
    count += 1
  }

  /// Appends text as it stands; it must be spelt in `EscapeSequences` or be printable.
  mutating func append(_ text: StaticString) {
    reserve(text.utf8CodeUnitCount)
    for i in 0..<text.utf8CodeUnitCount {
      storage[count] = unsafe text.utf8Start[i]
      count += 1
    }
  }

  /// Appends bytes.
  mutating func append(_ bytes: Span<UInt8>) {
    reserve(bytes.count)
    let start = count
    var target = storage.mutableSpan
    for i in bytes.indices { target[start + i] = bytes[i] }
    count += bytes.count
  }

  /// Appends bytes.
  mutating func append(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { append(byte) }
  }

  /// Appends a number in decimal digits.
  mutating func append(decimal value: Int) {
    if value >= 10 { append(decimal: value / 10) }
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: max(value, 0) % 10))
  }

  /// Lends the free room, at least `reserve`d bytes; `body` returns how many it used.
  mutating func fill(_ body: (inout MutableRawSpan, _ from: Int) -> Int) {
    let start = count
    var span = storage.mutableSpan
    // Any bit pattern is a byte.
    var raw = unsafe span.mutableBytes
    count = body(&raw, start)
  }
}
