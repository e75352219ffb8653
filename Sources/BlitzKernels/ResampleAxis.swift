/// Which source positions make up each target position along one axis.
///
/// Source position `i` covers `i ..< i + 1`. Shrinking, a target covers an interval and takes every
/// source position by the part of it that lies inside; enlarging, it takes the one under its middle.
struct ResampleAxis {
  /// The source positions of one target, with their weights from `weightStart` on.
  typealias Cover = (positions: Range<Int>, weightStart: Int)

  /// One for each target.
  private(set) var covers: [Cover] = []
  /// Each cover's weights, all positive, adding up to 1.
  private(set) var weights: [Double] = []

  /// All source positions that some target takes.
  private(set) var used = 0..<0

  /// Divides `start ..< start + extent` of an axis of `source` positions into `target` equal parts.
  ///
  /// Parts outside the axis get no positions; `source` and `target` are at least 1.
  init(source: Int, start: Double, extent: Double, target: Int) {
    let step = extent / Double(target)
    for index in 0..<target {
      let lower = start + step * Double(index)
      covers.append((0..<0, weights.count))
      if step <= 1 {
        appendNearest(to: lower + step / 2, source: source)
      } else {
        appendOverlaps(from: lower, to: lower + step, source: source)
      }
    }
    let taken = covers.lazy.map(\.positions).filter { !$0.isEmpty }
    if let first = taken.first, let last = taken.last {
      used = first.lowerBound..<last.upperBound
    }
  }

  private mutating func appendNearest(to middle: Double, source: Int) {
    guard middle >= 0, middle < Double(source) else { return }
    covers[covers.count - 1].positions = Int(middle)..<Int(middle) + 1
    weights.append(1)
  }

  private mutating func appendOverlaps(from lower: Double, to upper: Double, source: Int) {
    let (lower, upper) = (max(lower, 0), min(upper, Double(source)))
    guard lower < upper else { return }
    // Rounding of `start + step * index` must not drag in a neighbour by a sliver of 1e-12.
    let sliver = 1e-9
    let first = Int(lower + sliver)
    let end = max(first + 1, min(source, Int((upper - sliver).rounded(.up))))
    let parts = (first..<end).map { min(upper, Double($0 + 1)) - max(lower, Double($0)) }
    let total = parts.reduce(0, +)
    covers[covers.count - 1].positions = first..<end
    weights += parts.map { $0 / total }
  }
}
