import BlitzCore
import Glibc

/// Values along one side of a plot, lowest at dot 0.
public struct ValueAxis: Equatable, Sendable {
  /// A value worth a label.
  struct Tick: Equatable {
    let value: Double
    let dot: Int
    let label: String
  }

  /// The values at the first and the last dot; finite, `low < high`.
  public let low, high: Double
  /// How many dots there are.
  public let dots: Int

  /// An axis that covers a range; one without width is widened, one beyond all measure is cut.
  init(covering range: ClosedRange<Double>, dots: Int) {
    let limit = Double.greatestFiniteMagnitude / 4
    let low = min(max(range.lowerBound, -limit), limit)
    let high = min(max(range.upperBound, -limit), limit)
    // Narrower than this, steps would be lost in rounding.
    let least = max(abs(low), abs(high)) * 1e-13 + .leastNormalMagnitude * 1e20
    let isWide = high - low > least
    let margin = isWide ? 0 : low == 0 ? 1 : max(abs(low) / 10, least)
    (self.low, self.high) = (low - margin, high + margin)
    self.dots = max(dots, 1)
  }

  /// The dot nearest to a finite value; what lies outside lands at most one length of the axis away.
  func dot(of value: Double) -> Int {
    let share = (value - low) / (high - low)
    return Int((min(max(share, -1), 2) * Double(dots - 1)).rounded())
  }

  /// The value at a dot.
  public func value(at dot: Int) -> Double {
    dots < 2 ? low : low + (high - low) * Double(dot) / Double(dots - 1)
  }

  /// Round values (1, 2 or 5 times a power of ten) within the axis, lowest first, at most `count`.
  ///
  /// Labels take at most `width` columns. Where so few digits cannot tell neighbours apart, all but
  /// the lowest say how far above it they are; what cannot be told even so is left out.
  func ticks(atMost count: Int, width: Int) -> [Tick] {
    let values = roundValues(atMost: count)
    guard let base = values.first else { return [] }
    let step = values.count > 1 ? values[1] - base : high - low
    func tick(_ value: Double, label: String, saying said: Double) -> Tick? {
      guard let read = Double(label), abs(read - said) <= step / 10 else { return nil }
      return Tick(value: value, dot: dot(of: value), label: label)
    }
    let plain = values.compactMap { tick($0, label: Self.label($0, width: width), saying: $0) }
    if plain.count == values.count { return plain }
    let first = Tick(value: base, dot: dot(of: base), label: Self.label(base, width: width))
    return [first]
      + values.dropFirst().compactMap {
        tick($0, label: "+" + Self.label($0 - base, width: width - 1), saying: $0 - base)
      }
  }

  private func roundValues(atMost count: Int) -> [Double] {
    guard count > 0 else { return [] }
    var power = pow(10, floor(log10((high - low) / Double(count + 1))))
    while power > 0, power.isFinite {
      for factor in [1.0, 2, 5] {
        let step = factor * power
        let first = ceil(low / step)
        let last = floor(high / step)
        guard last - first < Double(count) else { continue }
        guard last >= first else { return [] }
        return (0...Int(last - first)).map { (first + Double($0)) * step }
      }
      power *= 10
    }
    return []
  }

  /// A number in as many digits as fit, at most six; never cut.
  static func label(_ value: Double, width: Int) -> String {
    for digits in stride(from: 6, to: 1, by: -1) {
      let text = value.text(digits: digits)
      if text.utf8.count <= width { return text }
    }
    return value.text(digits: 1)
  }
}
