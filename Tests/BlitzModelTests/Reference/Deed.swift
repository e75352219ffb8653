/// One thing a person does in the viewer.
enum Deed: Equatable {
  case step(Int), percent(Int), page(Int), halfPage(Int)
  case first, last
  case go(Int), type(Int)
  case mark(Character), jump(Character)
  case rangeIn, rangeOut, clearRange
  /// Drags on the timeline, from a position to another.
  case newRange(Int, Int), dragStart(Int, Int), dragEnd(Int, Int), dragRange(Int, Int)
  case project(String), cycle, escape
  case levels(Double, Double), autoLevels, lock
  case add(x: Int, y: Int, width: Int, height: Int)
  case remove
  case moveNext(Int)
  case undo, redo

  /// Any deed, for a stack of so many source frames of which some are kept.
  static func random(frames: Int, kept: Int, using random: inout some RandomNumberGenerator) -> Deed
  {
    func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }
    func signed(_ most: Int) -> Int { (number(0...1) * 2 - 1) * number(1...most) }
    func place() -> Int { number(0...kept - 1) }
    func letter() -> Character { ["a", "b", "c"][number(0...2)] }
    switch number(0...26) {
    case 0, 1: return .step(signed(30))
    case 2: return .percent(signed(5))
    case 3: return .page(signed(3))
    case 4: return .halfPage(signed(3))
    case 5: return number(0...1) == 0 ? .first : .last
    case 6: return .go(number(0...frames + 50))
    case 7: return .type(number(0...frames + 50))
    case 8: return .mark(letter())
    case 9: return .jump(letter())
    case 10: return .rangeIn
    case 11: return .rangeOut
    case 12: return .clearRange
    case 13: return .newRange(place(), place())
    case 14: return .dragStart(place(), place())
    case 15: return .dragEnd(place(), place())
    case 16: return .dragRange(place(), place())
    case 17: return .project(["mean", "std", "min", "max", "median"][number(0...4)])
    case 18: return number(0...1) == 0 ? .cycle : .escape
    case 19: return .levels(Double(number(-9...9)), Double(number(-9...9)))
    case 20: return number(0...1) == 0 ? .autoLevels : .lock
    case 21:
      return .add(
        x: number(0...39), y: number(0...29), width: number(1...50), height: number(1...50))
    case 22: return .remove
    case 23: return .moveNext(number(1...20))
    case 24, 25: return .undo
    default: return .redo
    }
  }
}
