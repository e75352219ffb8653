extension Double {
  /// The number to `digits` significant digits, as the screen shows it: like C's `%.6g`.
  ///
  /// A dot in every locale; `nan`, `inf` and `-inf` for what is no number. Rounds the shortest
  /// decimal that names this `Double`, half up, so that 0.15 to one digit reads 0.2. At most 17
  /// digits. Takes no memory from the heap while the text has at most 15 characters and the number
  /// is no near tie between two texts.
  public func text(digits: Int = 6) -> String {
    guard isFinite else { return isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
    guard self != 0 else { return "0" }
    let count = Swift.min(Swift.max(1, digits), 17)
    let decimal = Decimal(magnitude, digits: count) ?? Decimal(shortest: magnitude, digits: count)
    return decimal.text(isNegative: self < 0, digits: count)
  }
}

extension Float {
  /// As for `Double`, from the shortest decimal that names this `Float`.
  public func text(digits: Int = 6) -> String {
    isFinite ? (Double(description) ?? Double(self)).text(digits: digits) : Double(self).text()
  }
}

/// `significand x 10^exponent`, the significand not ending in zero.
private struct Decimal {
  private var significand: Int
  private var exponent: Int

  /// The powers of ten that a `Double` holds exactly.
  private static let powers: [Double] = (0...22).reduce(into: []) { powers, _ in
    powers.append(powers.last.map { $0 * 10 } ?? 1)
  }

  /// A positive number of everyday size, rounded; nil where a product's rounding could decide.
  init?(_ value: Double, digits: Int) {
    guard 1e-5..<1e15 ~= value, digits <= 9 else { return nil }
    var places = 0
    while value >= Self.powers[places] { places += 1 }
    while places <= 0, value * Self.powers[1 - places] < 1 { places -= 1 }
    let shift = digits - places
    let scaled = shift < 0 ? value / Self.powers[-shift] : value * Self.powers[shift]
    let below = scaled.rounded(.down)
    guard abs(scaled - below - 0.5) > 1e-3 else { return nil }
    (significand, exponent) = (Int(scaled.rounded()), -shift)
    trim()
  }

  /// A positive finite number from the digits of Swift's shortest description, rounded half up.
  init(shortest value: Double, digits: Int) {
    (significand, exponent) = (0, 0)
    var isFraction = false
    let text = value.description
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        significand = significand * 10 + Int(byte - UInt8(ascii: "0"))
        exponent -= isFraction ? 1 : 0
      default:
        exponent += text.utf8.firstIndex(of: byte).flatMap { Int(text[$0...].dropFirst()) } ?? 0
        round(to: digits)
        return
      }
    }
    round(to: digits)
  }

  private mutating func round(to digits: Int) {
    trim()
    let excess = Self.places(significand) - digits
    guard excess > 0 else { return }
    let unit = Self.power(excess)
    significand = (significand + unit / 2) / unit
    exponent += excess
    trim()
  }

  /// Plain from 10^-5 up to `digits` places before the dot, in powers of ten beyond.
  func text(isNegative: Bool, digits: Int) -> String {
    let places = Self.places(significand)
    let power = exponent + places - 1
    var text = isNegative ? "-" : ""
    if power >= digits || power < -4 {
      append(significand, fraction: places - 1, to: &text)
      text += power < 0 ? "e-" : "e+"
      if power.magnitude < 10 { text += "0" }
      text += power.magnitude.description
    } else if exponent >= 0 {
      text += (significand * Self.power(exponent)).description
    } else {
      append(significand, fraction: -exponent, to: &text)
    }
    return text
  }

  /// Appends a whole number with its last `fraction` digits behind a dot.
  private func append(_ digits: Int, fraction: Int, to text: inout String) {
    guard fraction > 0 else { return text += digits.description }
    let unit = Self.power(fraction)
    text += (digits / unit).description
    text += "."
    let rest = digits % unit
    for _ in Self.places(rest)..<fraction { text += "0" }
    text += rest.description
  }

  private mutating func trim() {
    while significand >= 10, significand.isMultiple(of: 10) {
      significand /= 10
      exponent += 1
    }
  }

  /// Digits of a whole number; 1 for zero.
  private static func places(_ value: Int) -> Int {
    var (count, rest) = (1, value / 10)
    while rest > 0 { (count, rest) = (count + 1, rest / 10) }
    return count
  }

  private static func power(_ exponent: Int) -> Int {
    var power = 1
    for _ in 0..<exponent { power *= 10 }
    return power
  }
}
