/// The pixels of a region inside a frame, as runs along rows: what is measured, masked and outlined.
public struct RowSpans: Equatable, Sendable {
  /// A run of pixels in one row, never empty.
  public struct Run: Equatable, Sendable {
    /// The row.
    public let row: Int
    /// The columns.
    public let columns: Range<Int>

    /// A run; nothing is checked here.
    @inlinable public init(row: Int, columns: Range<Int>) {
      (self.row, self.columns) = (row, columns)
    }
  }

  /// All runs, by row and then by column, never touching.
  public private(set) var runs: [Run] = []
  /// True when part of the region lies outside the frame.
  public private(set) var isClipped = false

  private let frameRows, frameColumns: Int

  /// The part of `region` inside a frame of `rows` x `columns` pixels.
  ///
  /// - Complexity: O(rows x vertices), independent of the width.
  public init(of region: RegionOfInterest, rows: Int, columns: Int) {
    (frameRows, frameColumns) = (rows, columns)
    switch region.outline {
    case .rectangle(let x, let y, let width, let height):
      addRows(y..<y + height) { _ in [x..<x + width] }
    case .point(let x, let y): addRows(y..<y + 1) { _ in [x..<x + 1] }
    case .ellipse(let x, let y, let width, let height):
      let ellipse = Ellipse(x: x, y: y, width: width, height: height)
      addRows(y..<y + height) { [ellipse.columns(inRow: $0)] }
    case .polygon(let vertices):
      let top = vertices.reduce(.infinity) { min($0, $1.y) }
      let bottom = vertices.reduce(-.infinity) { max($0, $1.y) }
      addRows(Self.pixels(from: top, to: bottom)) { Self.columns(of: vertices, inRow: $0) }
    }
  }

  // Inlinable, all three: kernels ask at every run.

  /// True when no pixel of the frame belongs to the region.
  @inlinable public var isEmpty: Bool { runs.isEmpty }

  /// Pixels in all runs.
  @inlinable public var pixelCount: Int { runs.reduce(0) { $0 + $1.columns.count } }

  /// The rows from the first to the last run; empty when there is none.
  @inlinable public var rows: Range<Int> {
    guard let first = runs.first, let last = runs.last else { return 0..<0 }
    return first.row..<last.row + 1
  }

  /// Adds the runs of each row, and notes what falls outside the frame.
  private mutating func addRows(_ wanted: Range<Int>, _ columns: (Int) -> [Range<Int>]) {
    let inside = wanted.clamped(to: 0..<frameRows)
    isClipped = inside.count < wanted.count
    for row in inside {
      for wanted in columns(row) where !wanted.isEmpty {
        let inside = wanted.clamped(to: 0..<frameColumns)
        isClipped = isClipped || inside.count < wanted.count
        if !inside.isEmpty { runs.append(Run(row: row, columns: inside)) }
      }
    }
  }

  /// Pixels whose centres lie in `lower ..< upper`, both on pixel corners' coordinates.
  private static func pixels(from lower: Double, to upper: Double) -> Range<Int> {
    let first = Int((lower - 0.5).rounded(.up))
    return first..<max(first, Int((upper - 0.5).rounded(.up)))
  }

  /// Between each odd and the next even crossing of the outline with the row's middle line.
  private static func columns(
    of vertices: [RegionOfInterest.Vertex], inRow row: Int
  ) -> [Range<Int>] {
    let y = Double(row) + 0.5
    var crossings: [Double] = []
    for (i, end) in vertices.enumerated() {
      let start = vertices[i == 0 ? vertices.count - 1 : i - 1]
      guard (start.y <= y) != (end.y <= y) else { continue }
      crossings.append(start.x + (y - start.y) / (end.y - start.y) * (end.x - start.x))
    }
    crossings.sort()
    return stride(from: 0, to: crossings.count - 1, by: 2).reduce(into: []) { runs, i in
      let run = pixels(from: crossings[i], to: crossings[i + 1])
      if let last = runs.last, last.upperBound == run.lowerBound, !run.isEmpty {
        runs[runs.count - 1] = last.lowerBound..<run.upperBound
      } else if !run.isEmpty {
        runs.append(run)
      }
    }
  }
}

/// The ellipse that fills a rectangle of pixels, whose centres are at whole numbers.
private struct Ellipse {
  let x, y, width, height: Int

  /// The pixels of a row inside it: estimated by the equation, then settled by the definition.
  func columns(inRow row: Int) -> Range<Int> {
    let down = (Double(row - y) - Double(height - 1) / 2) / (Double(height) / 2)
    guard down * down <= 1 else { return x..<x }
    func contains(_ column: Int) -> Bool {
      let along = (Double(column - x) - Double(width - 1) / 2) / (Double(width) / 2)
      return along * along + down * down <= 1
    }
    let reach = Double(width) / 2 * (1 - down * down).squareRoot()
    let middle = Double(width - 1) / 2
    var first = x + Int((middle - reach).rounded(.up)) - 1
    var end = x + Int((middle + reach).rounded(.down)) + 2
    while first < end, !contains(first) { first += 1 }
    while first < end, !contains(end - 1) { end -= 1 }
    return first..<end
  }
}
