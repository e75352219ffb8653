import BlitzCore
import Dispatch
import Synchronization

/// A frame cut into bands of rows that fit a core's cache; the unit of work of every kernel over frames.
///
/// The cut depends on the shape alone. A band's result never depends on another band, so results are
/// bit-identical for any number of threads.
struct RowBands: Sendable {
  private let rows, rowsPerBand: Int

  /// Bands of about `samples` samples, at least a row each.
  init(_ shape: StackShape, samples: Int = 8192) {
    rows = shape.rows
    rowsPerBand = min(max(samples / shape.rowSize, 1), shape.rows)
  }

  var count: Int { (rows - 1) / rowsPerBand + 1 }

  /// The rows of one band.
  subscript(band: Int) -> Range<Int> {
    band * rowsPerBand..<min((band + 1) * rowsPerBand, rows)
  }

  /// Calls `body` once for each band, on up to `threads` threads; the results in the order of bands.
  ///
  /// - Parameters:
  ///   - cancellation: Looked at before every band.
  ///   - worker: Makes what a thread keeps from band to band, such as its scratch memory.
  /// - Throws: `cancelled`, or the first error of `body`; bands not begun by then are left out.
  func map<Worker, Result: Sendable>(
    threads: Int, cancellation: CancellationFlag?, worker: @Sendable () -> Worker,
    _ body: @Sendable (_ band: Int, inout Worker) throws(BlitzError) -> Result
  ) throws(BlitzError) -> [Result] {
    let next = Atomic<Int>(0)
    let failure = Mutex<BlitzError?>(nil)
    let results = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: min(max(threads, 1), count)) { _ in
      var own = worker()
      do throws(BlitzError) {
        while true {
          let band = next.add(1, ordering: .relaxed).oldValue
          guard band < count else { return }
          if cancellation?.isCancelled == true { throw .cancelledByUser }
          let result = try body(band, &own)
          results.withLock { $0[band] = result }
        }
      } catch {
        next.store(count, ordering: .relaxed)
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return results.withLock { $0.compactMap(\.self) }
  }
}

extension BlitzError {
  /// What a kernel throws when its `CancellationFlag` was raised.
  static let cancelledByUser = BlitzError(.cancelled, "computation", "stopped")
}
