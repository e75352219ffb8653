/// A number of bytes as people read it: `12 B`, `3.4 MiB`, `24.1 GiB`; powers of 1024.
public func byteText(_ bytes: Double) -> String {
  var value = bytes
  var unit = 0
  let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
  while value >= 1023.5, unit < units.count - 1 {
    value /= 1024
    unit += 1
  }
  let tenths = Int((value * 10).rounded())
  return unit == 0 || tenths >= 1000
    ? "\(Int(value.rounded())) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
}

/// As above, for a whole number.
public func byteText(_ bytes: Int) -> String { byteText(Double(bytes)) }

/// Reads a number of bytes such as `4G`, `1.5M` or `1000`, as options take it.
///
/// `k` or `K`, `M`, `G` and `T` are powers of 1024; a fraction of a byte is dropped. Nil for anything
/// else, for less than one byte and from 2^62 on.
public func byteCount(_ text: String) -> Int? {
  let shifts: [Character: Int] = ["k": 10, "K": 10, "M": 20, "G": 30, "T": 40]
  let shift = text.last.flatMap { shifts[$0] }
  guard let number = Double(shift == nil ? text[...] : text.dropLast()), number.isFinite else {
    return nil
  }
  let bytes = number * Double(1 << (shift ?? 0))
  return 1..<0x1p62 ~= bytes ? Int(bytes) : nil
}
