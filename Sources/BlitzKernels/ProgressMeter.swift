import Synchronization

/// Adds up the steps that threads have done and passes on the fraction.
struct ProgressMeter: ~Copyable, Sendable {
  private let done = Atomic<Int>(0)
  private let report: (@Sendable (Double) -> Void)?

  private let share: ClosedRange<Double>

  /// A meter whose steps lead from one end of `share` of the work to the other.
  init(_ share: ClosedRange<Double>, report: (@Sendable (Double) -> Void)?) {
    (self.share, self.report) = (share, report)
  }

  /// Notes `steps` more of `total`.
  func advance(by steps: Int, of total: Int) {
    guard let report else { return }
    let part = Double(done.add(steps, ordering: .relaxed).newValue) / Double(max(total, 1))
    report(share.lowerBound + part * (share.upperBound - share.lowerBound))
  }
}
