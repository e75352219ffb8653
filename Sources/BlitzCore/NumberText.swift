extension Double {
  /// The number to `digits` significant digits, as the screen shows it: like C's `%.6g`.
  ///
  /// A dot in every locale; `nan`, `inf` and `-inf` for what is no number. Rounds the shortest
  /// decimal that names this `Double`, half up, so that 0.15 to one digit reads 0.2.
  public func text(digits: Int = 6) -> String {
    guard isFinite else { return isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
    guard self != 0 else { return "0" }
    let decimal = Decimal(magnitude).rounded(to: max(1, digits))
    return (self < 0 ? "-" : "") + decimal.text(digits: max(1, digits))
  }
}

extension Float {
  /// As for `Double`, from the shortest decimal that names this `Float`.
  public func text(digits: Int = 6) -> String {
    isFinite ? (Double("\(self)") ?? Double(self)).text(digits: digits) : Double(self).text()
  }
}

/// `0.d1 d2 d3 ... x 10^exponent`, the first digit not zero.
private struct Decimal {
  var digits: [UInt8]
  var exponent: Int

  /// The digits of Swift's shortest description of a positive finite number.
  init(_ value: Double) {
    let parts = value.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    let all = (mantissa[0] + fraction).utf8.map { $0 - 0x30 }
    let zeros = all.prefix { $0 == 0 }.count
    digits = Array(all.dropFirst(zeros))
    exponent = mantissa[0].utf8.count - zeros + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    trim()
  }

  func rounded(to count: Int) -> Decimal {
    guard digits.count > count else { return self }
    var result = self
    let carry = digits[count] >= 5
    result.digits = Array(digits.prefix(count))
    if carry { result.increment() }
    result.trim()
    return result
  }

  /// Plain from 10^-5 up to `digits` places before the dot, in powers of ten beyond.
  func text(digits count: Int) -> String {
    let whole = digits.map { String($0) }.joined()
    if exponent > count || exponent < -3 {
      let power = exponent - 1
      let size = power.magnitude < 10 ? "0\(power.magnitude)" : "\(power.magnitude)"
      let rest = whole.dropFirst()
      return whole.prefix(1) + (rest.isEmpty ? "" : "." + rest) + (power < 0 ? "e-" : "e+") + size
    }
    if exponent <= 0 { return "0." + String(repeating: "0", count: -exponent) + whole }
    if digits.count <= exponent {
      return whole + String(repeating: "0", count: exponent - digits.count)
    }
    return whole.prefix(exponent) + "." + whole.dropFirst(exponent)
  }

  private mutating func increment() {
    var place = digits.count - 1
    while place >= 0, digits[place] == 9 {
      digits[place] = 0
      place -= 1
    }
    if place >= 0 {
      digits[place] += 1
    } else {
      digits.insert(1, at: 0)
      exponent += 1
    }
  }

  private mutating func trim() {
    while digits.count > 1, digits.last == 0 { digits.removeLast() }
  }
}
