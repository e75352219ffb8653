import Synchronization

/// Adds up the steps that threads have done and passes on the fraction.
struct ProgressMeter: ~Copyable, Sendable {
  private let done = Atomic<Int>(0)
  private let report: (@Sendable (Double) -> Void)?

  init(report: (@Sendable (Double) -> Void)?) { self.report = report }

  /// Notes `steps` more of `total`.
  func advance(by steps: Int, of total: Int) {
    guard let report else { return }
    report(Double(done.add(steps, ordering: .relaxed).newValue) / Double(max(total, 1)))
  }
}
