/// Digits typed before a key, as in `25.`; saturates instead of overflowing.
public struct CountEntry: Equatable, Sendable {
  /// The largest count that can be entered.
  public static let limit = 1_000_000_000

  /// The count so far; nil when no digit was typed. Zero is a count (`0g` is frame 0).
  public private(set) var value: Int?

  /// No digit yet.
  public init() {}

  /// Adds a decimal digit; the value stays at `limit` once it is reached.
  public mutating func append(digit: Int) {
    value = min((value ?? 0) * 10 + digit, Self.limit)
  }

  /// Takes the last digit back; the count is gone with its only digit.
  public mutating func deleteLast() {
    guard let count = value else { return }
    value = count < 10 ? nil : count / 10
  }

  /// Returns the count and forgets it.
  public mutating func take() -> Int? {
    defer { value = nil }
    return value
  }
}
