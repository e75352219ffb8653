import BlitzCore

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

  /// Calls `body` once for each band; as `concurrentMap`.
  func map<Worker, Result: Sendable>(
    threads: Int, cancellation: CancellationFlag?, worker: @Sendable () -> Worker,
    _ body: @Sendable (_ band: Int, inout Worker) throws(BlitzError) -> Result
  ) throws(BlitzError) -> [Result] {
    try concurrentMap(
      count, threads: threads, cancellation: cancellation, worker: worker, body)
  }
  /// The same, with what was done before the work failed or was cancelled; as `concurrentAttempt`.
  func attempt<Worker, Result: Sendable>(
    threads: Int, cancellation: CancellationFlag?, worker: @Sendable () -> Worker,
    _ body: @Sendable (_ band: Int, inout Worker) throws(BlitzError) -> Result
  ) -> (results: [Result?], failure: BlitzError?) {
    concurrentAttempt(
      count, threads: threads, cancellation: cancellation, worker: worker, body)
  }
}
