import BlitzCore

/// Looks at the limits on memory again while a stack is loaded, which others may have used meanwhile.
///
/// A plan leaves a tenth of the smallest limit free. What comes to use that tenth besides the stack is
/// no reason to stop; once less than a twentieth is left, loading more could end the process, or make
/// the machine end another one.
public struct MemoryWatch: Sendable {
  private let probe: MemoryProbe
  /// Bytes loaded from one look to the next.
  let interval: Int

  /// A watch over the limits that a probe reads.
  public init(_ probe: MemoryProbe = MemoryProbe()) {
    // Far less than a twentieth of any limit that holds a recording worth watching, and some hundred
    // looks a second at the most.
    self.init(probe, interval: 16 << 20)
  }

  init(_ probe: MemoryProbe, interval: Int) {
    (self.probe, self.interval) = (probe, interval)
  }

  /// The limit under which too little is left to go on; nil while there is enough, or none is known.
  ///
  /// - Parameter taken: Bytes of the stack that have been loaded, which no longer count as free.
  /// - Complexity: Reads about ten small files.
  func shortage(taken: Int) -> MemoryBudget.Ceiling? {
    // Nineteen parts taken and one left are twenty.
    probe.untouched().flatMap { $0.bytes < taken / 19 ? $0 : nil }
  }
}
