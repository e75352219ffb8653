/// What a viewer of recordings should do, written down once more and as plainly as possible: frame,
/// range, projection, regions, marks, levels and undo. Knows nothing of the model that it judges.
struct PlainViewer: Equatable {
  struct Region: Equatable {
    var name: String
    var x, y, width, height: Int
  }

  /// What undo brings back.
  struct Past: Equatable {
    var regions: [Region]
    var selected: Int?
    var named: Int
    var range: Range<Int>?
    var marks: [Character: Int]
  }

  struct Levels: Equatable {
    var low, high: Double
    /// Nil when they were typed.
    var trim: Double?
  }

  static let columns = 40
  static let rows = 30

  /// Source frames there are, and those that are kept.
  let frames: Int
  let kept: [Int]

  var position = 0
  var range: Range<Int>?
  var projection: String?
  var marks: [Character: Int] = [:]
  var regions: [Region] = []
  var selected: Int?
  var named = 0
  var levels: Levels
  var isLocked = false
  var known: [String: Levels] = [:]
  var undone: [Past] = []
  var done: [Past] = []

  init(frames: Int, kept: [Int]) {
    (self.frames, self.kept) = (frames, kept)
    levels = Self.fitted(nil, trim: 1)
  }

  /// The levels that the test's worker finds for a plane.
  static func fitted(_ projection: String?, trim: Double) -> Levels {
    let order = ["mean", "std", "min", "max", "median"]
    let plane = projection.flatMap { order.firstIndex(of: $0) } ?? 9
    return Levels(low: Double(plane), high: 100 - trim, trim: trim)
  }

  mutating func apply(_ deed: Deed) {
    switch deed {
    case .step(let count): move(count)
    case .percent(let count): move(count * max(1, (kept.count + 50) / 100))
    case .page(let count): move(count * max(1, (kept.count + 5) / 10))
    case .halfPage(let count): move(count * max(1, (kept.count + 10) / 20))
    case .first: position = 0
    case .last: position = kept.count - 1
    case .go(let frame), .type(let frame): position = nearest(frame)
    case .mark(let letter): edit { $0.marks[letter] = $0.kept[$0.position] }
    case .jump(let letter): if let frame = marks[letter] { position = nearest(frame) }
    case .rangeIn:
      edit { $0.setRange($0.frame, max($0.range?.upperBound ?? $0.frames, $0.frame + 1)) }
    case .rangeOut: edit { $0.setRange(min($0.range?.lowerBound ?? 0, $0.frame), $0.frame + 1) }
    case .clearRange: edit { $0.range = nil }
    case .newRange(let a, let b): edit { $0.setRange(from: $0.kept[a], to: $0.kept[b]) }
    case .dragStart(let a, let b): dragEnd(a, b) { $0.upperBound - 1 }
    case .dragEnd(let a, let b): dragEnd(a, b) { $0.lowerBound }
    case .dragRange(let a, let b): dragRange(a, b)
    case .project(let name): show(projection == name ? nil : name)
    case .cycle:
      let order: [String?] = [nil, "mean", "std", "min", "max", "median"]
      show(order[((order.firstIndex(of: projection) ?? 0) + 1) % order.count])
    case .escape: show(nil)
    case .levels(let low, let high): if low <= high { levels = Levels(low: low, high: high) }
    case .autoLevels:
      isLocked = false
      let next: [Double: Double] = [0: 1, 1: 2, 2: 0]
      levels = Self.fitted(projection, trim: levels.trim.flatMap { next[$0] } ?? 0)
    case .lock: isLocked.toggle()
    case .add(let x, let y, let width, let height):
      edit { $0.add(x, y, width, height) }
    case .remove: edit { $0.remove() }
    case .moveNext(let count): moveNext(count)
    case .undo:
      guard let before = done.popLast() else { return }
      undone.append(past)
      restore(before)
    case .redo:
      guard let after = undone.popLast() else { return }
      done.append(past)
      restore(after)
    }
  }

  private var frame: Int { kept[position] }

  private mutating func move(_ distance: Int) {
    position = min(max(position + distance, 0), kept.count - 1)
  }

  /// Of two frames equally near the later one.
  private func nearest(_ wanted: Int) -> Int {
    kept.indices.reduce(0) { abs(kept[$1] - wanted) <= abs(kept[$0] - wanted) ? $1 : $0 }
  }

  private mutating func setRange(_ start: Int, _ end: Int) {
    range = start == 0 && end == frames ? nil : start..<end
  }

  private mutating func setRange(from a: Int, to b: Int) { setRange(min(a, b), max(a, b) + 1) }

  private mutating func dragEnd(_ a: Int, _ b: Int, fixed: (Range<Int>) -> Int) {
    guard let range else { return position = b }
    edit { $0.setRange(from: fixed(range), to: $0.kept[b]) }
  }

  private mutating func dragRange(_ a: Int, _ b: Int) {
    guard let range else { return position = b }
    let shift = min(max(kept[b] - kept[a], -range.lowerBound), frames - range.upperBound)
    edit { $0.setRange(range.lowerBound + shift, range.upperBound + shift) }
  }

  private mutating func show(_ wanted: String?) {
    guard wanted != projection else { return }
    known[projection ?? "frame"] = levels
    projection = wanted
    guard !isLocked else { return }
    levels = known[wanted ?? "frame"] ?? Self.fitted(wanted, trim: levels.trim ?? 1)
  }

  private mutating func add(_ x: Int, _ y: Int, _ width: Int, _ height: Int) {
    while regions.contains(where: { $0.name == Self.name(named) }) { named += 1 }
    regions.append(
      Region(name: Self.name(named), x: x, y: y, width: width, height: height))
    named += 1
    selected = regions.count - 1
  }

  private mutating func remove() {
    guard let index = selected else { return }
    regions.remove(at: index)
    selected = regions.isEmpty ? nil : min(index, regions.count - 1)
  }

  /// Tab, some steps to the right, Enter; without a region the steps go to the frames.
  private mutating func moveNext(_ count: Int) {
    guard !regions.isEmpty else { return move(count) }
    let index = selected.map { ($0 + 1) % regions.count } ?? 0
    selected = index
    edit { $0.regions[index].x = min($0.regions[index].x + count, Self.columns - 1) }
  }

  /// A, B, ... Z, AA, AB, ...
  private static func name(_ index: Int) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return (index < 26 ? "" : name(index / 26 - 1)) + String(letters[index % 26])
  }

  private var past: Past {
    Past(regions: regions, selected: selected, named: named, range: range, marks: marks)
  }

  private mutating func edit(_ change: (inout PlainViewer) -> Void) {
    let before = past
    change(&self)
    guard past != before else { return }
    done.append(before)
    if done.count > 200 { done.removeFirst() }
    undone = []
  }

  private mutating func restore(_ past: Past) {
    (regions, selected, named) = (past.regions, past.selected, past.named)
    (range, marks) = (past.range, past.marks)
  }
}
